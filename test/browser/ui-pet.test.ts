import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseDetails } from '../../shared/case/case.ts'
import { openBrowser } from '../support/open-browser.ts'
import { type OpenedConference, openConference } from '../support/open-conference.ts'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { testFiles } from '../support/test-data.ts'
import { until } from '../support/until.ts'
import { pictureOf, stateOf } from './conference-person.ts'
import { type Faults, join, openPage, phone, violations } from './ui-page.ts'

let caseroom: Caseroom
let browser: Browser
let importing: Page
let page: Page
let faults: Faults
let conference: OpenedConference

beforeAll(async () => {
  caseroom = await startCaseroom()
  browser = await openBrowser()
  const { attending } = await caseroom.opened()
  ;({ page: importing } = await openPage(browser, attending))
  importing.setDefaultTimeout(60_000)
  await importing.getByRole('link', { name: 'Import', exact: true }).first().click()
  const [chooser] = await Promise.all([
    importing.waitForEvent('filechooser'),
    importing.getByRole('button', { name: 'Choose files' }).click(),
  ])
  await chooser.setFiles(testFiles('dicom', 'petct-lung-acrin042', 'pt-ac'))
  await importing.locator('.import-row[data-state=ready]').waitFor()
})
afterAll(async () => {
  await browser?.close()
  await caseroom?.remove()
})

const field = (name: string) => page.getByRole('textbox', { name, exact: true })

/** The part of the picture that is lit, 0…1, and whether any of it has a colour. */
const lightOf = (picture: Buffer) =>
  page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
    const context = canvas.getContext('2d')
    context?.drawImage(bitmap, 0, 0)
    const data = context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? []
    let [lit, warm] = [0, 0]
    for (let at = 0; at < data.length; at += 4) {
      const [r = 0, b = 0] = [data[at], data[at + 2]]
      if (r > 60) lit++
      if (r > b + 60) warm++
    }
    return { lit: (4 * lit) / data.length, warm: (4 * warm) / data.length }
  }, picture.toString('base64'))

describe('the report of an import', () => {
  it('[IN-5] opens by a key below its row, and is one page that names nobody', async () => {
    const report = importing.getByRole('button', { name: 'Import report' })
    await report.focus()
    await importing.keyboard.press('Enter')
    const opened = importing.locator('.report')
    await opened.getByRole('heading', { name: 'The pictures' }).waitFor()
    const words = (await opened.textContent()) ?? ''
    expect(words).toMatch(/No text was found in the pixels|hidden in \d+ slice/)
    expect(words).toMatch(/Removed.*Patient|Emptied.*Patient|Replaced.*Patient/)
    expect(words).not.toMatch(/ACRIN|NSCLC|042|1\.3\.6/)
    expect(await violations(importing)).toEqual([])
    const heightOf = () => opened.evaluate((e) => e.getBoundingClientRect().height)
    expect(await heightOf()).toBeLessThan(900)
    await importing.setViewportSize(phone.viewport!)
    expect(await violations(importing)).toEqual([])
    const overflow = await importing.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    )
    expect(overflow).toBeLessThanOrEqual(0)
  })
})

describe('a PET in a conference', () => {
  let bqPerSuv: number

  it('[IN-4] is read in SUV from 0 to 10, never in HU', async () => {
    conference = await openConference(caseroom)
    const token = caseroom.token()
    const read = async <T>(path: string) =>
      (await (await caseroom.call('GET', path, { token })).json()) as T
    const { cases } = await read<{ cases: CaseDetails[] }>('/api/cases')
    const { volumes } = await read<CaseDetails>(`/api/cases/${cases[0]?.caseId}`)
    expect(volumes[0]).toMatchObject({ modality: 'PT', unit: 'Bq/ml' })
    bqPerSuv = 1 / volumes[0]!.suvbwFactor!
    await caseroom.call('POST', `/api/cases/${cases[0]?.caseId}/face`, {
      token,
      body: { action: 'waive', name: 'Dr Test', reason: 'A PET shows no face.' },
    })
    ;({ page, faults } = await openPage(browser, conference.links.attending))
    page.setDefaultTimeout(20_000)
    await join(page, 'Dr Nora Nuclear')
    await page.getByRole('tab', { name: 'View' }).click()
    await field('Centre').waitFor()
    expect(await field('Centre').inputValue()).toBe('5')
    expect(await field('Width').inputValue()).toBe('10')
    expect(await page.locator('.value-unit').allTextContents()).toEqual(['SUV', 'SUV'])
    expect(await page.locator('main').textContent()).not.toMatch(/\bHU\b/)
    expect(await violations(page)).toEqual([])
  })

  it('[IN-4] its histogram is there and is not flat', async () => {
    const drawn = page.locator('.histogram-counts')
    const path = (await drawn.getAttribute('d')) ?? ''
    const heights = new Set([...path.matchAll(/L\S+ (\S+?)(?=[LV])/g)].map(([, y]) => y))
    expect(heights.size).toBeGreaterThan(10)
    const box = await drawn.boundingBox()
    expect(box!.width).toBeGreaterThan(60)
  })

  it('[IN-4] the picture is hot and not black', async () => {
    const picture = await pictureOf(page)
    const { lit, warm } = await lightOf(picture)
    expect(lit).toBeGreaterThan(0.01)
    expect(warm).toBeGreaterThan(0.005)
  })

  it('[IN-4] an SUV that is typed is everybody’s window, in Bq/ml', async () => {
    const before = await lightOf(await pictureOf(page))
    await field('Centre').fill('2.5')
    await field('Centre').press('Enter')
    await field('Width').fill('5')
    await field('Width').press('Enter')
    const window = await until('the window', async () => {
      const { window } = await stateOf(caseroom, conference.conferenceId)
      return Math.abs(window.windowWidth / bqPerSuv - 5) < 1e-3 && window
    })
    expect(window.windowCenter / bqPerSuv).toBeCloseTo(2.5, 3)
    expect(await field('Centre').inputValue()).toBe('2.5')
    const after = await until('a brighter picture', async () => {
      const now = await lightOf(await pictureOf(page))
      return now.lit > before.lit && now
    })
    expect(after.lit).toBeGreaterThan(before.lit)
    await field('Width').fill('0')
    await field('Width').press('Enter')
    const least = await until('the narrowest window', async () => {
      const { windowWidth } = (await stateOf(caseroom, conference.conferenceId)).window
      return windowWidth !== window.windowWidth && windowWidth
    })
    expect(least / bqPerSuv).toBeCloseTo(0.01, 4)
    expect(faults).toEqual([])
  })
})
