import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser } from '../support/open-browser.ts'
import { Caseroom } from '../support/start-caseroom.ts'
import { until } from '../support/until.ts'
import { joinPage, pictureOf } from './conference-person.ts'
import { desk } from './ui-page.ts'

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
})
