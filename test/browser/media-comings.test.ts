import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser } from '../support/open-browser.ts'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { until } from '../support/until.ts'
import {
  capture,
  energyPerSecond,
  hears,
  joinWithMedia,
  microphoneAllowed,
  openConference,
  openMediaBrowser,
  type Prepared,
  seesFrames,
  small,
  speak,
  watched,
} from './media-page.ts'
import { openPage } from './ui-page.ts'

const toneHz = 440

let caseroom: Caseroom
let browser: Browser
let links: Record<'attending' | 'resident' | 'observer', string>

const come = async (link: string, name: string, prepared: Prepared = { toneHz }): Promise<Page> =>
  (await joinWithMedia(browser, link, name, microphoneAllowed, prepared)).page

beforeAll(async () => {
  caseroom = await startCaseroom({ env: { DEMO_CASE: 'on' } })
  await caseroom.opened()
  browser = await openMediaBrowser()
})
afterAll(async () => {
  await browser?.close()
  await caseroom?.remove()
})

/**
 * Joins as no person does, as after a tab is restored. What a test evaluates in a page counts as a
 * press, so the page itself says when it asks for one.
 */
async function joinUnpressed(page: Page, onAsked: () => void): Promise<void> {
  await page.exposeFunction('pressIsAskedFor', onAsked)
  await page.addInitScript(() => {
    const find = (id: string) => document.querySelector<HTMLElement>(`[data-testid=${id}]`)
    const observer = new MutationObserver(() => {
      const name = find('join-name')
      if (name instanceof HTMLInputElement && name.value === '') {
        const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value') ?? {}
        set?.call(name, 'Olga Observes')
        name.dispatchEvent(new Event('input', { bubbles: true }))
        requestAnimationFrame(() => find('join')?.click())
      }
      if (!find('hear')) return
      observer.disconnect()
      window.pressIsAskedFor()
    })
    observer.observe(document, { subtree: true, childList: true })
  })
}

declare global {
  interface Window {
    pressIsAskedFor: () => void
  }
}

const connections = (page: Page) => page.evaluate(() => window.peerConnections.length)
const voices = (page: Page) => page.locator('audio[data-voice]').count()
const consumers = async (kind: 'audio' | 'video') => {
  const metrics = await (await caseroom.call('GET', '/metrics')).text()
  return Number(
    metrics.match(new RegExp(`^caseroom_media_consumers\\{kind="${kind}"\\} (\\d+)`, 'm'))?.[1],
  )
}

it('[AV-1] nothing is left of who came, spoke and went', async () => {
  links = (await openConference(caseroom)).links
  const attending = await come(links.attending, 'Dr Ada Okafor')
  await speak(attending)
  const observer = await come(links.observer, 'Olga Observes')
  await hears(observer)
  const before = await connections(observer)
  const page = await come(links.resident, 'Ben Resident')
  for (let time = 0; time < 4; time++) {
    await speak(page)
    await until('two voices', async () => (await voices(observer)) === 2)
    await page.getByTestId('leave').click()
    await until('one voice', async () => (await voices(observer)) === 1)
    expect(await page.evaluate(() => document.querySelectorAll('audio').length)).toBe(0)
    expect(
      await page.evaluate(() =>
        window.peerConnections.every(({ connectionState }) => connectionState === 'closed'),
      ),
    ).toBe(true)
    await page.getByRole('button', { name: 'Join again' }).click()
    await page.getByTestId('volume').waitFor()
  }
  await page.getByTestId('leave').click() // a line that is cut keeps its media while it keeps its seat
  await until('one consumer', async () => (await consumers('audio')) === 1)
  expect(await connections(observer)).toBe(before)
  expect(await energyPerSecond(observer)).toBeGreaterThan(0.01)
  await page.context().close()
  await attending.context().close()
  await observer.context().close()
})

it('[AV-3] a view that ends while a far page asks for it interrupts no voice', async () => {
  links = (await openConference(caseroom)).links
  const attending = await come(links.attending, 'Dr Ada Okafor')
  await speak(attending)
  const far = await come(links.observer, 'Olga Observes', { lateMs: 200 })
  await hears(far)
  const share = attending.getByTestId('share-view')
  await share.click()
  await watched(far).waitFor()
  await seesFrames(far)
  const before = await connections(far)
  for (let time = 0; time < 3; time++) {
    await share.click()
    await until('ended', async () => (await far.locator('.attending-view').count()) === 0)
    await share.click()
    await until('on its way', async () => (await consumers('video')) === 1)
    await share.click()
    await until('ended', async () => (await far.locator('.attending-view').count()) === 0)
    await share.click()
    await seesFrames(far)
  }
  expect(await connections(far)).toBe(before)
  expect(await energyPerSecond(far)).toBeGreaterThan(0.01)
  await attending.context().close()
  await far.context().close()
})

it('[AV-1] a browser that plays nothing before a press says so, and plays everybody after one', async () => {
  links = (await openConference(caseroom)).links
  const attending = await come(links.attending, 'Dr Ada Okafor')
  await speak(attending)
  const strict = await openBrowser({
    extraFlags: [...capture, '--autoplay-policy=document-user-activation-required'],
  })
  const asked = Promise.withResolvers<void>()
  const { page } = await openPage(strict, links.observer, small, (page) =>
    joinUnpressed(page, asked.resolve),
  )
  await asked.promise
  const paused = () =>
    page
      .locator('audio[data-voice]')
      .evaluateAll((all) => all.map((element) => (element as HTMLAudioElement).paused))
  expect(await paused()).toEqual([true])
  await page.getByTestId('tab-marks').click() // a press, though not that one
  const resident = await come(links.resident, 'Ben Resident')
  await speak(resident)
  await until('both play', async () => `${await paused()}` === 'false,false')
  await page.getByTestId('hear').waitFor({ state: 'detached' })
  await strict.close()
  await attending.context().close()
  await resident.context().close()
})

it('[AV-1] a network that lets nothing through is said for as long as that lasts', async () => {
  links = (await openConference(caseroom)).links
  const attending = await come(links.attending, 'Dr Ada Okafor')
  await speak(attending)
  const page = await come(links.observer, 'Olga Observes', { blocked: true })
  const says = async () => (await page.getByTestId('status').textContent())?.includes('no sound')
  await until('said', says, 90_000)
  const before = await connections(page)
  await until('tried again', async () => (await connections(page)) > before, 60_000)
  expect(await says()).toBe(true)
  await attending.context().close()
  await page.context().close()
})
