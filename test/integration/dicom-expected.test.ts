import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import type { AssembledSeries, ImportReading } from '../../server/dicom/index.ts'
import { readStudy } from '../../server/dicom/index.ts'
import { inThisThread } from '../../server/dicom/test-support/in-this-thread.ts'
import { memoryVault } from '../../server/dicom/test-support/memory-vault.ts'
import { spoolFiles } from '../../server/dicom/test-support/spool-files.ts'
import { testData, testFiles } from '../support/test-data.ts'
import { cornersOf, largestDistanceMm, sha256, voxelsOf } from './dicom-spool.ts'

interface Expected {
  readonly series: string
  readonly modality: string
  readonly dims_ijk: readonly number[]
  readonly affine_ijk_to_lps: readonly (readonly number[])[]
  readonly slice_gap_min: number
  readonly slice_gap_max: number
  readonly slice_positions_along_normal: readonly number[]
  readonly sha256_int16_le_kji?: string
  readonly sha256_float32_le_kji?: string
}

type Row = readonly [series: string, outcome: string, sha256: string, affine: string]
const rows: Row[] = []

afterAll(() => {
  const headed: Row[] = [['series', 'outcome', 'SHA-256', 'affine'], ...rows.toSorted()]
  const widths = [0, 1, 2].map((column) => Math.max(...headed.map((row) => row[column]!.length)))
  const lines = headed.map((row) => row.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join('  '))
  process.stdout.write(`\n${lines.join('\n')}\n\n`)
})

/** Reads a folder, or one file of it, as one import; the files are there while `check` runs. */
async function read(path: string, check: (reading: ImportReading) => unknown) {
  const paths = path.endsWith('.dcm') ? [testData(path)] : testFiles(path)
  using spooled = spoolFiles(paths)
  await check(await readStudy(spooled.files, { vault: memoryVault(), threads: inThisThread }))
}

/** The slices that were sent, without those made of their neighbours. */
const measured = (series: AssembledSeries): AssembledSeries => {
  const slices = series.slices.filter(({ kind }) => kind === 'stored')
  return { ...series, slices, dims: [series.dims[0], series.dims[1], slices.length] }
}

/** Where the centre of the first voxel of slice k lies along the normal, mm. */
function alongNormal({ patientFromVoxel: m }: AssembledSeries, k: number): number {
  const [row, column] = [
    [m[0]!, m[4]!, m[8]!],
    [m[1]!, m[5]!, m[9]!],
  ] as const
  const normal = [
    row[1] * column[2] - row[2] * column[1],
    row[2] * column[0] - row[0] * column[2],
    row[0] * column[1] - row[1] * column[0],
  ]
  const length = Math.hypot(...normal)
  const at = [0, 1, 2].map((axis) => m[4 * axis + 3]! + k * m[4 * axis + 2]!)
  return normal.reduce((sum, component, axis) => sum + (component / length) * at[axis]!, 0)
}

const affineWords = ({ patientFromVoxel: m }: AssembledSeries) =>
  m
    .slice(0, 12)
    .map((value) => Number(value.toFixed(3)))
    .join(' ')

async function addRows(name: string, { series, problems, setAside }: ImportReading) {
  for (const each of series) {
    const said = [...each.alterations, ...each.notes].map(({ code }) => code)
    const outcome = [each.label, each.dims.join('×'), each.unit, ...said].join(', ')
    rows.push([name, outcome, sha256(await voxelsOf(each)), affineWords(each)])
  }
  if (series.length > 0) return
  const words = problems.find(({ code }) => code !== 'no-volume')
  rows.push([name, `${words?.code ?? setAside[0]?.code}: ${words?.message ?? ''}`, '', ''])
}

const expected = (JSON.parse(readFileSync(testData('expected.json'), 'utf8')) as Expected[]).filter(
  ({ series }) => series !== undefined,
)
const isPlain = ({ slice_gap_max, slice_gap_min }: Expected) => slice_gap_max / slice_gap_min < 1.02
const shaOf = (reference: Expected) =>
  reference.sha256_float32_le_kji ?? reference.sha256_int16_le_kji
const codes = (said: readonly { readonly code: string }[]) => said.map(({ code }) => code)

describe('real series against the reference', () => {
  const plain = expected.filter(isPlain)

  it('covers every series that one affine fits, and those that none fits', () => {
    expect(plain).toHaveLength(7)
    expect(expected).toHaveLength(9)
  })

  it.each(plain)('[IN-1] $series: every voxel, corners to 0.1 mm', async (reference) => {
    await read(reference.series, async (reading) => {
      const [only] = reading.series
      expect(reading.problems).toEqual([])
      expect(reading.setAside).toEqual([])
      expect(reading.series).toHaveLength(1)
      expect(only!.dims).toEqual(reference.dims_ijk)
      const corners = cornersOf(only!.dims, only!.patientFromVoxel)
      const wanted = cornersOf(only!.dims, reference.affine_ijk_to_lps.flat())
      expect(largestDistanceMm(corners, wanted)).toBeLessThan(0.1)
      for (const [k, mm] of reference.slice_positions_along_normal.entries()) {
        expect(Math.abs(alongNormal(only!, k) - mm), `slice ${k}`).toBeLessThan(0.1)
      }
      expect(sha256(await voxelsOf(only!))).toBe(shaOf(reference))
      await addRows(reference.series, reading)
    })
  })

  it('[IN-5] the slice that is missing is made of its neighbours and marked; the rest is as sent', async () => {
    const reference = expected.find(({ series }) => series === 'dicom/ct-missing-slice')!
    await read(reference.series, async (reading) => {
      const [only] = reading.series
      expect(only!.dims).toEqual([512, 512, 10])
      expect(only!.interpolatedSlices).toEqual([5])
      const message =
        'Slice 6 of 10 is missing and was made of its neighbours: nothing was measured there.'
      expect(only!.alterations).toEqual([{ code: 'missing-slice', message }])
      expect(reading.problems).toEqual([{ code: 'missing-slice', message, seriesIndex: 0 }])
      expect(sha256(await voxelsOf(measured(only!)))).toBe(shaOf(reference))
      const there = [0, 1, 2, 3, 4, 6, 7, 8, 9]
      for (const [n, mm] of reference.slice_positions_along_normal.entries()) {
        expect(alongNormal(only!, there[n]!)).toBeCloseTo(mm, 3)
      }
      const voxels = await voxelsOf(only!)
      const at = (k: number, n: number) => voxels[k * 512 * 512 + n]!
      for (let n = 0; n < 512 * 512; n += 97) {
        expect(at(5, n)).toBe(Math.round((at(4, n) + at(6, n)) / 2))
      }
      await addRows(reference.series, reading)
    })
  })

  it('[IN-5] where the step changes, two volumes hold what was sent, each where it was', async () => {
    const reference = expected.find(({ series }) => series === 'dicom/ct-nonuniform-spacing')!
    await read(reference.series, async (reading) => {
      expect(reading.series.map(({ dims }) => dims[2])).toEqual([5, 5])
      expect(reading.series.map(({ interpolatedSlices }) => interpolatedSlices)).toEqual([[], []])
      expect(reading.problems.map(({ message }) => message)).toEqual([
        'The distance between the slices changes, from 1 mm to 3.5 mm: this volume is slices 1 to 5 of 10.',
        'The distance between the slices changes, from 1 mm to 3.5 mm: this volume is slices 6 to 10 of 10.',
      ])
      const voxels = await Promise.all(reading.series.map(voxelsOf))
      const together = Int16Array.from(voxels.flatMap((each) => [...each]))
      expect(sha256(together)).toBe(shaOf(reference))
      const places = reading.series.flatMap((each) =>
        [0, 1, 2, 3, 4].map((k) => alongNormal(each, k)),
      )
      for (const [n, mm] of reference.slice_positions_along_normal.entries()) {
        expect(places[n]).toBeCloseTo(mm, 3)
      }
      await addRows(reference.series, reading)
    })
  })

  it('[IN-5] a gantry tilt stays in the matrix and is said with its angle', async () => {
    await read('dicom/ct-gantry-tilt-16.5', ({ series }) => {
      const message = 'The gantry was tilted by 16.5 degrees; the volume keeps that angle.'
      expect(series[0]!.notes).toContainEqual({ code: 'gantry-tilt', message })
    })
    await read('dicom/odd-gantrytilting', async (reading) => {
      expect(reading.series.map(({ dims }) => dims)).toEqual([[512, 512, 4]])
      const message = 'The gantry was tilted by 14 degrees; the volume keeps that angle.'
      expect(reading.series[0]!.notes).toContainEqual({ code: 'gantry-tilt', message })
      expect(reading.problems).toEqual([])
      await addRows('dicom/odd-gantrytilting', reading)
    })
  })

  it('[IN-5] each slice has its own scale, and that is said', async () => {
    await read('dicom/ct-mixed-rescale', ({ series }) => {
      expect(codes(series[0]!.notes)).toContain('per-slice-scale')
    })
  })

  // Gaps of 5, 5 and 10 mm: one place of five is empty, at twice the step.
  it('[IN-5] odd-sliceincrement: the fourth of five slices is made of its neighbours', async () => {
    await read('dicom/odd-sliceincrement', async (reading) => {
      expect(reading.series.map(({ dims }) => dims)).toEqual([[512, 512, 5]])
      expect(reading.series[0]!.interpolatedSlices).toEqual([3])
      expect(codes(reading.problems)).toEqual(['missing-slice'])
      await addRows('dicom/odd-sliceincrement', reading)
    })
  })

  // A contrast bolus is watched in one place until it comes.
  it('[IN-5] odd-notavolume: four images of one place are refused in words', async () => {
    await read('dicom/odd-notavolume', async (reading) => {
      expect(reading.series).toEqual([])
      const said = reading.problems.find(({ code }) => code === 'duplicate-slice')
      expect(said?.message).toBe('All images of the series lie at the same place.')
      await addRows('dicom/odd-notavolume', reading)
    })
  })

  it('[IN-5] eight slices of one plane are a volume, two of another are said to be left out', async () => {
    await read('dicom/ct-two-orientations', async (reading) => {
      expect(reading.series.map(({ dims }) => dims)).toEqual([[512, 512, 8]])
      expect(reading.setAside).toMatchObject([{ code: 'mixed-orientation', count: 2 }])
      expect(reading.problems[0]?.message).toBe(
        'The slices lie in different planes: 2 of 10 are turned and in no volume.',
      )
      await addRows('dicom/ct-two-orientations', reading)
    })
  })

  it('[IN-5] the double of a slice with the same pixels is left out, counted and said', async () => {
    await read('dicom/ct-duplicate-slice', async (reading) => {
      const { series, setAside, problems } = reading
      expect(series[0]?.dims).toEqual([512, 512, 10])
      expect(setAside).toMatchObject([{ code: 'duplicate-slice', count: 1 }])
      expect(codes(series[0]!.notes)).toContain('duplicate-slice')
      expect(problems).toEqual([])
      await addRows('dicom/ct-duplicate-slice', reading)
    })
  })

  it('[IN-1] a CD of CT, PET and segmentations: two volumes of one study in one space, with labels', async () => {
    await read('dicom/petct-lung-acrin042', ({ series, problems, setAside, studies }) => {
      expect(series.map(({ dims }) => dims).toSorted()).toEqual([
        [128, 128, 135],
        [512, 512, 135],
      ])
      expect(problems).toEqual([])
      expect(setAside).toEqual([])
      expect(series.every(({ labels = [] }) => labels.length > 0)).toBe(true)
      expect(new Set(series.map(({ frameOfReferenceUID }) => frameOfReferenceUID)).size).toBe(1)
      expect(studies).toMatchObject([{ modality: 'CT, PT', patientAge: '69 years' }])
    })
  })
})

describe('PET', () => {
  // Weight 91 kg; 588 802 304 Bq of 18F (half-life 6588 s) injected at 07:21:00; the series begins at
  // 09:59:47, to which decay is corrected (START): 9527 s later.
  const decayed = 588_802_304 * 2 ** (-9527 / 6588)

  it('[IN-5] is float32 Bq/ml, with the SUV factor of its header', async () => {
    expect(91_000 / decayed).toBeCloseTo(0.00042111007, 11)
    await read('dicom/petct-lung-acrin042/pt-ac', ({ series }) => {
      expect(series[0]).toMatchObject({
        modality: 'PT',
        dataType: 'float32',
        unit: 'Bq/ml',
        label: 'PET · axial · 3.27 mm',
      })
      expect(series[0]!.suvbwFactor! / (91_000 / decayed)).toBeCloseTo(1, 12)
      expect(codes(series[0]!.notes)).toEqual(['per-slice-scale'])
    })
  })
})

describe('enhanced multi-frame', () => {
  // Eight sagittal frames in one stack and one phase, 1.2 mm apart; one scale, which is no whole
  // number, so that the stored values stay.
  it('[IN-5] enhanced-mr-philips-8frame: a volume of its eight frames', async () => {
    await read('dicom/enhanced/enhanced-mr-philips-8frame.dcm', async (reading) => {
      const [only] = reading.series
      expect(only).toMatchObject({ dims: [256, 256, 8], unit: 'stored', dataType: 'int16' })
      const step = [2, 6, 10].map((at) => only!.patientFromVoxel[at]!)
      expect(Math.hypot(...step)).toBeCloseTo(1.2, 3)
      expect(only!.notes).toContainEqual({
        code: 'stored-values',
        message: "Values are as stored; the scanner's own are value × 4.25885 + 0.",
      })
      expect(reading.problems).toEqual([])
      expect(reading.setAside).toEqual([])
      await addRows('dicom/enhanced/enhanced-mr-philips-8frame', reading)
    })
  })

  // Its frames are written from head to foot, its scale has no unit (US): that is no HU.
  it('[IN-5] legacy-converted-enhanced-ct: a volume of its three frames, not called HU', async () => {
    await read('dicom/enhanced/legacy-converted-enhanced-ct.dcm', async (reading) => {
      const [only] = reading.series
      expect(only).toMatchObject({ dims: [23, 38, 3], unit: 'stored' })
      expect(alongNormal(only!, 0)).toBeCloseTo(-177.75, 6)
      expect(alongNormal(only!, 2)).toBeCloseTo(-172.75, 6)
      expect(codes(only!.notes)).toEqual(['not-hounsfield'])
      expect(reading.problems).toEqual([])
      await addRows('dicom/enhanced/legacy-converted-enhanced-ct', reading)
    })
  })

  // A map of cerebral blood flow (RCBF) through a colour table, of two places 10 mm apart: its
  // numbers are colours, and two slices would be no volume either.
  it('[IN-5] enhanced-ct-2frame: a colour map is set aside in words', async () => {
    await read('dicom/enhanced/enhanced-ct-2frame.dcm', async (reading) => {
      expect(reading.series).toEqual([])
      expect(reading.setAside).toMatchObject([{ code: 'colour-image', count: 1 }])
      expect(reading.problems[0]?.message).toContain('Colour images')
      await addRows('dicom/enhanced/enhanced-ct-2frame', reading)
    })
  })

  // De-identified until no functional group was left: nothing says where a frame lies.
  it('[IN-5] enhanced-mr-10frame: without functional groups it is refused in words', async () => {
    await read('dicom/enhanced/enhanced-mr-10frame.dcm', async (reading) => {
      expect(reading.series).toEqual([])
      expect(reading.problems[0]).toMatchObject({
        code: 'multi-frame',
        message: 'The file holds several images and does not say where each of them lies.',
      })
      await addRows('dicom/enhanced/enhanced-mr-10frame', reading)
    })
  })
})

describe('single pictures', () => {
  it.each([
    ['dicom/misc/monochrome1-cr.dcm', 'unsupported-modality'],
    ['dicom/misc/palette-face.dcm', 'screenshot'],
    ['dicom/misc/mr-overlay.dcm', 'too-few-slices'],
    ['dicom/misc/modality-lut.dcm', 'screenshot'],
    ['dicom/us/us-rgb-burned-in-text.dcm', 'unsupported-modality'],
    ['dicom/us/us-palette-2frame-burned-in.dcm', 'unsupported-modality'],
    ['dicom/us/us-ybr-jpeg-30frame.dcm', 'unsupported-modality'],
  ])('[IN-5] %s is no part of a volume: %s', async (file, code) => {
    await read(file, async (reading) => {
      expect(reading.series).toEqual([])
      expect(codes(reading.setAside)).toEqual([code])
      await addRows(file, reading)
    })
  })
})
