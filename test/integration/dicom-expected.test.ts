import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readStudy } from '../../server/dicom/index.ts'
import { testData, testFiles } from '../support/test-data.ts'
import { cornersOf, largestDistanceMm, sha256, spoolOf, voxelsOf } from './dicom-spool.ts'

interface Expected {
  readonly series: string
  readonly modality: string
  readonly dims_ijk: readonly number[]
  readonly affine_ijk_to_lps: readonly (readonly number[])[]
  readonly slice_gap_min: number
  readonly slice_gap_max: number
  readonly sha256_int16_le_kji: string
}

const secret = Buffer.alloc(32, 7)

async function read(
  folder: string,
  check: (reading: Awaited<ReturnType<typeof readStudy>>) => unknown,
) {
  using spool = spoolOf(testFiles(folder))
  await check(await readStudy(spool.files, { secret }))
}

const expected = (JSON.parse(readFileSync(testData('expected.json'), 'utf8')) as Expected[]).filter(
  ({ series }) => series !== undefined,
)
const isPlain = ({ slice_gap_max, slice_gap_min }: Expected) => slice_gap_max / slice_gap_min < 1.02

describe('real series against the reference', () => {
  const plain = expected.filter((series) => series.modality !== 'PT' && isPlain(series))

  it('covers every CT and MR series that one affine fits', () => {
    expect(plain.map(({ series }) => series)).toHaveLength(6)
  })

  it.each(plain)('[IN-1] $series: every voxel, corners to 0.1 mm', async (reference) => {
    await read(reference.series, async ({ series, problems, setAside }) => {
      expect(problems).toEqual([])
      expect(setAside).toEqual([])
      const [only] = series
      expect(series).toHaveLength(1)
      expect(only!.dims).toEqual(reference.dims_ijk)
      const corners = cornersOf(only!.dims, only!.patientFromVoxel)
      const wanted = cornersOf(only!.dims, reference.affine_ijk_to_lps.flat())
      expect(largestDistanceMm(corners, wanted)).toBeLessThan(0.1)
      expect(sha256(await voxelsOf(only!))).toBe(reference.sha256_int16_le_kji)
    })
  })

  it.each([
    ['dicom/ct-missing-slice', 'missing-slice', 'A slice is missing after slice 5 of 9'],
    ['dicom/odd-sliceincrement', 'missing-slice', 'A slice is missing after slice 3 of 4'],
    ['dicom/ct-nonuniform-spacing', 'uneven-spacing', 'from 1 to 3.5 mm'],
    ['dicom/ct-two-orientations', 'mixed-orientation', '2 of 10 are turned'],
    ['dicom/odd-notavolume', 'duplicate-slice', 'at the same place'],
    ['dicom/petct-lung-acrin042/pt-ac', 'unsupported-modality', 'Only CT and MR'],
    ['dicom/enhanced', 'multi-frame', 'not imported'],
  ])('[IN-5] %s is refused with %s, in words', async (folder, code, words) => {
    await read(folder, ({ series, problems }) => {
      expect(series).toEqual([])
      expect(problems.find((problem) => problem.code === code)?.message).toContain(words)
    })
  })

  it('[IN-5] the double of a slice with the same pixels is left out and counted', async () => {
    await read('dicom/ct-duplicate-slice', ({ series, setAside }) => {
      expect(series[0]?.dims).toEqual([512, 512, 10])
      expect(setAside).toMatchObject([{ code: 'duplicate-slice', count: 1 }])
    })
  })

  it('[IN-1] a CD of CT, PET and segmentations gives the CT and says what else there was', async () => {
    await read('dicom/petct-lung-acrin042', ({ series, problems, setAside, studies }) => {
      expect(series.map(({ dims }) => dims)).toEqual([[512, 512, 135]])
      expect(problems).toEqual([])
      const counts = Object.fromEntries(setAside.map(({ code, count }) => [code, count]))
      expect(counts).toEqual({ 'unsupported-modality': 135, 'derived-object': 2 })
      expect(studies).toMatchObject([{ title: 'CT study', modality: 'CT', patientAge: '69 years' }])
    })
  })
})
