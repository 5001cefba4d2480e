import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { protocolVersion } from '../../shared/protocol/version.ts'
import { openBrowser } from '../support/open-browser.ts'
import { Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { join, openPage, violations } from './ui-page.ts'

let caseroom: Caseroom
let browser: Browser
beforeAll(async () => {
  caseroom = await startCaseroom({ env: { DEMO_CASE: 'on' } })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await caseroom?.remove()
})

const joining = '**/api/conferences/join'

/** From now on the server is a version further than this page: its answer says so on the way here. */
const upgrade = (page: Page) =>
  page.route(joining, async (route) => {
    const response = await route.fetch().catch(() => undefined)
    if (!response) return route.abort()
    const answer = { ...(await response.json()), protocol: protocolVersion + 1 }
    await route.fulfill({ response, json: answer })
  })

it('[CASE-9] a page that was left open over an upgrade says so, and is back once it is loaded anew', async () => {
  const { attending, guests } = await caseroom.opened()
  const { page } = await openPage(browser, attending)
  await join(page, 'Dr Okafor')
  await upgrade(page)
  const { dataDir, port } = caseroom
  await caseroom.stop()
  caseroom = await Caseroom.spawn({ dataDir, port, env: { DEMO_CASE: 'on' } })
  await caseroom.opened()
  await page.getByText('Caseroom was updated. Reload the page.').waitFor({ timeout: 60_000 })
  expect(await violations(page)).toEqual([])
  await page.unroute(joining)
  await page.getByTestId('reload').click()
  await page.getByTestId('volume').waitFor()
  await page.getByTestId('participants').getByText('Dr Okafor').waitFor()

  const lobby = await openPage(browser, guests)
  await upgrade(lobby.page)
  await lobby.page.getByTestId('join-name').fill('Jonas Lindqvist')
  await lobby.page.getByTestId('join').click()
  await lobby.page.getByText('Caseroom was updated. Reload the page.').waitFor()
  await lobby.page.unroute(joining)
  await lobby.page.getByTestId('reload').click()
  await join(lobby.page, 'Jonas Lindqvist')
})
