import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/open-browser.ts'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { desk, join, openPage, phone, violations } from './ui-page.ts'

let caseroom: Caseroom
let browser: Browser
let links: { attending: string; guests: string }
let attending: Page
let code: string
const faults: string[][] = []

beforeAll(async () => {
  caseroom = await startCaseroom({ env: { DEMO_CASE: 'on' } })
  browser = await openBrowser()
  links = await caseroom.opened()
  const token = caseroom.token('clinician')
  const response = await caseroom.call('GET', '/api/conferences', { token })
  const { conferences } = (await response.json()) as { conferences: { code: string }[] }
  code = conferences[0]?.code ?? ''
})
afterAll(async () => {
  await browser?.close()
  await caseroom?.remove()
})

async function open(url: string, options = desk): Promise<Page> {
  const opened = await openPage(browser, url, options)
  opened.page.setDefaultTimeout(20_000)
  faults.push(opened.faults)
  return opened.page
}

const people = (page: Page) => page.getByTestId('participants')

describe('the lobby', () => {
  it('[JOIN-1] says nothing of the case, breaks no rule of access, and wants a name', async () => {
    for (const options of [desk, phone]) {
      const page = await open(links.guests, options)
      await page.getByRole('heading', { name: 'You are invited' }).waitFor()
      expect(await page.locator('body').textContent()).not.toMatch(/chest|CT/i)
      expect(await page.getByTestId('join').isDisabled()).toBe(true)
      expect(await violations(page)).toEqual([])
      await page.context().close()
    }
  })

  it('[JOIN-1] lets in by a link, takes it out of the address bar, and shows each to the other', async () => {
    attending = await open(links.attending)
    await attending.getByTestId('join-name').waitFor()
    expect(new URL(attending.url()).hash).toBe('')
    await join(attending, 'Dr Ada Okafor')
    expect(new URL(attending.url()).pathname).toMatch(/^\/conference\/[\w-]+$/)
    const guest = await open(links.guests, phone)
    await join(guest, 'Jonas Lindqvist')
    await people(attending).getByText('Jonas Lindqvist').waitFor()
    await people(guest).getByText('Dr Ada Okafor').waitFor({ state: 'attached' })
    await guest.getByTestId('leave').click()
    await guest.getByRole('heading', { name: 'You have left the conference' }).waitFor()
    await people(attending).getByText('Jonas Lindqvist').waitFor({ state: 'detached' })
    await guest.getByRole('button', { name: 'Join again' }).click()
    await people(attending).getByText('Jonas Lindqvist').waitFor()
    await guest.context().close()
  })

  it('[JOIN-2] lets in by the code, typed as people type', async () => {
    const page = await open(`${caseroom.url}/join`, phone)
    await page.getByTestId('join-code').fill(`${code.slice(0, 3)}-${code.slice(3).toLowerCase()}`)
    await join(page, 'Carla Coded')
    await people(attending).getByText('Carla Coded').waitFor()
    await page.context().close()
  })

  it('[JOIN-2] a wrong code and a link that is none are refused in words', async () => {
    const page = await open(`${caseroom.url}/join`)
    await page.getByTestId('join-code').fill('AAAAAA')
    await page.getByTestId('join-name').fill('Guess')
    await page.getByTestId('join').click()
    await page.getByRole('alert').getByText('No open conference has this code').waitFor()
    await page.goto(`${caseroom.url}/join#${'A'.repeat(43)}`)
    await page.getByRole('heading', { name: 'You are invited' }).waitFor()
    await page.getByTestId('join').click()
    await page.getByRole('alert').getByText('not valid').waitFor()
    await page.getByRole('button', { name: 'Enter a code instead' }).click()
    await page.getByTestId('join-code').waitFor()
    await page.context().close()
  })

  it('says that the server does not answer, and lets in when it does again', async () => {
    const page = await open(links.guests)
    await page.context().setOffline(true)
    await page.getByTestId('join-name').fill('Olaf Offline')
    await page.getByTestId('join').click()
    await page.getByRole('alert').getByText('does not answer').waitFor()
    await page.context().setOffline(false)
    await page.getByTestId('join').click()
    await people(attending).getByText('Olaf Offline').waitFor()
    await page.context().close()
  })
})

describe('a page in a conference', () => {
  it('comes back as the same participant when it is loaded anew', async () => {
    const page = await open(links.guests)
    await join(page, 'Rita Reloads')
    await people(attending).getByText('Rita Reloads').waitFor()
    await page.reload()
    await page.getByTestId('volume').waitFor()
    await people(page).getByText('Rita Reloads').waitFor()
    expect(await people(attending).getByText('Rita Reloads').count()).toBe(1)
    await page.context().close()
  })

  it('the next person at this computer is not invited as the one who left', async () => {
    const page = await open(links.guests)
    await join(page, 'Dr Leaves')
    await page.getByTestId('leave').click()
    await page.goto(`${caseroom.url}/join`)
    await page.getByRole('heading', { name: 'Join a case conference' }).waitFor()
    expect(await page.evaluate(() => sessionStorage.getItem('caseroom.invitation'))).toBeNull()
    await page.context().close()
  })

  it('a stranger at its address is told how to get in', async () => {
    const page = await open(attending.url())
    await page.getByRole('heading', { name: 'You are not in this conference' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Join by code' }).click()
    await page.getByTestId('join-code').waitFor()
    await page.context().close()
  })

  it('says while the line is down, and is back by itself', async () => {
    const page = await open(links.guests)
    await join(page, 'Nora Netless')
    await caseroom.stop('SIGKILL')
    await page.getByText('The line is down').waitFor()
    await page.getByTestId('status').getByText('reconnecting').waitFor()
    const { dataDir, port } = caseroom
    caseroom = await startCaseroom({ env: { DEMO_CASE: 'on' }, dataDir, port })
    await page.getByTestId('notice').getByText('You are back').waitFor({ timeout: 60_000 })
    await people(attending).getByText('Nora Netless').waitFor({ timeout: 60_000 })
    await page.context().close()
  })

  it('ends for everybody when the attending closes it, after a question', async () => {
    const guest = await open(links.guests, phone)
    await join(guest, 'Last Guest')
    const closeIt = async () => {
      await attending.getByTestId('more').click()
      await attending.getByRole('menuitem', { name: 'Close the conference' }).click()
    }
    await closeIt()
    await attending.getByRole('button', { name: 'Keep it open' }).click()
    expect(await guest.getByText('has been closed').count()).toBe(0)
    await closeIt()
    await attending.getByTestId('close-conference').click()
    for (const page of [guest, attending]) {
      await page.getByRole('heading', { name: 'The conference has been closed.' }).waitFor()
      expect(await violations(page)).toEqual([])
    }
    await guest.getByRole('button', { name: 'Leave this page' }).click()
  })

  it('asked no other origin, threw nothing, broke no policy', () => {
    expect(faults.flat()).toEqual([])
  })
})
