import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseDetails } from '../../shared/case/case.ts'
import type { CropBox } from '../../shared/conference/looks.ts'
import { transform, transformPoint } from '../../shared/geometry/transform.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import { openBrowser } from '../support/open-browser.ts'
import { type OpenedConference, openConference } from '../support/open-conference.ts'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { storedVoxels } from '../support/stored-voxels.ts'
import { testData, testFiles } from '../support/test-data.ts'
import { until } from '../support/until.ts'
import { differenceOf, pictureOf, pictureWithinMs, type StateAnswer } from './conference-person.ts'
import {
  halfOfEach,
  meanDifference,
  type PicturePixels,
  paintedOn,
  pixelsOf,
  pixelsThatAre,
  type Rgb,
} from './picture-pixels.ts'
import { type Faults, join, openPage } from './ui-page.ts'

const small = { viewport: { width: 1240, height: 860 } }

let caseroom: Caseroom
let browser: Browser
let conference: OpenedConference
let ct: VolumeManifest
let token: string
let leader: Page
let observer: Page
/** Every message that a page was told, line by line: a page that had to come anew has two lines. */
const lines = new Map<Page, Buffer[][]>()
const faults: Faults[] = []

beforeAll(async () => {
  caseroom = await startCaseroom()
  browser = await openBrowser()
  await caseroom.opened()
  token = caseroom.token('clinician')
  const { attending } = await caseroom.opened()
  const { page: importing } = await openPage(browser, attending)
  importing.setDefaultTimeout(120_000)
  await importing.getByRole('link', { name: 'Import', exact: true }).first().click()
  const [chooser] = await Promise.all([
    importing.waitForEvent('filechooser'),
    importing.getByRole('button', { name: 'Choose files' }).click(),
  ])
  const petCt = 'dicom/petct-lung-acrin042'
  await chooser.setFiles([
    ...testFiles(petCt, 'ct'),
    ...testFiles(petCt, 'pt-ac'),
    testData(petCt, 'seg-ct', 'seg.dcm'),
  ])
  await importing.locator('.import-row[data-state=ready]').waitFor()
  await importing.context().close()
  conference = await openConference(caseroom)
  const { cases } = await read<{ cases: { caseId: string }[] }>('/api/cases')
  const { volumes } = await read<CaseDetails>(`/api/cases/${cases[0]?.caseId}`)
  ct = volumes.find(({ modality }) => modality === 'CT')!
  leader = await come('attending', 'Dr Ada Okafor')
  observer = await come('observer', 'Olga Observes')
  await leader.getByRole('button', { name: 'Series' }).click()
  await leader.getByRole('option', { name: /^CT/ }).click()
  for (const page of [leader, observer]) await page.getByTestId('tab-view').click()
  await leader.getByTestId('curve-add').waitFor()
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await caseroom?.remove()
})

async function read<T>(path: string): Promise<T> {
  return (await (await caseroom.call('GET', path, { token })).json()) as T
}

async function come(role: keyof OpenedConference['links'], name: string): Promise<Page> {
  const told: Buffer[][] = []
  const listen = async (page: Page) =>
    page.on('websocket', (socket) => {
      const line: Buffer[] = []
      told.push(line)
      socket.on('framereceived', ({ payload }) => line.push(Buffer.from(payload as Buffer)))
    })
  const { page, faults: found } = await openPage(browser, conference.links[role], small, listen)
  page.setDefaultTimeout(20_000)
  lines.set(page, told)
  faults.push(found)
  await join(page, name)
  return page
}

const stateNow = () => read<StateAnswer>(`/api/conferences/${conference.conferenceId}/state`)
const lookNow = async () =>
  (await stateNow()).state as unknown as { cropBox: CropBox; explode: number; prior: object }

/** What the observer sees once the leader has done something, beside what the leader sees of it. */
async function seenAfter(
  act: () => Promise<unknown>,
  changed: number,
): Promise<{ before: PicturePixels; now: PicturePixels }> {
  const before = await pictureOf(observer)
  await act()
  const now = await until(
    'another picture for the observer',
    async () => {
      const picture = await pictureOf(observer)
      return (await differenceOf(observer, before, picture)) > changed && picture
    },
    pictureWithinMs,
  )
  const own = await pictureOf(leader)
  // the leader alone has handles at the crop box
  expect(await differenceOf(observer, own, now)).toBeLessThan(0.01)
  return { before: await pixelsOf(observer, before), now: await pixelsOf(observer, now) }
}

/** Lit, and neither of the crop box's colour nor of the coronal frame's. */
const isTissue = ([r, g, b]: Rgb) => Math.max(r, g, b) > 90 && r >= b - 10 && g <= r + 10
const isColoured = ([r, g, b]: Rgb) => r > b + 25 && Math.max(r, g, b) > 60
/** The highest row with tissue in it: scattered pixels do not count. */
function topOf(picture: PicturePixels): number {
  for (let row = 0; row < picture.height; row++) {
    const inRow = pixelsThatAre(picture, (rgb, _x, y) => y === row && isTissue(rgb))
    if (inRow.count > 20) return row
  }
  return picture.height
}

/** Both pages were told the state's hash at its last number, and neither had to come anew. */
async function sameStateEverywhere(): Promise<void> {
  const { hash } = await stateNow()
  for (const page of [leader, observer]) {
    const line = () => lines.get(page)?.at(-1) ?? []
    await until('the hash', async () => line().some((bytes) => bytes.includes(hash)), 20_000)
    await page.getByTestId('status').getByText('connected').waitFor()
    expect(lines.get(page)).toHaveLength(1)
  }
}

describe('what the leader makes of the picture, another page draws', () => {
  it('[CASE-3] a projection: all in grey, as far as it is lit', async () => {
    const { before, now } = await seenAfter(() => leader.getByTestId('mode-mip').click(), 0.05)
    const coloured = (picture: PicturePixels) => pixelsThatAre(picture, isColoured).count
    expect(coloured(before)).toBeGreaterThan(5_000)
    expect(coloured(now)).toBeLessThan(coloured(before) / 5)
  })

  it('[CASE-3] a surface, and the value that it is at: bone is less than skin', async () => {
    const surface = async (value: string) => {
      await leader.getByTestId('iso-value').fill(value)
      await leader.getByTestId('iso-value').press('Enter')
    }
    const skin = await seenAfter(async () => {
      await leader.getByTestId('mode-isosurface').click()
      await surface('-200')
    }, 0.05)
    const bone = await seenAfter(() => surface('250'), 0.05)
    const lit = (picture: PicturePixels) => pixelsThatAre(picture, isTissue).count
    expect(lit(bone.now)).toBeGreaterThan(2_000)
    expect(lit(bone.now)).toBeLessThan(0.9 * lit(skin.now))
  })

  it('[CASE-3] a curve: what is made blue is blue on the other page', async () => {
    await leader.getByTestId('mode-composite').click()
    const isBlue = ([r, , b]: Rgb) => b > r + 25
    const { before, now } = await seenAfter(async () => {
      const points = leader.locator('.curve-point')
      for (let n = 1; n < (await points.count()); n++) {
        await points.nth(n).focus()
        await leader.getByRole('button', { name: 'Colour of lung' }).click()
      }
    }, 0.05)
    const blue = (picture: PicturePixels) => pixelsThatAre(picture, isBlue).count
    expect(blue(now)).toBeGreaterThan(blue(before) + 5_000)
    await seenAfter(() => leader.getByTestId('curve-reset').click(), 0.05)
  })
})

describe('a crop box', () => {
  it('[CASE-2] by the panel: what lies outside is gone from the other page', async () => {
    await leader.getByTestId('crop').getByText('Nothing is cropped').click()
    await leader.getByTestId('crop-H').waitFor()
    const { minMm, maxMm } = (await lookNow()).cropBox
    const middle = (minMm[2] + maxMm[2]) / 2
    const { before, now } = await seenAfter(async () => {
      // H is the head's end: a third of the way down
      await leader.getByTestId('crop-H').fill(`${(middle + maxMm[2]) / 2}`)
      await leader.getByTestId('crop-H').press('Enter')
    }, 0.03)
    expect(topOf(now)).toBeGreaterThan(topOf(before) + 20)
  })

  it('[CASE-2] by its handle in 3D: as far as it is dragged', async () => {
    const maxMm = (await lookNow()).cropBox.maxMm[2]
    const at = await headHandle(leader)
    const { before, now } = await seenAfter(async () => {
      await leader.mouse.move(at.x, at.y)
      await leader.mouse.down()
      await leader.mouse.move(at.x, at.y + 40, { steps: 5 })
      await leader.mouse.up()
      await leader.mouse.move(5, 5)
    }, 0.02)
    expect((await lookNow()).cropBox.maxMm[2]).toBeLessThan(maxMm - 10)
    expect(topOf(now) - topOf(before)).toBeGreaterThan(25)
    expect(topOf(now) - topOf(before)).toBeLessThan(55)
    await leader.getByTestId('crop').getByText('Cropped', { exact: true }).click()
    await sameStateEverywhere()
  })
})

/** The topmost of the balls on the crop box, CSS pixels of the page. */
async function headHandle(page: Page): Promise<{ x: number; y: number }> {
  const picture = await pixelsOf(page, await pictureOf(page))
  const isAccent = ([r, g, b]: Rgb) =>
    Math.abs(r - 0x4c) < 25 && Math.abs(g - 0xc2) < 30 && Math.abs(b - 0xff) < 30
  const middle = picture.width / 2
  const isNear = (x: number) => Math.abs(x - middle) < 40
  for (let row = 0; row < picture.height; row++) {
    const within = pixelsThatAre(
      picture,
      (rgb, x, y) => Math.abs(y - row) <= 3 && isNear(x) && isAccent(rgb),
    )
    const wide = pixelsThatAre(picture, (rgb, _x, y) => y === row && isAccent(rgb))
    // an edge of the box is as wide as the box; a ball is a few pixels each way
    if (within.count > 12 && wide.count < 30) {
      const box = (await page.getByTestId('volume').boundingBox())!
      return { x: box.x + within.x, y: box.y + within.y }
    }
  }
  throw new Error('no handle is to be seen')
}

describe('segments', () => {
  const pane = (page: Page) => page.getByTestId('pane-axial')
  const colourOf = (n: number): Rgb => ct.labels![n]!.colour
  const inColour = (picture: PicturePixels, [r, g, b]: Rgb) =>
    pixelsThatAre(picture, (seen) => {
      const light = Math.max(...seen)
      const most = Math.max(r, g, b)
      return light > 50 && [r, g, b].every((v, n) => Math.abs(v / most - seen[n]! / light) < 0.15)
    }).count

  it('[CASE-8] [CASE-4] are shown on the other page in 3D, and outlined on its slices', async () => {
    await toSliceOf(ct.labels![0]!.labelId)
    await until('the same slice', async () => {
      const places = await Promise.all(
        [leader, observer].map((page) => page.getByTestId('place-axial').textContent()),
      )
      return places[0] === places[1]
    })
    const isSharp = '.slice-pane[data-pane=axial][data-state=sharp]'
    await observer.locator(isSharp).waitFor()
    const slice = inColour(await paintedOn(pane(observer)), colourOf(0))
    // bone alone: what lies within the chest is seen between the ribs
    await leader.getByTestId('mode-isosurface').click()
    const { before, now } = await seenAfter(
      () => leader.getByTestId('segments-show-all').click(),
      0.0005,
    )
    expect(inColour(now, colourOf(0))).toBeGreaterThan(inColour(before, colourOf(0)) + 100)
    await until('its outline', async () => {
      return inColour(await paintedOn(pane(observer)), colourOf(0)) > slice + 20
    })
  })

  it('[CASE-8] are moved apart on the other page', async () => {
    const { before, now } = await seenAfter(async () => {
      await leader.getByRole('slider', { name: 'Moved apart' }).press('End')
    }, 0.0005)
    const place = (picture: PicturePixels) =>
      pixelsThatAre(picture, ([r, g, b]) => Math.max(r, g, b) - Math.min(r, g, b) > 60)
    expect((await lookNow()).explode).toBe(2)
    expect(meanDifference(before, now)).toBeGreaterThan(0.1)
    expect(place(now).count).toBeGreaterThan(100)
    await leader.getByTestId('segments-hide-all').click()
    await leader.getByTestId('mode-composite').click()
    await sameStateEverywhere()
  })

  /** Brings the axial slice to the middle of a segment, by the leader's own keys. */
  async function toSliceOf(labelId: string): Promise<void> {
    const url = `${caseroom.url}/api/volumes/${ct.volumeId}/zarr/labels/${labelId}/0`
    const label = await storedVoxels(url, { authorization: `Bearer ${token}` })
    const [ni, nj] = ct.dims
    let [count, sum] = [0, 0]
    for (const [n, value] of label.entries()) {
      if (value === 0) continue
      count++
      sum += Math.floor(n / (ni * nj))
    }
    const middle = transformPoint(transform<'patient', 'voxel'>(ct.patientFromVoxel), [
      ni / 2,
      nj / 2,
      Math.round(sum / count),
    ])
    const slices = leader.getByRole('slider', { name: 'Axial slice' })
    const heightMm = async () => {
      const words = (await leader.getByTestId('place-axial').textContent()) ?? ''
      const [, letter, mm] = words.match(/([HF]) (\d+\.\d)/) ?? []
      return letter === 'H' ? Number(mm) : -Number(mm)
    }
    await slices.press('Home')
    const first = await heightMm()
    await slices.press('ArrowUp')
    const stepMm = (await heightMm()) - first
    for (let n = 1; n < (middle[2] - first) / stepMm; n++) await slices.press('ArrowUp')
    await until('its slice', async () => Math.abs((await heightMm()) - middle[2]) < 4)
  }
})

describe('two volumes in one place', () => {
  it('[CASE-6] as much of each as the leader says, in 3D and on the slices of the other page', async () => {
    const panel = leader.getByTestId('prior')
    const alone = await pixelsOf(observer, await pictureOf(observer))
    const aloneOnSlice = await paintedOn(observer.getByTestId('pane-coronal'))
    await panel.getByTestId('prior-choice').click()
    await leader.getByRole('option').filter({ hasText: 'PET' }).click()
    await panel.getByRole('radio', { name: 'Blended' }).click()
    const slider = panel.getByRole('slider')
    const at = async (key: string, words: string) => {
      await slider.press(key)
      await observer.getByTestId('prior').getByText(words).waitFor()
      const picture = await pixelsOf(observer, await pictureOf(observer))
      const own = await pixelsOf(leader, await pictureOf(leader))
      expect(meanDifference(own, picture)).toBeLessThan(1)
      return { picture, slice: await paintedOn(observer.getByTestId('pane-coronal')) }
    }
    const none = await at('Home', '0 % of the picture')
    const all = await at('End', '100 % of the picture')
    for (let n = 0; n < 9; n++) await slider.press('ArrowLeft')
    const half = await at('ArrowLeft', '50 % of the picture')
    expect(meanDifference(aloneOnSlice, none.slice)).toBeLessThan(0.1)
    expect(meanDifference(alone, none.picture)).toBeLessThan(1)
    expect(meanDifference(none.slice, all.slice)).toBeGreaterThan(10)
    expect(meanDifference(none.picture, all.picture)).toBeGreaterThan(5)
    expect(meanDifference(half.slice, halfOfEach(none.slice, all.slice))).toBeLessThan(0.5)
    // the colours of two volumes are rounded one after the other
    expect(meanDifference(half.picture, halfOfEach(none.picture, all.picture))).toBeLessThan(1)
    const isHot = ([r, g, b]: Rgb) => r > 60 && r > b + 40 && g < r
    expect(pixelsThatAre(all.picture, isHot).count).toBeGreaterThan(5_000)
    await sameStateEverywhere()
  })
})

it('asks nobody else and throws nothing', () => {
  expect(faults.flat()).toEqual([])
})
