import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  answerLabel,
  answerRegion,
  answerSlice,
  answerValue,
} from '../../client/voxels/planes/index.ts'
import type { Slice, SliceRequest } from '../../client/voxels/voxels.ts'
import type { ZarrShelf } from '../../client/voxels/zarr-shelf.ts'
import { openVolumeHouse } from '../../server/volume/test-support/volume-house.ts'
import { transformPoint, type Vec3 } from '../../shared/geometry/transform.ts'
import { cross, normalize, scale } from '../../shared/geometry/vector.ts'
import { type DenseVoxels, trilinearReference } from '../../shared/volume/test-support/chunked.ts'
import { testData, testFiles } from '../support/test-data.ts'
import { until } from '../support/until.ts'
import { pixelMm, type StoredSeries, slabThrough, storeSeries } from './slices-volume.ts'

interface Expected {
  readonly series: string
  readonly samples: readonly { readonly lps: Vec3; readonly value: number }[]
}

const expected = JSON.parse(readFileSync(testData('expected.json'), 'utf8')) as readonly Expected[]
const samplesOf = (series: string) => expected.find((entry) => entry.series === series)!.samples

let house: Awaited<ReturnType<typeof openVolumeHouse>>
beforeAll(async () => {
  house = await openVolumeHouse()
})
afterAll(() => house.close())

const never = new AbortController().signal

async function slices(shelf: ZarrShelf, request: SliceRequest, signal = never): Promise<Slice[]> {
  const posted: Slice[] = []
  await answerSlice(shelf, request, (slice) => posted.push(slice), signal)
  return posted
}

const sharpOf = (posted: readonly Slice[]): Slice => {
  expect(posted.map(({ sharp }) => sharp).indexOf(true)).toBe(posted.length - 1)
  return posted.at(-1)!
}

/** The largest difference, and how many pixels have a value; where there is none has to agree. */
function compare(
  { values }: Slice,
  {
    slab,
    volume,
    paddingValue,
  }: { slab: SliceRequest; volume: DenseVoxels; paddingValue?: number },
): { largest: number; there: number } {
  let [largest, there] = [0, 0]
  for (const [n, value] of values.entries()) {
    const reference = trilinearReference(volume, pixelMm(slab, n), paddingValue)
    if (Number.isNaN(value) || Number.isNaN(reference)) {
      if (Number.isNaN(value) !== Number.isNaN(reference)) {
        expect([n, value]).toEqual([n, reference])
      }
      continue
    }
    there++
    largest = Math.max(largest, Math.abs(value - reference))
  }
  return { largest, there }
}

const left: Vec3 = [1, 0, 0]
const posterior: Vec3 = [0, 1, 0]
const feet: Vec3 = [0, 0, -1]
const directions = [
  ['axial', left, posterior],
  ['coronal', left, feet],
  ['sagittal', posterior, feet],
  ['oblique', [0.8, 0.5, 0.3], [-0.4, 0.3, 0.9]],
] as const satisfies readonly (readonly [string, Vec3, Vec3])[]

describe.each([
  'dicom/petct-lung-acrin042/ct',
  'dicom/petct-lung-acrin042/pt-ac',
  'dicom/ct-gantry-tilt-16.5',
  'dicom/mr-t1-sagittal-studyforrest',
])('%s', (name) => {
  let series: StoredSeries
  beforeAll(async () => {
    series = await storeSeries(house, testFiles(name))
  })

  it.each(directions)(
    '[CASE-5] %s slices are the trilinear reference within a thousandth of a unit',
    async (pane, right, below) => {
      const { dense, manifest } = series
      const { paddingValue } = manifest
      const slab: SliceRequest = { ...slabThrough(dense, right, below), pane }
      const slice = sharpOf(await slices(series.shelf().shelf, slab))
      const given = { slab, volume: dense, ...(paddingValue !== undefined && { paddingValue }) }
      const { largest, there } = compare(slice, given)
      // A float32 holds seven figures: all that an answer in Bq/ml has.
      const unit = manifest.dataType === 'float32' ? manifest.valueRange[1] / 1e4 : 1
      expect(largest).toBeLessThan(1e-3 * unit)
      expect(there).toBeGreaterThan(4000)
    },
  )

  it('[MARK-4] a probe reads what the file holds', async () => {
    const { shelf } = series.shelf()
    for (const { lps, value } of samplesOf(name)) {
      const read = await answerValue(shelf, lps, never)
      // Positions are given to a ten-thousandth of a millimetre: on a steep edge that is a step.
      const step = series.manifest.valueRange[1] * 1e-4
      expect(Math.abs((read ?? Number.NaN) - value)).toBeLessThan(0.5 + step)
    }
    expect(await answerValue(shelf, [5000, 0, 0], never)).toBeUndefined()
  })
})

describe('a real CT with its segments', () => {
  let ct: StoredSeries
  beforeAll(async () => {
    ct = await storeSeries(house, [
      ...testFiles('dicom/petct-lung-acrin042/ct'),
      testData('dicom/petct-lung-acrin042/seg-ct/seg.dcm'),
    ])
  })

  it('[CASE-5] padding is nothing: neither drawn nor counted', async () => {
    const { dense } = ct
    // Around the scanned field this series holds another value than the one that it declares.
    const paddingValue = -3024
    const { shelf } = ct.shelf({ paddingValue })
    const corner = transformPoint(dense.patientFromVoxel, [0, 0, 60])
    expect(await answerValue(shelf, corner, never)).toBeUndefined()
    const slab: SliceRequest = { ...slabThrough(dense, left, feet), pane: 'coronal' }
    const drawn = sharpOf(await slices(shelf, slab))
    const { largest } = compare(drawn, { slab, volume: dense, paddingValue })
    expect(largest).toBeLessThan(1e-3)
    expect(drawn.values.some((value) => value < -1100)).toBe(false)
    const at = (i: number, j: number) => transformPoint(dense.patientFromVoxel, [i, j, 60])
    const all = [at(-1, -1), at(513, -1), at(513, 513), at(-1, 513)]
    const region = await answerRegion(shelf, all, never)
    const from = 60 * 512 * 512
    const slice = dense.data.subarray(from, from + 512 * 512) as Int16Array
    const measured = slice.filter((value) => value !== paddingValue)
    const mean = measured.reduce((sum, value) => sum + value, 0) / measured.length
    const squares = measured.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    expect(measured.length).toBeLessThan(slice.length)
    expect(region?.count).toBe(measured.length)
    expect(region?.mean).toBeCloseTo(mean, 6)
    expect(region?.standardDeviation).toBeCloseTo(Math.sqrt(squares / measured.length), 6)
    expect([region?.min, region?.max]).toEqual([
      measured.reduce((a, b) => Math.min(a, b)),
      measured.reduce((a, b) => Math.max(a, b)),
    ])
  })

  it('[CASE-5] a thick slab is the same where the memory holds only a part of its chunks', async () => {
    const slab: SliceRequest = {
      ...slabThrough(ct.dense, [0.8, 0.5, 0.3], [-0.4, 0.3, 0.9]),
      pane: 'oblique',
      slabMm: 90,
      projection: 'mip',
    }
    const [roomy, tight] = [ct.shelf(), ct.shelf({ mostBytes: 24 * 2 ** 20 })]
    const whole = sharpOf(await slices(roomy.shelf, slab))
    const inParts = sharpOf(await slices(tight.shelf, slab))
    expect(isSame(inParts.values, whole.values)).toBe(true)
    // It would not have fitted: chunks were brought more than once.
    expect(tight.asked.length).toBeGreaterThan(roomy.asked.length)
  })

  it('[CASE-5] a slice is there from the coarsest level first, then part by part', async () => {
    const gate = Promise.withResolvers<void>()
    const finest = `${ct.manifest.levels[0]!.path}/c/`
    let letThrough = 0
    const { shelf } = ct.shelf({
      allow: async (key) => {
        if (key.startsWith(finest) && ++letThrough > 6) await gate.promise
      },
    })
    const slab: SliceRequest = { ...slabThrough(ct.dense, left, posterior), pane: 'axial' }
    const posted: Slice[] = []
    const done = answerSlice(shelf, slab, (slice) => posted.push(slice), never)
    await until('a first slice', () => posted.length > 0)
    const first = posted[0]!
    expect(first.sharp).toBe(false)
    const reference = (n: number) =>
      trilinearReference(ct.dense, pixelMm(slab, n), ct.manifest.paddingValue)
    // Coarse, but of the same place: mostly near to what it will be.
    const errors = [...first.values.keys()]
      .filter((n) => n % 17 === 0 && !Number.isNaN(reference(n)))
      .map((n) => Math.abs(reference(n) - first.values[n]!))
      .filter((error) => !Number.isNaN(error))
      .toSorted((a, b) => a - b)
    expect(errors.length).toBeGreaterThan(1000)
    expect(errors[Math.floor(errors.length / 2)]).toBeLessThan(60)
    gate.resolve()
    await done
    const sharp = sharpOf(posted)
    const again = sharpOf(await slices(shelf, slab))
    expect(isSame(sharp.values, again.values)).toBe(true)
  })

  it('[CASE-5] a slice that is here is answered once, sharp, and asks for nothing', async () => {
    const { shelf, asked } = ct.shelf()
    const slab: SliceRequest = {
      ...slabThrough(ct.dense, left, posterior),
      pane: 'axial',
      labelIds: ['1', '2'],
    }
    await slices(shelf, slab)
    const before = asked.length
    const posted = await slices(shelf, slab)
    expect(posted.map(({ sharp }) => sharp)).toEqual([true])
    expect(Object.keys(posted[0]?.labels ?? {})).toEqual(['1', '2'])
    expect(asked).toHaveLength(before)
  })

  it('[CASE-5] a slice that is given up asks for nothing more', async () => {
    const gate = Promise.withResolvers<void>()
    const { shelf, asked } = ct.shelf({ allow: () => gate.promise })
    const slab: SliceRequest = { ...slabThrough(ct.dense, left, posterior), pane: 'axial' }
    const giveUp = new AbortController()
    const posted: Slice[] = []
    const done = answerSlice(shelf, slab, (slice) => posted.push(slice), giveUp.signal)
    await until('a request', () => asked.length > 0)
    const before = asked.length
    giveUp.abort()
    gate.resolve()
    await expect(done).rejects.toBe(giveUp.signal.reason)
    expect(posted).toEqual([])
    expect(asked.length).toBe(before)
  })

  it('[CASE-6] segments alone, over another volume, cost nothing of their own image', async () => {
    const { shelf, asked } = ct.shelf()
    const slab: SliceRequest = {
      ...slabThrough(ct.dense, left, posterior),
      pane: 'axial, segments',
      labelIds: ['1', '2'],
    }
    const alone = sharpOf(await slices(shelf, { ...slab, labelsAlone: true }))
    expect(asked.filter((key) => !key.startsWith('labels/'))).toEqual([])
    expect(alone.values).toHaveLength(0)
    expect(alone.labels).toEqual(sharpOf(await slices(shelf, slab)).labels)
    expect(Object.values(alone.labels ?? {}).some((map) => map.includes(255))).toBe(true)
  })

  it('[CASE-4] segments are cut along with the plane, voxel for voxel', async () => {
    const { dense } = ct
    const { shelf } = ct.shelf()
    const maps = await Promise.all(
      ['1', '2'].map((labelId) => answerLabel(shelf, labelId, 512 ** 3, never)),
    )
    expect(maps.map(({ dims }) => dims)).toEqual([dense.dims, dense.dims])
    expect(
      maps.map(({ data }) => data.reduce((count, value) => count + +(value === 255), 0)),
    ).toEqual(ct.manifest.labels?.map(({ voxelCount }) => voxelCount))
    const slice = maps.map(({ data }) => sliceWithMost(data))[0]!
    const step = (axis: 0 | 1): Vec3 => {
      const m = dense.patientFromVoxel
      return [m[axis]!, m[4 + axis]!, m[8 + axis]!]
    }
    const onSlice = {
      originMm: transformPoint(dense.patientFromVoxel, [0, 0, slice]),
      columnMm: step(0),
      rowMm: step(1),
      columns: 512,
      rows: 512,
    }
    const request: SliceRequest = {
      ...onSlice,
      pane: 'axial',
      // Along the plane itself, whatever the slab.
      slabMm: 20,
      projection: 'average',
      labelIds: ['1', '2'],
    }
    const { labels } = sharpOf(await slices(shelf, request))
    for (const { labelId, data } of maps) {
      const from = slice * 512 * 512
      const plane = labels?.[labelId] ?? new Uint8Array(0)
      expect(isSame(plane, data.subarray(from, from + 512 * 512))).toBe(true)
    }
  })

  it('[CASE-4] empty chunks of a segment are not asked for', async () => {
    const { shelf, asked } = ct.shelf()
    await answerLabel(shelf, '1', 512 ** 3, never)
    const finest = asked.filter((key) => key.startsWith('labels/1/0/c/'))
    expect(finest.length).toBeGreaterThan(0)
    expect(finest.length).toBeLessThan(40)
    expect((await answerLabel(shelf, '1', 128 ** 3, never)).dims).toEqual([128, 128, 68])
  })

  it('[CASE-4] a segment that the volume does not have is refused', async () => {
    const { shelf } = ct.shelf()
    await expect(answerLabel(shelf, '9', 512 ** 3, never)).rejects.toThrow(RangeError)
    const slab = slabThrough(ct.dense, left, posterior)
    await expect(slices(shelf, { ...slab, pane: 'axial', labelIds: ['9'] })).rejects.toThrow(
      RangeError,
    )
  })

  it('[MARK-4] an ellipse across the slices has its area to half a per cent', async () => {
    const { shelf } = ct.shelf()
    const normal = normalize([0.3, 0.4, 0.87])
    const right = normalize(cross(normal, posterior))
    const down = cross(normal, right)
    const outline = Array.from({ length: 128 }, (_, n): Vec3 => {
      const turn = (2 * Math.PI * n) / 128
      const [a, b] = [scale(right, 31 * Math.cos(turn)), scale(down, 17 * Math.sin(turn))]
      return [a[0] + b[0], a[1] + b[1] - 20, a[2] + b[2] - 150]
    })
    const region = await answerRegion(shelf, outline, never)
    expect(Math.abs((region?.areaMm2 ?? 0) / (Math.PI * 31 * 17) - 1)).toBeLessThan(0.005)
    expect(region?.count).toBeGreaterThan(5000)
  })
})

/** Bit for bit. */
function isSame(a: Float32Array | Uint8Array, b: Float32Array | Uint8Array): boolean {
  const bytes = ({ buffer, byteOffset, byteLength }: Float32Array | Uint8Array) =>
    Buffer.from(buffer, byteOffset, byteLength)
  return bytes(a).equals(bytes(b))
}

/** The k of the axial slice that holds most of a label. */
function sliceWithMost(data: Uint8Array): number {
  const size = 512 * 512
  const counts = Array.from({ length: data.length / size }, (_, k) =>
    data.subarray(k * size, (k + 1) * size).reduce((sum, value) => sum + +(value > 0), 0),
  )
  return counts.indexOf(Math.max(...counts))
}
