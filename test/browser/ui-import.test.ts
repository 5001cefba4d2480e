import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SliceChanges, slice } from '../../server/dicom/test-support/phantom.ts'
import type { CaseList } from '../../shared/case/case.ts'
import { openBrowser } from '../support/open-browser.ts'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { testFiles } from '../support/test-data.ts'
import { until } from '../support/until.ts'
import { drop, type Faults, join, openPage, violations } from './ui-page.ts'

let caseroom: Caseroom
let browser: Browser
let page: Page
let faults: Faults
const folder = mkdtempSync(joinPath(tmpdir(), 'caseroom-ui-import-'))

beforeAll(async () => {
  caseroom = await startCaseroom()
  browser = await openBrowser()
  const { attending } = await caseroom.opened()
  ;({ page, faults } = await openPage(browser, attending))
  page.setDefaultTimeout(15_000)
  await page.getByRole('link', { name: 'Import', exact: true }).first().click()
  await page.getByText('Nothing has been imported yet').waitFor()
})
afterAll(async () => {
  await browser?.close()
  await caseroom?.remove()
  rmSync(folder, { recursive: true, force: true })
})

const row = (state: string) => page.locator(`.import-row[data-state=${state}]`)

/** As on a CD: every series in a folder of its own, and the same names in each. */
function cd(name: string, series: readonly SliceChanges[], slices = 5): string {
  const root = joinPath(folder, name)
  series.forEach((changes, n) => {
    const sub = joinPath(root, 'DICOM', `SERIES${n}`)
    mkdirSync(sub, { recursive: true })
    for (let k = 0; k < slices; k++) {
      const SOPInstanceUID = `1.2.3.${n}.${k}`
      writeFileSync(joinPath(sub, `IM${k}`), slice(k, { SOPInstanceUID, ...changes }))
    }
  })
  return root
}

/** The attending's and an observer's page on the newest case. */
async function conferencePages() {
  const token = caseroom.token()
  const read = async <T>(response: Response) => (await response.json()) as T
  const { cases } = await read<CaseList>(await caseroom.call('GET', '/api/cases', { token }))
  const body = { caseId: cases[0]?.caseId }
  const { links } = await read<{ links: Record<'attending' | 'observer', string> }>(
    await caseroom.call('POST', '/api/conferences', { token, body }),
  )
  const attending = await openPage(browser, links.attending)
  const observer = await openPage(browser, links.observer)
  await join(attending.page, 'Dr Picks')
  await join(observer.page, 'Olga Watches')
  return [attending, observer] as const
}

/** A press that opens the system's file dialog, which then gives these. */
async function choose(button: string, paths: string | string[]): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: button }).click(),
  ])
  await chooser.setFiles(paths)
}

describe('the import page', () => {
  it('[IN-1] takes a dropped folder whose series repeat their file names, and opens its case', async () => {
    const root = cd('two-series', [
      { SeriesInstanceUID: '1.2.3.10' },
      { SeriesInstanceUID: '1.2.3.11' },
    ])
    await drop(page, page.getByTestId('drop'), [root])
    await row('ready').waitFor()
    await row('ready').getByText('10 files').waitFor()
    await row('ready').getByText('2 volumes').waitFor()
    await row('ready').getByRole('link', { name: 'Open the case' }).click()
    await page.getByRole('heading', { name: 'Volumes' }).waitFor()
    expect(await page.locator('.volumes li').count()).toBe(2)
    expect(await page.locator('.volumes').textContent()).toContain('4 × 3 × 5 voxels')
    await page.getByRole('link', { name: 'Import', exact: true }).click()
  })

  it('[CASE-1] the series that the leader picks is shown on the others’ pages', async () => {
    const [attending, observer] = await conferencePages()
    const series = (of: Page) => of.getByRole('button', { name: 'Series' })
    const before = await series(observer.page).textContent()
    await series(attending.page).click()
    await attending.page.getByRole('option').nth(1).click()
    await until('the other series', async () => {
      const now = await series(observer.page).textContent()
      return now !== before && now === (await series(attending.page).textContent())
    })
    expect(await series(observer.page).isDisabled()).toBe(true)
    expect([...attending.faults, ...observer.faults]).toEqual([])
    await attending.page.context().close()
    await observer.page.context().close()
  })

  it('[IN-1] takes a folder and files by its buttons, for those who cannot drag', async () => {
    const root = cd('by-button', [{ StudyInstanceUID: '1.2.9', SeriesInstanceUID: '1.2.9.1' }])
    await choose('Choose a folder', root)
    await row('ready').nth(1).waitFor()
    expect(await row('ready').count()).toBe(2)
  })

  it('[IN-5] says in words why a series is not imported, and what was filled in of another', async () => {
    await choose('Choose files', testFiles('dicom', 'odd-notavolume'))
    await row('rejected').waitFor()
    expect(await row('rejected').textContent()).toMatch(/Not imported.*same place/i)
    await choose('Choose files', testFiles('dicom', 'ct-missing-slice'))
    await row('ready').nth(2).waitFor()
    expect(await row('ready').first().textContent()).toMatch(/missing/i)
  })

  it('says in words that files are no DICOM, and never their names', async () => {
    const text = joinPath(folder, 'Jane Doe letter.txt')
    writeFileSync(text, 'Dear colleague, '.repeat(100))
    await drop(page, page.getByTestId('drop'), [text])
    await row('rejected').nth(1).waitFor()
    const words = await row('rejected').first().textContent()
    expect(words).toMatch(/DICOM/)
    expect(words).not.toContain('Jane')
  })

  it('an empty folder is said before anything is sent', async () => {
    const empty = joinPath(folder, 'empty')
    mkdirSync(empty)
    await drop(page, page.getByTestId('drop'), [empty])
    await page.getByRole('alert').getByText('no files').waitFor()
  })

  it('shows how far an upload has come, and cancels it', async () => {
    const cdp = await page.context().newCDPSession(page)
    const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 200_000 }
    await cdp.send('Network.enable')
    await cdp.send('Network.emulateNetworkConditions', slow)
    const big = joinPath(folder, 'big')
    writeFileSync(big, Buffer.alloc(8_000_000, 1))
    await drop(page, page.getByTestId('drop'), [big])
    await row('sending').getByText('1 file, 8 MB').waitFor()
    await row('sending').getByRole('button', { name: 'Cancel' }).click()
    await row('sending').waitFor({ state: 'detached' })
    await cdp.send('Network.emulateNetworkConditions', { ...slow, uploadThroughput: -1 })
    await cdp.detach()
  })

  it('remembers its jobs when the page is loaded anew, and breaks no rule of access', async () => {
    await page.reload()
    await row('ready').nth(1).waitFor()
    await row('rejected').nth(1).waitFor()
    expect(await violations(page)).toEqual([])
    expect(faults).toEqual([])
  })
})
