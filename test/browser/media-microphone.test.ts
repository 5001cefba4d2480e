import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { until } from '../support/until.ts'
import {
  capturedBy,
  hears,
  hearsNothing,
  isOpen,
  isSaid,
  joinWithMedia,
  microphoneAllowed,
  openConference,
  openMediaBrowser,
  type Prepared,
  speak,
} from './media-page.ts'

const toneHz = 440

let caseroom: Caseroom
let browser: Browser
let links: Record<'attending' | 'resident' | 'observer', string>
let attending: Page

const come = async (link: string, name: string, prepared: Prepared = { toneHz }): Promise<Page> =>
  (await joinWithMedia(browser, link, name, microphoneAllowed, prepared)).page

beforeAll(async () => {
  caseroom = await startCaseroom({ env: { DEMO_CASE: 'on' } })
  await caseroom.opened()
  browser = await openMediaBrowser()
  links = (await openConference(caseroom)).links
  attending = await come(links.attending, 'Dr Ada Okafor')
})
afterAll(async () => {
  await browser?.close()
  await caseroom?.remove()
})

const state = (page: Page) => page.getByTestId('microphone').getAttribute('data-state')
const is = (page: Page, wanted: string) => until(wanted, async () => (await state(page)) === wanted)
/** Another window has come to the front. */
const loseFocus = (page: Page) => page.evaluate(() => void window.dispatchEvent(new Event('blur')))

it('[AV-1] a key that was let go of elsewhere, while the browser asked, opens nothing', async () => {
  const page = await come(links.resident, 'Ben Resident', { toneHz, asks: true })
  await page.getByTestId('volume').focus()
  await page.evaluate(() => {
    const press = { key: 'k', code: 'KeyK', bubbles: true }
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', press))
    window.dispatchEvent(new Event('blur')) // the browser's own question is in front at once
  })
  await is(page, 'asking')
  await page.evaluate(() => window.letIn())
  await is(page, 'closed')
  expect(await capturedBy(page)).toEqual({ live: 1, open: 0 })
  await page.context().close()
})

it('[AV-1] a held key closes with the window’s focus, and with a key that hides its own release', async () => {
  const page = await come(links.resident, 'Ben Resident')
  for (const end of [() => loseFocus(page), () => page.keyboard.press('Meta')]) {
    await page.keyboard.down('k')
    await is(page, 'open')
    await hears(attending)
    await end()
    await is(page, 'closed')
    await hearsNothing(attending)
    await page.keyboard.up('k')
    expect(await isOpen(page)).toBe(false)
  }
  await page.context().close()
})

it('[AV-1] nothing stays captured after leaving, whatever was asked or held', async () => {
  const page = await come(links.resident, 'Ben Resident', { toneHz, asks: true })
  await speak(page)
  await is(page, 'asking')
  await page.getByTestId('leave').click()
  await page.getByText('You have left the conference').waitFor()
  await page.evaluate(() => window.letIn())
  await until('the browser’s answer', () => page.evaluate(() => window.captured.length === 1))
  expect(await capturedBy(page)).toEqual({ live: 0, open: 0 })

  await page.getByRole('button', { name: 'Join again' }).click()
  await page.getByTestId('volume').waitFor()
  await page.evaluate(() => {
    const press = { key: 'k', code: 'KeyK', bubbles: true }
    document.body.dispatchEvent(new KeyboardEvent('keydown', press))
    document.querySelector<HTMLElement>('[data-testid=leave]')?.click()
  })
  await page.getByText('You have left the conference').waitFor()
  await until('an answer', () => page.evaluate(() => window.captured.length > 1))
  await until('nothing captured', async () => (await capturedBy(page)).live === 0)
  expect(await page.evaluate(() => document.querySelectorAll('audio').length)).toBe(0)
  await page.context().close()
})

it('[AV-1] who is muted while the browser asks is not opened by its answer', async () => {
  const page = await come(links.resident, 'Ben Resident', { toneHz, asks: true })
  await speak(page)
  await is(page, 'asking')
  await attending.getByTestId('volume').focus()
  await attending.keyboard.press('Shift+K')
  await isSaid(page, /An attending muted you/)
  await page.evaluate(() => window.letIn())
  await is(page, 'closed')
  expect(await capturedBy(page)).toEqual({ live: 1, open: 0 })
  await speak(page)
  await hears(attending)
  await page.context().close()
})

it('[AV-1] a page whose conference is over opens no microphone and shows nothing', async () => {
  const { links } = await openConference(caseroom)
  const page = await come(links.attending, 'Dr Ola Second')
  await speak(page)
  await is(page, 'open')
  await page.getByTestId('more').click()
  await page.getByRole('menuitem', { name: 'Close the conference…' }).click()
  await page.getByTestId('close-conference').click()
  await page.getByRole('alert').getByText('closed').waitFor()
  await until('nothing captured', async () => (await capturedBy(page)).live === 0)
  await page.evaluate(() => {
    const press = { key: 'k', code: 'KeyK', bubbles: true }
    document.body.dispatchEvent(new KeyboardEvent('keydown', press))
    document.body.dispatchEvent(new KeyboardEvent('keyup', press))
  })
  await isSaid(page, 'This page is not in the conference any more')
  expect(await capturedBy(page)).toEqual({ live: 0, open: 0 })
  expect(await isOpen(page)).toBe(false)
  await page.context().close()
})
