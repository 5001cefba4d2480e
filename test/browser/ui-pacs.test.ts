import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestElement } from '../../server/dicom/test-support/part10-writer.ts'
import { writePart10 } from '../../server/dicom/test-support/part10-writer.ts'
import { type SliceChanges, sliceElements } from '../../server/dicom/test-support/phantom.ts'
import { pacsEnvOf } from '../integration/pacs-house.ts'
import { openBrowser } from '../support/open-browser.ts'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { startOrthanc, type TestOrthanc } from '../support/start-orthanc.ts'
import { desk, type Faults, openPage, phone, violations } from './ui-page.ts'

interface Described {
  readonly patient: string
  readonly study: string
  readonly date: string
  readonly description: string
}
const now = { patient: 'DOE^JANE', study: '1.2.3', date: '20240229', description: 'Thorax' }
const prior = { patient: 'DOE^JANE', study: '1.2.9', date: '20230115', description: 'Abdomen' }
const another = { patient: 'DOEBEL^JO', study: '1.2.7', date: '20240301', description: 'Thorax' }

/** Five slices, with what a PACS is searched by. */
function series(of: Described, seriesNumber: number, changes: SliceChanges = {}) {
  const SeriesInstanceUID = `${of.study}.${seriesNumber}`
  const named: TestElement[] = [
    ['00080020', 'DA', of.date],
    ['00081030', 'LO', of.description],
    ['0008103e', 'LO', `series ${seriesNumber}`],
    ['00100010', 'PN', of.patient],
    ['00100020', 'LO', `id ${of.patient}`],
    ['00200011', 'IS', `${seriesNumber}`],
  ]
  return Array.from({ length: 5 }, (_, k) => {
    const uids = { StudyInstanceUID: of.study, SeriesInstanceUID }
    const SOPInstanceUID = `${SeriesInstanceUID}.${k}`
    const elements = sliceElements(k, { ...uids, SOPInstanceUID, ...changes })
    const all = [...elements, ...named].sort(([a], [b]) => a.localeCompare(b))
    return Uint8Array.from(writePart10(all))
  })
}

let orthanc: TestOrthanc
let caseroom: Caseroom
let browser: Browser
let page: Page
let faults: Faults
const asked: string[] = []

beforeAll(async () => {
  orthanc = await startOrthanc()
  await orthanc.upload([
    ...series(now, 1),
    ...series(now, 2, { Modality: 'SR', SOPClassUID: '1.2.840.10008.5.1.4.1.1.88.11' }),
    ...series(prior, 3),
    ...series(another, 4),
  ])
  caseroom = await startCaseroom({ env: pacsEnvOf(orthanc) })
  browser = await openBrowser()
  const { attending } = await caseroom.opened()
  ;({ page, faults } = await openPage(browser, attending, desk, async (fresh) => {
    fresh.on('request', (request) => asked.push(request.url()))
  }))
  page.setDefaultTimeout(15_000)
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await caseroom?.remove()
  await orthanc?.remove()
})

const study = (words: string) => page.locator('.pacs-study').filter({ hasText: words })

describe('the page of the PACS', () => {
  it('[IN-2] is in the navigation, and asks for something to look for', async () => {
    await page.getByRole('link', { name: 'PACS' }).click()
    await page.getByRole('heading', { name: 'Nothing has been searched for' }).waitFor()
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByRole('alert').getByText('at least one field').waitFor()
    expect(await violations(page)).toEqual([])
  })

  it('[IN-2] finds studies by the beginning of a name, newest first, by the keys alone', async () => {
    await page.getByLabel('Patient’s name').fill('doe')
    await page.keyboard.press('Enter')
    await page.getByRole('status').getByText('3 studies').waitFor()
    const patients = await page.locator('.pacs-patient strong').allTextContents()
    expect(patients).toEqual(['DOEBEL, JO', 'DOE, JANE', 'DOE, JANE'])
    await study('29 Feb 2024').getByRole('button').first().press('Enter')
    await study('29 Feb 2024').getByRole('checkbox').first().waitFor()
  })

  it('[IN-2] a study opens to its series; what makes no case cannot be picked', async () => {
    const open = study('29 Feb 2024')
    await open.getByText('1 · series 1').waitFor()
    expect(await open.getByRole('checkbox', { name: /SR/ }).isDisabled()).toBe(true)
    expect(await open.getByRole('checkbox', { name: /CT/ }).isDisabled()).toBe(false)
    expect(await violations(page)).toEqual([])
  })

  it('[IN-2] offers the prior study of the same patient, and no one else’s', async () => {
    const others = study('29 Feb 2024').locator('.pacs-others')
    expect(await others.getByRole('button').allTextContents()).toEqual([
      '15 Jan 2023 · CT · Abdomen',
    ])
    await others.getByRole('button').click()
    await study('15 Jan 2023').getByText('3 · series 3').waitFor()
  })

  it('[IN-2] picking a series of another patient begins anew', async () => {
    const pick = (words: string) =>
      study(words).getByRole('checkbox', { name: /CT/ }).click({ force: true })
    const picked = page.getByRole('region', { name: 'Picked series' })
    await study('1 Mar 2024').getByRole('button').first().click()
    await pick('1 Mar 2024')
    await picked.getByText('DOEBEL, JO').waitFor()
    await pick('29 Feb 2024')
    await pick('15 Jan 2023')
    await picked.getByText('2 series').waitFor()
    expect(await picked.textContent()).toContain('DOE, JANE')
    for (const { viewport } of [phone, desk]) {
      if (viewport) await page.setViewportSize(viewport)
      expect(await violations(page)).toEqual([])
      const isWide = await page.evaluate(() => document.body.scrollWidth > innerWidth)
      expect(isWide).toBe(false)
    }
  })

  it('[IN-2] brings what was picked in, as an import that the import page shows', async () => {
    await page.getByLabel('Title of the case').fill('From the PACS')
    await page.getByRole('button', { name: 'Bring into Caseroom' }).click()
    const row = page.locator('.import-row[data-state=ready]')
    await row.getByText('10 files').waitFor()
    await row.getByText('2 volumes').waitFor()
    await row.getByRole('link', { name: 'Case 1' }).click()
    await page.getByRole('heading', { name: 'From the PACS (1)' }).waitFor()
  })

  it('[PRIV-1] no name and no UID was in an address', async () => {
    expect(asked.length).toBeGreaterThan(10)
    expect(asked.join(' ')).not.toMatch(/doe|1\.2\.3/i)
    expect(faults).toEqual([])
  })

  it('[IN-2] says that nothing matches, and that the PACS is away, with a way on', async () => {
    await page.getByRole('link', { name: 'PACS' }).click()
    await page.getByLabel('Patient’s ID').fill('nobody')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByRole('heading', { name: 'No study matches' }).waitFor()
    await orthanc.stop()
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByRole('heading', { name: 'The search failed' }).waitFor()
    await page.getByText('The PACS does not answer').waitFor()
    expect(await violations(page)).toEqual([])
    await orthanc.restart()
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { name: 'No study matches' }).waitFor()
  })

  it('[IN-2] is not in the navigation where no PACS is set up, and its address says so', async () => {
    const without = await startCaseroom()
    try {
      const { attending } = await without.opened()
      const other = await openPage(browser, attending)
      await other.page.getByRole('heading', { name: 'Library' }).waitFor()
      await other.page.goto(`${without.url}/pacs`)
      await other.page.getByRole('heading', { name: 'No PACS is set up' }).waitFor()
      expect(await other.page.getByRole('link', { name: 'PACS' }).count()).toBe(0)
      expect(await violations(other.page)).toEqual([])
      expect(other.faults).toEqual([])
    } finally {
      await without.remove()
    }
  })
})
