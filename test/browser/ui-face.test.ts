import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseDetails } from '../../shared/case/case.ts'
import { openBrowser } from '../support/open-browser.ts'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { testFiles } from '../support/test-data.ts'
import { until } from '../support/until.ts'
import { type Faults, join, openPage, phone, violations } from './ui-page.ts'

let caseroom: Caseroom
let browser: Browser
let page: Page
let faults: Faults

beforeAll(async () => {
  caseroom = await startCaseroom()
  browser = await openBrowser()
  const { attending } = await caseroom.opened()
  ;({ page, faults } = await openPage(browser, attending))
  page.setDefaultTimeout(20_000)
  await page.getByRole('heading', { name: 'Library' }).waitFor()
})
afterAll(async () => {
  await browser?.close()
  await caseroom?.remove()
})

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const token = caseroom.token()
  const answer = await caseroom.call(method, path, { token, ...(body !== undefined && { body }) })
  return (await answer.json()) as T
}

/** Brings a series by the page and stays on its case. */
async function bring(...path: string[]): Promise<CaseDetails> {
  await page.goto(`${caseroom.url}/import`)
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose files' }).click(),
  ])
  await chooser.setFiles(testFiles(...path))
  const newest = page.locator('.import-row').first()
  await newest.and(page.locator('[data-state=ready]')).waitFor({ timeout: 60_000 })
  await newest.getByRole('link', { name: 'Open the case' }).click()
  await page.getByRole('heading', { name: 'Volumes' }).waitFor()
  const caseId = new URL(page.url()).searchParams.get('case')
  return call('GET', `/api/cases/${caseId}`)
}

type Links = Record<'attending' | 'observer', string>
const open = async (caseId: string) =>
  (await call<{ links: Links }>('POST', '/api/conferences', { caseId })).links

const deedsOn = async (caseId: string) =>
  (
    await call<{ entries: { action: string }[] }>('GET', `/api/access-log?subjectId=${caseId}`)
  ).entries.map(({ action }) => action)

const panel = () => page.locator('.face-panel')
const thumbnail = async (caseId: string) => {
  const token = caseroom.token()
  const answer = await caseroom.call('GET', `/api/cases/${caseId}/thumbnail`, { token })
  expect(answer.status).toBe(200)
  return Buffer.from(await answer.arrayBuffer())
}

/** How much of the picture is shaded, 0…1. */
const seen = () =>
  page.locator('.face-profile canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { width, height } = canvas
    const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? []
    let shaded = 0
    for (let n = 0; n < width * height; n++) {
      const [r = 0, , b = 0] = [data[4 * n], data[4 * n + 1], data[4 * n + 2]]
      if (r > b + 20) shaded++
    }
    return { shaded: shaded / (width * height) }
  })

describe('a head', () => {
  let head: CaseDetails
  let links: Links

  it('[PRIV-4] says on its case that it may show a face', async () => {
    head = await bring('dicom', 'mr-t1-decubitus-HFDL')
    await panel().getByRole('heading', { name: 'may show the patient’s face' }).waitFor()
    expect(await violations(page)).toEqual([])
  })

  it('[PRIV-4] guests are told in the lobby what has to happen first', async () => {
    links = await open(head.caseId)
    const guest = await openPage(browser, links.observer, phone)
    await guest.page.getByTestId('join-name').fill('Olga Waits')
    await guest.page.getByTestId('join').click()
    await guest.page.getByRole('alert').getByText('may show the face').waitFor()
    expect(await violations(guest.page)).toEqual([])
    expect(guest.faults).toEqual([])
    await guest.page.context().close()
  })

  it('[PRIV-4] is shown when somebody answers for it, by the keys alone', async () => {
    await panel().getByRole('button', { name: 'Answer for it' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Show this head with its face' })
    await dialog.waitFor()
    const answer = dialog.getByRole('button', { name: 'I answer for it' })
    expect(await answer.isDisabled()).toBe(true)
    await page.keyboard.type('Dr Ines Albrecht')
    await page.keyboard.press('Tab')
    await page.keyboard.type('The patient has agreed in writing')
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await panel().getByRole('heading', { name: 'Shown with the face' }).waitFor()
    expect(await panel().textContent()).toMatch(/Dr Ines Albrecht.*agreed in writing/)
    expect(await deedsOn(head.caseId)).toContain('waived-face')
    const guest = await openPage(browser, links.observer)
    await join(guest.page, 'Olga Sees')
    expect(guest.faults).toEqual([])
    await guest.page.context().close()
  })
})

describe('a head whose face is masked', () => {
  let head: CaseDetails
  const dialog = () => page.getByRole('dialog', { name: 'Mask the face' })

  it('[PRIV-4] is shown from its left, with what will be gone shaded', async () => {
    head = await bring('dicom', 'ct-gantry-tilt-16.5')
    await panel().getByRole('button', { name: 'Mask the face' }).click()
    await dialog().getByRole('img', { name: 'The head from its left side' }).waitFor()
    const { shaded } = await seen()
    expect(shaded).toBeGreaterThan(0.05)
    expect(shaded).toBeLessThan(0.6)
    expect(await violations(page)).toEqual([])
  })

  it('[PRIV-4] the keys move the line', async () => {
    const before = await seen()
    await dialog().getByRole('slider', { name: 'Depth' }).focus()
    for (let n = 0; n < 20; n++) await page.keyboard.press('ArrowRight')
    const deeper = await until('a deeper cut', async () => {
      const now = await seen()
      return now.shaded > before.shaded + 0.02 && now
    })
    await dialog().getByRole('slider', { name: 'Lean' }).focus()
    for (let n = 0; n < 25; n++) await page.keyboard.press('ArrowLeft')
    await until('an upright cut', async () => (await seen()).shaded !== deeper.shaded)
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await violations(page)).toEqual([])
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  it('[PRIV-4] is gone from the volume and the picture of the case, and guests come in', async () => {
    const before = await thumbnail(head.caseId)
    await dialog().getByRole('button', { name: 'Take it out' }).click()
    await panel().getByRole('heading', { name: 'The face is masked' }).waitFor({ timeout: 60_000 })
    const after = await call<CaseDetails>('GET', `/api/cases/${head.caseId}`)
    expect(after.face.state).toBe('masked')
    expect(after.volumes[0]?.madeFrom).toBe(head.volumes[0]?.volumeId)
    expect((await thumbnail(head.caseId)).equals(before)).toBe(false)
    const shown = await page.locator('.case-picture').evaluate(async (image: HTMLImageElement) => {
      await image.decode()
      const bytes = await (await fetch(image.src)).bytes()
      return { size: image.naturalWidth, bytes: Array.from(bytes) }
    })
    expect(shown.size).toBe(320)
    expect(Buffer.from(shown.bytes).equals(before)).toBe(false)
    expect(await deedsOn(head.caseId)).toContain('masked-face')
    expect(await violations(page)).toEqual([])
    const { observer } = await open(head.caseId)
    const guest = await openPage(browser, observer)
    await join(guest.page, 'Olga Sees')
    expect([...guest.faults, ...faults]).toEqual([])
    await guest.page.context().close()
  })
})
