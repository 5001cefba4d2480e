import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LineBreaker } from '../support/line-breaker.ts'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { until } from '../support/until.ts'
import {
  energyPerSecond,
  hears,
  hearsNothing,
  isOpen,
  isSaid,
  joinWithMedia,
  microphoneAllowed,
  openConference,
  openDenyingBrowser,
  openMediaBrowser,
  pitch,
  received,
  small,
  speak,
} from './media-page.ts'
import { phone, violations } from './ui-page.ts'

const toneHz = 440

let caseroom: Caseroom
let browser: Browser
let denying: Browser
let line: LineBreaker
let links: Record<'attending' | 'resident' | 'observer', string>
let attending: Page
let resident: Page
let observer: Page
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
  denying = await openDenyingBrowser()
  links = (await openConference(caseroom)).links
  line = await LineBreaker.open(caseroom.port)
  const overLine = links.resident.replace(`:${caseroom.port}`, `:${line.port}`)
  attending = await come(browser, links.attending, 'Dr Ada Okafor', microphoneAllowed, { toneHz })
  resident = await come(browser, overLine, 'Ben Resident', {
    ...phone,
    permissions: ['microphone'],
  })
  observer = await come(browser, links.observer, 'Olga Observes', small)
})
afterAll(async () => {
  await browser?.close()
  await denying?.close()
  await line?.close()
  await caseroom?.remove()
})

const person = (page: Page, name: string) =>
  page.getByTestId('participants').locator('li', { hasText: name })

describe('a voice', () => {
  it('[AV-1] is heard on the other pages at its own pitch', async () => {
    expect(await isOpen(attending)).toBe(false)
    await speak(attending)
    for (const page of [resident, observer]) {
      await hears(page)
      expect(Math.abs((await pitch(page)) - toneHz)).toBeLessThan(10)
    }
    expect(await isOpen(attending)).toBe(true)
  })

  it('[AV-1] shows in the list of people that it speaks, in words', async () => {
    await person(observer, 'Dr Ada Okafor').getByText('speaks').waitFor()
    await observer.getByTestId('status').getByText('Dr Ada Okafor speaks').waitFor()
  })

  it('[AV-1] that is closed is silent, and opens again', async () => {
    await speak(attending)
    await hearsNothing(resident)
    await person(observer, 'Dr Ada Okafor').getByText('microphone off').waitFor()
    await speak(attending)
    await hears(resident)
  })

  it('[AV-1] goes on while the line to the room is cut and comes back', async () => {
    const connections = await resident.evaluate(() => window.peerConnections.length)
    line.cut()
    await resident.getByText('The line is down').waitFor()
    expect(await energyPerSecond(resident)).toBeGreaterThan(0.01)
    await isSaid(resident, 'You are back.')
    expect(await energyPerSecond(resident)).toBeGreaterThan(0.01)
    expect(await resident.evaluate(() => window.peerConnections.length)).toBe(connections)
  })

  it('[AV-1] is let speak while K is held, and opened and closed by a short press', async () => {
    await speak(attending)
    await hearsNothing(observer)
    await attending.keyboard.down('k')
    await hears(observer)
    expect(await isOpen(attending)).toBe(true)
    await attending.keyboard.up('k')
    await hearsNothing(observer)
    expect(await isOpen(attending)).toBe(false)
    await attending.keyboard.press('k')
    await until('open', () => isOpen(attending))
    await hears(observer)
    await attending.keyboard.press('k')
    await until('closed', async () => !(await isOpen(attending)))
    await hearsNothing(observer)
  })
})

describe('muting', () => {
  it('[AV-1] by the attending silences a person, who is told and may speak again', async () => {
    await speak(resident)
    await hears(attending)
    await attending.getByRole('button', { name: 'Mute Ben Resident' }).click()
    await isSaid(resident, 'An attending muted you. Press the microphone to speak.')
    await hearsNothing(attending)
    expect(await isOpen(resident)).toBe(false)
    await person(observer, 'Ben Resident').getByText('muted').waitFor()
    await resident.keyboard.press('k')
    await hears(attending)
    expect(await isOpen(resident)).toBe(true)
  })

  it('[AV-1] everybody else is one key, and leaves the attending’s own voice', async () => {
    await attending.keyboard.press('k')
    await until('open', () => isOpen(attending))
    await attending.keyboard.press('Shift+K')
    await until('closed', async () => !(await isOpen(resident)))
    await hearsNothing(attending)
    await hears(resident)
    expect(await isOpen(attending)).toBe(true)
  })

  it('[AV-1] an observer listens: no microphone, and nobody to mute', async () => {
    await hears(observer)
    expect(await observer.getByTestId('microphone').count()).toBe(0)
    expect(await observer.getByTestId('share-view').count()).toBe(0)
    expect(await observer.getByTestId('mute-all').count()).toBe(0)
    expect(await resident.getByTestId('mute-all').count()).toBe(0)
  })
})

describe('a microphone', () => {
  it('[AV-1] that is denied is said with what to do, and its person hears the others', async () => {
    const page = await come(denying, links.resident, 'Dora Denied', small)
    await hears(page)
    await speak(page)
    await isSaid(page, /keeps the microphone from this page.*Allow it.*You hear the others/)
    expect(await isOpen(page)).toBe(false)
    expect(await page.getByTestId('microphone').textContent()).toContain('refused')
    await hears(page)
    await page.context().close()
  })

  it('[AV-1] that is taken away is replaced by itself, and that is said', async () => {
    const heard = await received(observer)
    // what a browser does when a device is unplugged, which the fake one never is
    await attending.evaluate(() => {
      const [track] = window.peerConnections.flatMap((connection) =>
        connection.getSenders().flatMap(({ track }) => track ?? []),
      )
      track?.stop()
      track?.dispatchEvent(new Event('ended'))
    })
    await isSaid(attending, 'The microphone was taken away.')
    await hears(observer)
    expect(Math.abs((await pitch(observer)) - toneHz)).toBeLessThan(10)
    expect((await received(observer)).energy).toBeGreaterThan(heard.energy)
  })

  it('[AV-1] is chosen by name, and the choice is there after a reload', async () => {
    await attending.getByTestId('sound').click()
    const microphones = attending.getByRole('listbox', { name: 'Microphone' })
    const chosen = microphones.getByRole('option').nth(2)
    const name = await chosen.textContent()
    await chosen.click()
    await attending.keyboard.press('Escape')
    await hears(observer)
    await attending.reload()
    await attending.getByTestId('volume').waitFor()
    await speak(attending)
    await hears(observer)
    await attending.getByTestId('sound').click()
    const now = microphones.getByRole('option', { selected: true })
    expect(await now.textContent()).toBe(name)
    await attending.keyboard.press('Escape')
  })
})

describe('the page around it', () => {
  it('breaks no accessibility rule, wide or narrow, with the menu of devices open too', async () => {
    expect(await violations(attending)).toEqual([])
    expect(await violations(resident)).toEqual([])
    await attending.getByTestId('sound').click()
    expect(await violations(attending)).toEqual([])
    await attending.keyboard.press('Escape')
  })

  it('asks nobody else, throws nothing and breaks no policy', () => {
    expect(faults.flat()).toEqual([])
  })
})
