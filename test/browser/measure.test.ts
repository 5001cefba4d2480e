import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Annotation } from '../../shared/conference/event.ts'
import { angleDegrees, distance } from '../../shared/geometry/measure.ts'
import { invert, transform, transformPoint, type Vec3 } from '../../shared/geometry/transform.ts'
import { openBrowser } from '../support/open-browser.ts'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { storedVoxels } from '../support/stored-voxels.ts'
import { until } from '../support/until.ts'
import { canvasOf, joinPage, labelsOf, stateOf } from './conference-person.ts'

const desk: BrowserContextOptions = { viewport: { width: 1440, height: 900 } }

interface DemoVolume {
  volumeId: string
  dims: [number, number, number]
  patientFromVoxel: number[]
  unit: string
}

let caseroom: Caseroom
let browser: Browser
let conferenceId: string
let volume: DemoVolume
let attending: Page
let resident: Page

beforeAll(async () => {
  caseroom = await startCaseroom({ env: { DEMO_CASE: 'on' } })
  browser = await openBrowser()
  await caseroom.opened()
  const token = caseroom.token('clinician')
  const read = async <T>(response: Response) => (await response.json()) as T
  const { cases } = await read<{ cases: { caseId: string }[] }>(
    await caseroom.call('GET', '/api/cases', { token }),
  )
  const caseId = cases[0]?.caseId
  const details = await read<{ volumes: DemoVolume[] }>(
    await caseroom.call('GET', `/api/cases/${caseId}`, { token }),
  )
  const opened = await read<{ conferenceId: string; links: Record<string, string> }>(
    await caseroom.call('POST', '/api/conferences', { token, body: { caseId } }),
  )
  conferenceId = opened.conferenceId
  attending = await joinPage(browser, opened.links.attending!, 'Dr Ada Lead', desk)
  resident = await joinPage(browser, opened.links.resident!, 'Ben Resident', desk)
  const { shownVolumeId } = await state()
  volume = details.volumes.find(({ volumeId }) => volumeId === shownVolumeId)!
})
afterAll(async () => {
  await browser?.close()
  await caseroom?.remove()
})

const state = () => stateOf(caseroom, conferenceId)
const marksOfKind = async (kind: string) => {
  const { annotations } = (await state()) as unknown as {
    annotations: Record<string, Annotation>
  }
  return Object.values(annotations).filter((mark) => mark.kind === kind)
}
const newest = (kind: string, count: number) =>
  until(`${count} of ${kind}`, async () => {
    const marks = await marksOfKind(kind)
    return marks.length === count && marks.toSorted((a, b) => a.atMs - b.atMs).at(-1)
  })
const take = (page: Page, tool: string) => page.getByTestId(`tool-${tool}`).click()

async function drag(page: Page, from: readonly [number, number], to: readonly [number, number]) {
  await page.mouse.move(...from)
  await page.mouse.down()
  await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2)
  await page.mouse.move(...to)
  await page.mouse.up()
}

/** The middle of a pane that shows the slice as it is stored. */
async function middleOf(page: Page, pane: string): Promise<readonly [number, number]> {
  await page.locator(`[data-pane="${pane}"][data-state="sharp"]`).waitFor()
  const box = await page.getByTestId(`pane-${pane}`).boundingBox()
  if (!box) throw new Error(`the ${pane} pane is not on the page`)
  return [box.x + box.width / 2, box.y + box.height / 2]
}
const aside = ([x, y]: readonly [number, number], dx: number, dy: number) =>
  [x + dx, y + dy] as const

describe('on the volume', () => {
  it('[MARK-4] a length is dragged, and everybody reads the same millimetres', async () => {
    await take(attending, 'length')
    const { x, y } = await canvasOf(attending)
    await drag(attending, [x - 30, y], [x + 40, y + 20])
    const { pointsMm } = await newest('length', 1)
    const words = `${distance(pointsMm[0]!, pointsMm[1]!).toFixed(1)} mm`
    for (const page of [attending, resident]) {
      await until('the words', async () => (await labelsOf(page, 'mark')).includes(words))
    }
    await resident.getByRole('tab', { name: /Marks/ }).click()
    await resident.getByTestId('mark-length').getByText(words).waitFor()
  })

  it('[MARK-4] an angle is pressed at its three points', async () => {
    await take(attending, 'angle')
    const { x, y } = await canvasOf(attending)
    for (const [px, py] of [
      [x - 40, y + 10],
      [x, y - 20],
      [x + 40, y + 15],
    ] as const) {
      await attending.mouse.click(px, py)
    }
    const [a, b, c] = (await newest('angle', 1)).pointsMm
    const words = `${angleDegrees(a!, b!, c!).toFixed(1)}°`
    await until('the words', async () => (await labelsOf(resident, 'mark')).includes(words))
  })

  it('[MARK-4] [MARK-5] an end is corrected, and the correction taken back and done again', async () => {
    const before = (await newest('length', 1)).pointsMm
    await take(attending, 'length')
    const { x, y } = await canvasOf(attending)
    await drag(attending, [x + 40, y + 20], [x + 20, y + 40])
    const changed = await until('the correction', async () => {
      const { pointsMm } = await newest('length', 1)
      return JSON.stringify(pointsMm) !== JSON.stringify(before) && pointsMm
    })
    expect(changed[0]).toEqual(before[0])
    const shows = (pointsMm: readonly Vec3[]) =>
      until('it again', async () => {
        return JSON.stringify((await newest('length', 1)).pointsMm) === JSON.stringify(pointsMm)
      })
    await attending.keyboard.press('Control+z')
    await shows(before)
    await attending.keyboard.press('Control+Shift+z')
    await shows(changed)
  })
})

describe('on a slice', () => {
  it('[MARK-4] a probe reads the stored value of its place', async () => {
    await take(resident, 'probe')
    await resident.mouse.click(...aside(await middleOf(resident, 'axial'), -20, 10))
    const { pointsMm, measured } = await newest('probe', 1)
    expect(measured?.unit).toBe('HU')
    expect(Math.abs((await storedValueAt(pointsMm[0]!)) - measured!.mean)).toBeLessThan(1)
  })

  it('[MARK-4] an ellipse reads what it holds; everybody has it in their list', async () => {
    await take(resident, 'ellipse')
    const middle = await middleOf(resident, 'axial')
    await drag(resident, aside(middle, -18, -12), aside(middle, 14, 10))
    const { pointsMm, measured } = await newest('ellipse', 1)
    const [centre, endA, endB] = pointsMm
    const area = Math.PI * distance(centre!, endA!) * distance(centre!, endB!)
    expect(measured?.areaMm2).toBeCloseTo(area, 6)
    expect(measured!.min).toBeLessThan(measured!.mean)
    expect(measured!.mean).toBeLessThan(measured!.max)
    await attending.getByRole('tab', { name: /Marks/ }).click()
    await attending
      .getByTestId('mark-ellipse')
      .getByText(/^Ellipse mean −?\d+ HU, SD \d+, /)
      .waitFor()
  })

  it('[MARK-4] a length is pressed at both ends on a sagittal slice, and lies in it', async () => {
    await take(resident, 'length')
    const middle = await middleOf(resident, 'sagittal')
    await resident.mouse.click(...aside(middle, -30, -10))
    await resident.mouse.move(...middle)
    await resident.mouse.click(...aside(middle, 30, 30))
    const [from, to] = (await newest('length', 2)).pointsMm
    expect(from![0]).toBeCloseTo(to![0], 6)
    const mmPerPx = distance(from!, to!) / Math.hypot(60, 40)
    expect(Math.abs(to![1] - from![1])).toBeCloseTo(60 * mmPerPx, 4)
  })

  it('[MARK-4] who leads jumps to a mark from the list; who does not has no such press', async () => {
    const { pointsMm } = await newest('ellipse', 1)
    await attending.getByTestId('mark-ellipse').getByRole('button').first().click()
    await until('the crosshair', async () => {
      const { slicing } = (await state()) as unknown as { slicing: { crosshairMm: number[] } }
      return JSON.stringify(slicing.crosshairMm) === JSON.stringify(pointsMm[0])
    })
    expect(await resident.getByTestId('mark-length').first().locator('.mark-jump').count()).toBe(0)
  })
})

/** Trilinear, of the finest level as the server keeps it. */
async function storedValueAt(pointMm: Vec3): Promise<number> {
  const url = `${caseroom.url}/api/volumes/${volume.volumeId}/zarr/0`
  const headers = { authorization: `Bearer ${caseroom.token('clinician')}` }
  const values = await storedVoxels(url, headers)
  const at = transformPoint(invert(transform<'patient', 'voxel'>(volume.patientFromVoxel)), pointMm)
  const [ni, nj] = volume.dims
  let sum = 0
  for (let corner = 0; corner < 8; corner++) {
    const ends = at.map((place, axis) => {
      const low = Math.floor(place + 1e-9)
      const share = place - low
      return (corner >> axis) & 1 ? { n: low + 1, share } : { n: low, share: 1 - share }
    })
    const weight = ends.reduce((product, { share }) => product * share, 1)
    if (weight < 1e-6) continue
    sum += weight * values[(ends[2]!.n * nj + ends[1]!.n) * ni + ends[0]!.n]!
  }
  return sum
}
