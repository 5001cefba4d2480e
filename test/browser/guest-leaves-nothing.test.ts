import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser } from '../support/open-browser.ts'
import { openConference } from '../support/open-conference.ts'
import { Caseroom } from '../support/start-caseroom.ts'
import { until } from '../support/until.ts'
import { joinPage, pictureOf } from './conference-person.ts'
import { desk, join, openPage } from './ui-page.ts'

let caseroom: Caseroom
let browser: Browser

beforeAll(async () => {
  caseroom = await Caseroom.spawn({ env: { DEMO_CASE: 'on' } })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await caseroom?.remove()
})

it('a guest who leaves takes no picture along: nothing of the volume stays on the machine', async () => {
  const { guests } = await caseroom.opened()
  const page = await joinPage(browser, guests, 'Dr Guest', desk)
  await pictureOf(page)
  const kept = () => page.evaluate(() => caches.keys())
  await until('pictures are kept meanwhile', async () => (await kept()).length > 0)
  await page.getByTestId('leave').click()
  await until('they are gone', async () => (await kept()).length === 0)
  expect(await kept()).toEqual([])
  await page.context().close()
})

it('a guest who reloads keeps the pictures; of one who closes the page nothing stays past the next start', async () => {
  const { guests } = await caseroom.opened()
  const page = await joinPage(browser, guests, 'Dr Guest', desk)
  await pictureOf(page)
  const kept = (on: Page) => on.evaluate(() => caches.keys())
  await until('pictures are kept', async () => (await kept(page)).length > 0)
  const before = await kept(page)
  await page.reload()
  await pictureOf(page)
  expect(await kept(page)).toEqual(expect.arrayContaining(before))
  // another page of the browser starts meanwhile: they are in use
  const other = await page.context().newPage()
  const asked = other.waitForResponse((response) => response.url().endsWith('/api/me'))
  await other.goto(`${caseroom.url}/join`)
  await asked
  await other.reload()
  expect(await kept(other)).toEqual(expect.arrayContaining(before))
  await page.close()
  await other.reload()
  await until('they are gone', async () => (await kept(other)).length === 0)
  await other.context().close()
})

it('what staff look at stays on their machine until they sign out', async () => {
  const { dataDir } = caseroom
  await caseroom.stop()
  // the case is there, and the printed link signs in
  caseroom = await Caseroom.spawn({ env: { DEMO_CASE: 'off' }, dataDir })
  const { attending } = await caseroom.opened()
  const { links } = await openConference(caseroom)
  const { page } = await openPage(browser, attending)
  page.setDefaultTimeout(60_000)
  await page.getByRole('heading', { name: 'Library' }).waitFor()
  await page.goto(links.resident)
  await join(page, 'Dr Staff')
  await pictureOf(page)
  const kept = (on: Page) => on.evaluate(() => caches.keys())
  await until('pictures are kept', async () => (await kept(page)).length > 0)
  // without the seat that the first page has
  const other = await page.context().newPage()
  await page.close()
  await other.goto(`${caseroom.url}/library`)
  await other.getByRole('heading', { name: 'Library' }).waitFor()
  expect((await kept(other)).length).toBeGreaterThan(0)
  await other.evaluate(() => fetch('/api/sign-out', { method: 'POST' }))
  await until('they are gone', async () => (await kept(other)).length === 0)
  await other.context().close()
})
