import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { until } from '../support/until.ts'
import {
  isSaid,
  joinWithMedia,
  openConference,
  openMediaBrowser,
  openWeakBrowser,
  seesFrames,
  small,
  viewColour,
  viewHalves,
  watched,
} from './media-page.ts'
import { phone, violations } from './ui-page.ts'

let caseroom: Caseroom
let browser: Browser
let weak: Browser
let links: Record<'attending' | 'resident' | 'observer', string>
let attending: Page
let guest: Page
const faults: string[][] = []

async function come(...asked: Parameters<typeof joinWithMedia>): Promise<Page> {
  const { page, faults: found } = await joinWithMedia(...asked)
  faults.push(found)
  return page
}

beforeAll(async () => {
  caseroom = await startCaseroom({ env: { DEMO_CASE: 'on' } })
  await caseroom.opened()
  browser = await openMediaBrowser()
  weak = await openWeakBrowser()
  links = (await openConference(caseroom)).links
  attending = await come(browser, links.attending, 'Dr Ada Okafor', small)
  guest = await come(browser, links.resident, 'Ben Resident', phone)
})
afterAll(async () => {
  await browser?.close()
  await weak?.close()
  await caseroom?.remove()
})

const share = () => attending.getByTestId('share-view')
const shares = async () => (await share().getAttribute('aria-pressed')) === 'true'
const viewConsumers = async () => {
  const metrics = await (await caseroom.call('GET', '/metrics')).text()
  return Number(metrics.match(/^caseroom_media_consumers\{kind="video"\} (\d+)/m)?.[1])
}
const cut = async (name: string) => {
  await attending.getByTestId('tab-view').click()
  await attending.getByRole('button', { name }).click()
}

describe('the attending’s view', () => {
  it('[AV-3] is decoded by a phone without a press, in the colours of tissue', async () => {
    expect(await watched(guest).count()).toBe(0)
    await share().click()
    await watched(guest).waitFor()
    await seesFrames(guest)
    expect(await shares()).toBe(true)
    await until('tissue', async () => {
      const [red, green, blue] = await viewColour(guest)
      return red > 60 && red > 1.2 * green && red > 1.2 * blue
    })
  })

  it('[AV-3] shows the patient’s left on the viewer’s right', async () => {
    await cut('Add sagittal plane')
    await until('the left half only', async () => {
      const [left, right] = await viewHalves(guest)
      return right > 2 * left && right > 30
    })
    await cut('Flip the sagittal plane')
    await until('the right half only', async () => {
      const [left, right] = await viewHalves(guest)
      return left > 2 * right && left > 30
    })
    await cut('Remove the sagittal plane')
  })

  it('[AV-3] comes to who joins late, though nothing moves', async () => {
    const late = await come(browser, links.observer, 'Olga Observes', small)
    await seesFrames(late)
    expect(await late.locator('.panel').getByTestId('attending-view').count()).toBe(1)
    expect(await violations(late)).toEqual([])
    await late.context().close()
  })

  it('[AV-3] is enlarged, put away and watched again', async () => {
    const width = async () => (await watched(guest).boundingBox())?.width ?? 0
    const inset = await width()
    await guest.getByRole('button', { name: 'Make the view larger' }).click()
    await until('the whole stage', async () => (await width()) > 1.8 * inset)
    await guest.getByRole('button', { name: 'Make the view smaller' }).click()
    await guest.getByTestId('put-view-away').click()
    await until('no video', async () => (await watched(guest).count()) === 0)
    await until('nothing sent to anybody', async () => (await viewConsumers()) === 0)
    await guest.getByTestId('watch-view').click()
    await seesFrames(guest)
    expect(await viewConsumers()).toBe(1)
  })

  it('[AV-3] ends by the key it begins with', async () => {
    await attending.getByTestId('volume').focus()
    await attending.keyboard.press('b')
    await until('ended', async () => !(await shares()))
    await until('no video', async () => (await watched(guest).count()) === 0)
    await attending.keyboard.press('b')
    await seesFrames(guest)
    await attending.keyboard.press('b')
    await until('ended', async () => !(await shares()))
  })

  it('[AV-3] ends where another attending shows theirs, and the first is told', async () => {
    const other = await come(browser, links.attending, 'Dr Ola Second', small)
    await share().click()
    await watched(other).waitFor()
    await other.getByTestId('share-view').click()
    await isSaid(attending, /Dr Ola Second shows their view now|yours has ended/)
    await until('ended', async () => !(await shares()))
    await guest.getByText('Dr Ola Second’s view', { exact: true }).waitFor()
    await seesFrames(guest)
    await other.context().close()
    await until('gone with its page', async () => (await watched(guest).count()) === 0, 60_000)
  })
})

it('[AV-3] of a page that died says that it may stand still, until it ends', async () => {
  const { links: elsewhere } = await openConference(caseroom)
  const other = await come(browser, elsewhere.attending, 'Dr Ola Second', small)
  const watcher = await come(browser, elsewhere.observer, 'Olga Observes', phone)
  await other.getByTestId('share-view').click()
  await watched(watcher).waitFor()
  await seesFrames(watcher)
  const crashed = other.waitForEvent('crash')
  await Promise.all([crashed, expect(other.goto('chrome://crash')).rejects.toThrow()])
  await watcher.getByText('Dr Ola Second is away; their view may stand still').waitFor()
  expect(await violations(watcher)).toEqual([])
  await until('no video', async () => (await watched(watcher).count()) === 0, 60_000)
  await other.context().close()
  await watcher.context().close()
})

describe('a device that cannot draw', () => {
  it('[AV-3] waits in words, then sees the view by itself; the attending is told of both', async () => {
    expect(await shares()).toBe(false)
    const page = await come(weak, links.resident, 'Wanda Weak', small)
    const words = page.getByRole('alert')
    await words.getByText('This device cannot draw the volume.').waitFor()
    await words.getByText('no WebGL2').waitFor()
    await isSaid(attending, 'Your view is shared: Wanda Weak’s device cannot draw the volume.')
    await words.getByText('You see Dr Ada Okafor’s view.').waitFor()
    await seesFrames(page)
    expect(await shares()).toBe(true)
    const stage = await page.locator('.stage').boundingBox()
    const video = await watched(page).boundingBox()
    expect(video?.width).toBe(stage?.width)
    expect(await violations(page)).toEqual([])
    await page.getByTestId('leave').click()
    await until('ended when nobody needs it', async () => !(await shares()), 60_000)
    await page.context().close()
  })

  it('[AV-3] says what it waits for while nobody can show theirs', async () => {
    const { links: elsewhere } = await openConference(caseroom)
    const page = await come(weak, elsewhere.observer, 'Wim Weak', phone)
    await page.getByText('You will see the view of whoever leads').waitFor()
    expect(await violations(page)).toEqual([])
    await page.context().close()
  })
})

it('asks nobody else, throws nothing and breaks no policy', () => {
  expect(faults.flat()).toEqual([])
})
