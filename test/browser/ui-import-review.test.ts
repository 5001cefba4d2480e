import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseDetails } from '../../shared/case/case.ts'
import type { ImportStatus } from '../../shared/case/import.ts'
import { openBrowser } from '../support/open-browser.ts'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { storedVoxels } from '../support/stored-voxels.ts'
import { drop, type Faults, openPage, phone, violations } from './ui-page.ts'
import { type WrittenOn, writtenOnSeries } from './written-on-series.ts'

let caseroom: Caseroom
let browser: Browser
let page: Page
let faults: Faults
const folder = mkdtempSync(joinPath(tmpdir(), 'caseroom-ui-review-'))
const first = writtenOnSeries('1.2.41')
const second = writtenOnSeries('1.2.42')

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

const row = (state: string, of: Page = page) => of.locator(`.import-row[data-state=${state}]`)
const dialog = (of: Page = page) => of.getByRole('dialog', { name: 'May these pictures be kept?' })
const frames = () => dialog().locator('.held-box')

async function call<T>(path: string, token = caseroom.token('clinician')): Promise<T> {
  return (await (await caseroom.call('GET', path, { token })).json()) as T
}

const imports = async () => (await call<{ imports: ImportStatus[] }>('/api/imports')).imports
const cases = async () => (await call<{ cases: CaseDetails[] }>('/api/cases')).cases

/** What is on record about an import, oldest first, each deed once. */
async function deedsOn(importId: string): Promise<string[]> {
  const path = `/api/access-log?subjectId=${importId}`
  const { entries } = await call<{ entries: { action: string }[] }>(path, caseroom.token())
  return [...new Set(entries.toReversed().map(({ action }) => action))]
}

const heldFolders = () => readdirSync(joinPath(caseroom.dataDir, 'quarantine'))

const pictureShown = () =>
  page.waitForFunction(
    () => document.querySelector<HTMLImageElement>('.held-picture img')?.naturalWidth === 512,
  )

async function bring(name: string, { files }: WrittenOn): Promise<void> {
  const root = joinPath(folder, name)
  mkdirSync(root)
  files.forEach((file, k) => {
    writeFileSync(joinPath(root, `IM${k}`), file)
  })
  await drop(page, page.getByTestId('drop'), [root])
  await row('quarantined').getByRole('button', { name: 'Look at the pictures' }).waitFor()
}

/** Drags over the picture, in its own pixels. */
async function dragOver(from: readonly [number, number], to: readonly [number, number]) {
  const box = await dialog().getByRole('img').boundingBox()
  if (!box) throw new Error('the picture is not on the page')
  const at = ([x, y]: readonly [number, number]) =>
    [box.x + (box.width * (x + 0.5)) / 512, box.y + (box.height * (y + 0.5)) / 512] as const
  await page.mouse.move(...at(from))
  await page.mouse.down()
  await page.mouse.move(...at([from[0] + 5, from[1] + 5]))
  await page.mouse.move(...at(to))
  await page.mouse.up()
}

describe('an import that is held back', () => {
  it('[PRIV-2] says that somebody has to look, and keeps nothing', async () => {
    await bring('first', first)
    const words = await row('quarantined').textContent()
    expect(words).toMatch(/Held back/)
    expect(words).toMatch(/In 2 pictures there is something that may be text/)
    expect(await cases()).toEqual([])
    expect(await violations(page)).toEqual([])
  })

  it('[PRIV-2] shows every doubtful picture with a frame around what may be text', async () => {
    await row('quarantined').getByRole('button', { name: 'Look at the pictures' }).click()
    await dialog().getByText('Picture 1 of 2').waitFor()
    const picture = dialog().getByRole('img', { name: 'Slice 2 of series 1' })
    await pictureShown()
    expect(await frames().count()).toBe(1)
    const [left, top, right, bottom] = first.box
    const at = await picture.boundingBox()
    const frame = await frames().boundingBox()
    const pixel = at!.width / 512
    expect(frame!.x).toBeLessThanOrEqual(at!.x + left * pixel)
    expect(frame!.y).toBeLessThanOrEqual(at!.y + top * pixel)
    expect(frame!.x + frame!.width).toBeGreaterThanOrEqual(at!.x + (right + 1) * pixel - 1)
    expect(frame!.y + frame!.height).toBeGreaterThanOrEqual(at!.y + (bottom + 1) * pixel - 1)
    expect(await violations(page)).toEqual([])
    await dialog().getByRole('button', { name: 'Next picture' }).click()
    await dialog().getByRole('img', { name: 'Slice 5 of series 1' }).waitFor()
    await dialog().getByText('Picture 2 of 2').waitFor()
    expect(await dialog().getByRole('button', { name: 'Next picture' }).isDisabled()).toBe(true)
    await dialog().getByRole('button', { name: 'Picture before' }).click()
    await dialog().getByText('Picture 1 of 2').waitFor()
    const [held] = await imports()
    expect(await deedsOn(held!.importId)).toContain('saw-held-back')
  })

  it('[PRIV-2] takes a drawn frame, and gives one up by a key or a press', async () => {
    await dragOver([60, 300], [120, 340])
    await dragOver([300, 100], [340, 140])
    expect(await frames().count()).toBe(3)
    await frames().nth(1).focus()
    await page.keyboard.press('Delete')
    expect(await frames().count()).toBe(2)
    expect(await dialog().evaluate((e) => e.contains(document.activeElement))).toBe(true)
    await frames().nth(1).click()
    expect(await frames().count()).toBe(1)
    await dialog().getByRole('button', { name: 'Add a frame' }).click()
    const added = dialog().getByRole('button', { name: 'columns 213 to 299, rows 213 to 299' })
    await added.waitFor()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Shift+ArrowUp')
    const moved = dialog().getByRole('button', { name: 'columns 209 to 295, rows 213 to 295' })
    expect(await moved.evaluate((e) => e === document.activeElement)).toBe(true)
    await page.keyboard.press('Backspace')
    expect(await frames().count()).toBe(1)
    await dragOver([200, 320], [259, 349])
    expect(await frames().count()).toBe(2)
  })

  it('[PRIV-2] imports it anew without what is framed, to the last pixel', async () => {
    const [held] = await imports()
    const late = await openPage(browser, `${caseroom.url}/import`, phone, (fresh) =>
      page
        .context()
        .cookies()
        .then((cookies) => fresh.context().addCookies(cookies)),
    )
    await row('quarantined', late.page).getByRole('button', { name: 'Look at' }).click()
    await dialog(late.page).waitFor()
    expect(await violations(late.page)).toEqual([])

    await dialog().getByRole('button', { name: 'Hide the framed parts and import' }).click()
    await dialog().waitFor({ state: 'detached' })
    await row('ready').getByText('1 volume').waitFor()
    const [kept] = await cases()
    const { volumes } = await call<CaseDetails>(`/api/cases/${kept!.caseId}`)
    expect(volumes.length).toBe(1)
    const path = `${caseroom.url}/api/volumes/${volumes[0]!.volumeId}/zarr/0`
    const headers = { authorization: `Bearer ${caseroom.token('clinician')}` }
    const voxels = await storedVoxels(path, headers)
    const slice = (k: number) => voxels.subarray(k * 512 * 512, (k + 1) * 512 * 512)
    const least = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => Math.min(a, b))
    const inside = (values: ArrayLike<number>, [x0, y0, x1, y1]: readonly number[]) =>
      Array.from(values).filter((_, n) => {
        const [x, y] = [n % 512, Math.floor(n / 512)]
        return x >= x0! && x <= x1! && y >= y0! && y <= y1!
      })
    for (const k of first.written) {
      expect(new Set(inside(slice(k), first.box))).toEqual(new Set([least(slice(k))]))
      expect(Math.max(...inside(slice(k), [0, 230, 511, 270]))).toBeLessThan(200)
    }
    const drawn = [205, 325, 254, 344]
    expect(new Set(inside(slice(1), drawn))).toEqual(new Set([least(slice(1))]))
    expect(least(inside(slice(4), drawn))).toBeGreaterThan(-100)
    expect(least(inside(slice(2), first.box))).toBeGreaterThan(-100)
    expect(await deedsOn(held!.importId)).toEqual(['imported', 'saw-held-back', 'released'])
    expect(heldFolders()).toEqual([])

    const buttons = dialog(late.page).getByRole('button', { name: 'and import' })
    await buttons.click()
    await dialog(late.page).getByRole('alert').getByText('somebody has decided').waitFor()
    await dialog(late.page).getByRole('button', { name: 'Not now' }).click()
    await late.page.reload()
    await row('decided', late.page).getByText('somebody has looked at it and decided').waitFor()
    expect(await row('decided', late.page).getByRole('button').count()).toBe(0)
    expect(await violations(late.page)).toEqual([])
    expect(late.faults).toEqual([])
    await late.page.context().close()
    expect(await cases()).toHaveLength(1)
  })

  it('[PRIV-2] is gone when it is discarded', async () => {
    await page.reload()
    await row('ready').waitFor()
    await bring('second', second)
    const [held] = await imports()
    await row('quarantined').getByRole('button', { name: 'Look at the pictures' }).click()
    await pictureShown()
    await dialog().getByRole('button', { name: 'Discard the import' }).click()
    await dialog().waitFor({ state: 'detached' })
    await row('quarantined').waitFor({ state: 'detached' })
    expect(await row('decided').count()).toBe(2)
    expect(await deedsOn(held!.importId)).toEqual(['imported', 'saw-held-back', 'discarded'])
    expect(heldFolders()).toEqual([])
    expect(await cases()).toHaveLength(1)
    expect(await imports()).toHaveLength(3)
    expect(faults).toEqual([])
  })
})
