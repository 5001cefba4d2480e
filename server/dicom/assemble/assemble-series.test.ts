import { describe, expect, it } from 'vitest'
import { decodeSlice } from '../decode/decode-slice.ts'
import { readStudy } from '../read-study.ts'
import { inThisThread } from '../test-support/in-this-thread.ts'
import { memoryVault } from '../test-support/memory-vault.ts'
import { writePart10 } from '../test-support/part10-writer.ts'
import {
  doubles,
  readFiles,
  type SliceChanges,
  slice,
  sliceElements,
} from '../test-support/phantom.ts'
import { spool } from '../test-support/spool-files.ts'

const mr: SliceChanges = {
  SOPClassUID: '1.2.840.10008.5.1.4.1.1.4',
  Modality: 'MR',
  RescaleSlope: '1',
  RescaleIntercept: '0',
}
const pet: SliceChanges = {
  SOPClassUID: '1.2.840.10008.5.1.4.1.1.128',
  Modality: 'PT',
  RescaleIntercept: '0',
  Units: 'BQML',
}
const at = (places: readonly number[], changes: SliceChanges = {}) =>
  places.map((k) => slice(k, changes))
const three = (changes: SliceChanges) => at([0, 1, 2], changes)
let uid = 0
/** Three slices of the phantom's places, with identifiers of their own. */
const again = (changes: SliceChanges, places: readonly number[] = [0, 1, 2]) =>
  places.map((k) => slice(k, { SOPInstanceUID: `1.2.8.${++uid}`, ...changes }))

const lastWords = ({ series }: Awaited<ReturnType<typeof readFiles>>) =>
  series.map(({ label }) => label.split(' · ').slice(3).join(' · '))
const notes = ({ series }: Awaited<ReturnType<typeof readFiles>>, n = 0) =>
  series[n]!.notes.map(({ code }) => code)
const codes = (said: readonly { readonly code: string }[]) => said.map(({ code }) => code)
/** But for the tilt, which the phantom has. */
const decided = (said: Parameters<typeof codes>[0]) =>
  codes(said).filter((code) => code !== 'gantry-tilt')

async function valuesOf(files: readonly Uint8Array[]) {
  using spooled = spool(files)
  const options = { vault: memoryVault(), threads: inThisThread }
  const reading = await readStudy(spooled.files, options)
  const series = reading.series[0]!
  return { series, values: await Promise.all(series.slices.map((source) => decodeSlice(source))) }
}

describe('missing slices', () => {
  it('[IN-5] are made of their neighbours, marked, named, and told as a problem', async () => {
    const { series, values } = await valuesOf(at([0, 1, 2, 5, 6, 7, 9]))
    expect(series.dims).toEqual([4, 3, 10])
    expect(series.interpolatedSlices).toEqual([3, 4, 8])
    expect(series.alterations).toEqual([
      {
        code: 'missing-slice',
        message:
          'Slices 4–5 and 9 of 10 are missing and were made of their neighbours: nothing was measured there.',
      },
    ])
    // The phantom grows by 10 a slice, and the scale takes 1024 away.
    expect(values.map(([first]) => first)).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((k) => 1000 + 10 * k - 1024),
    )
    const { problems } = await readFiles(at([0, 1, 2, 5, 6, 7, 9]))
    expect(problems).toMatchObject([{ code: 'missing-slice', seriesIndex: 0 }])
  })

  it('[IN-5] have no original, so that the vault holds none for them', async () => {
    const origins: { volumes: readonly { slices: readonly unknown[] }[] }[] = []
    const vault = memoryVault()
    using spooled = spool(at([0, 1, 2, 4, 5]))
    await readStudy(spooled.files, {
      threads: inThisThread,
      vault: {
        patient: (identity) => vault.patient(identity),
        sealOrigin: (person, caseId, origin) => {
          origins.push(origin)
          return vault.sealOrigin(person, caseId, origin)
        },
      },
    })
    const { slices } = origins[0]!.volumes[0]!
    expect(slices.map((each) => each === undefined)).toEqual([
      false,
      false,
      false,
      true,
      false,
      false,
    ])
  })

  it('[IN-5] that are too many make volumes of what is there, never a shorter one', async () => {
    const reading = await readFiles(at([0, 1, 2, 3, 9, 10, 11, 12]))
    expect(reading.series.map(({ dims }) => dims[2])).toEqual([4, 4])
    expect(lastWords(reading)).toEqual(['part 1 of 2', 'part 2 of 2'])
    expect(codes(reading.problems)).toEqual(['uneven-spacing', 'uneven-spacing'])
    expect(reading.setAside).toEqual([])
  })
})

describe('planes and sizes', () => {
  const turned = (k: number) =>
    slice(20 + k, {
      ImageOrientationPatient: '1\\0\\0\\0\\0\\-1',
      ImagePositionPatient: `0\\${3 * k}\\0`,
    })

  it('[IN-5] several planes are a volume each where there are three slices', async () => {
    const reading = await readFiles([...at([0, 1, 2, 3]), ...[0, 1, 2].map(turned)])
    expect(reading.series.map(({ dims }) => dims[2])).toEqual([4, 3])
    expect(notes(reading)).toEqual(['mixed-orientation', 'gantry-tilt'])
    expect(reading.problems).toEqual([])
  })

  it('[IN-5] slices that all lie in planes of their own are refused', async () => {
    const radial = [0, 30, 60, 90].map((degrees, k) => {
      const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
      return slice(k, { ImageOrientationPatient: `${c.toFixed(6)}\\${s.toFixed(6)}\\0\\0\\0\\-1` })
    })
    const { series, problems } = await readFiles(radial)
    expect(series).toEqual([])
    expect(problems.find(({ code }) => code === 'mixed-orientation')?.message).toBe(
      'The slices lie in different planes, none of which has three.',
    )
  })

  it('[IN-5] several sizes are a volume each', async () => {
    const reading = await readFiles([
      ...at([0, 1, 2, 3]),
      ...at([10, 11, 12], { Rows: 2, Columns: 6 }),
    ])
    expect(reading.series.map(({ dims }) => dims)).toEqual([
      [4, 3, 4],
      [6, 2, 3],
    ])
    expect(notes(reading, 1)).toContain('mixed-size')
  })
})

describe('several volumes over the same places', () => {
  it.each<readonly [string, SliceChanges, SliceChanges, readonly string[]]>([
    [
      'phases',
      { TemporalPositionIdentifier: '2' },
      { TemporalPositionIdentifier: '1' },
      ['phase 1 of 2', 'phase 2 of 2'],
    ],
    ['echoes', { EchoTime: '12.30' }, { EchoTime: '2.46' }, ['echo 2.46 ms', 'echo 12.3 ms']],
    [
      'b-values',
      { DiffusionBValue: doubles(1000) },
      { DiffusionBValue: doubles(0) },
      ['b 0', 'b 1000'],
    ],
    [
      'inversions',
      { InversionTime: '900' },
      { InversionTime: '300' },
      ['inversion 300 ms', 'inversion 900 ms'],
    ],
    [
      'heart beats',
      { TriggerTime: '400' },
      { TriggerTime: '0' },
      ['cardiac phase 1 of 2', 'cardiac phase 2 of 2'],
    ],
    [
      'components',
      { ImageType: 'ORIGINAL\\PRIMARY\\P' },
      { ImageType: 'ORIGINAL\\PRIMARY\\M' },
      ['magnitude', 'phase image'],
    ],
    [
      'kernels',
      { ConvolutionKernel: 'LUNG' },
      { ConvolutionKernel: 'SOFT' },
      ['lung kernel', 'soft kernel'],
    ],
    [
      'acquisitions',
      { AcquisitionNumber: '7' },
      { AcquisitionNumber: '4' },
      ['acquisition 1 of 2', 'acquisition 2 of 2'],
    ],
  ])('[IN-5] %s are told apart, in order, in words', async (_, first, second, words) => {
    const reading = await readFiles([...again({ ...mr, ...first }), ...again({ ...mr, ...second })])
    expect(lastWords(reading)).toEqual(words)
    expect(notes(reading)).toContain('told-apart')
    expect(reading.problems).toEqual([])
  })

  it('[IN-5] a kind of image that has no word of ours is a number, never its text', async () => {
    const named = (name: string) => again({ ...mr, ImageType: `DERIVED\\PRIMARY\\${name}` })
    const reading = await readFiles([...named('OKONKWO'), ...named('MAREN')])
    expect(lastWords(reading)).toEqual(['kind of image 1 of 2', 'kind of image 2 of 2'])
    const said = reading.series.map(({ label, notes, alterations }) => [label, notes, alterations])
    expect(JSON.stringify(said)).not.toMatch(/OKONKWO|MAREN/)
  })

  it('[IN-5] stacks side by side are told apart by their place', async () => {
    const stackAt = (corner: string) =>
      [0, 1, 2].flatMap((k) => again({ ImagePositionPatient: `${corner}\\${30 + 2 * k}` }, [k]))
    const files = [...stackAt('10\\-20'), ...stackAt('90\\40')]
    expect(lastWords(await readFiles(files))).toEqual(['stack 1 of 2', 'stack 2 of 2'])
  })

  it('[IN-5] images beside each other are no copies, though their pixels are the same', async () => {
    const beside = [0, 1, 2].map((k) =>
      slice(k, { SOPInstanceUID: `1.2.7.${k}`, ImagePositionPatient: `90\\40\\${30 + 2 * k}` }),
    )
    const { series, setAside } = await readFiles([...three({}), ...beside])
    expect(series).toEqual([])
    expect(setAside).toMatchObject([{ code: 'duplicate-slice', count: 6 }])
  })

  it('[IN-5] echoes of phases are told apart by both', async () => {
    const files = ['1', '2'].flatMap((TemporalPositionIdentifier) =>
      ['5', '10'].flatMap((EchoTime) => again({ ...mr, TemporalPositionIdentifier, EchoTime })),
    )
    expect(lastWords(await readFiles(files))).toEqual([
      'phase 1 of 2 · echo 5 ms',
      'phase 1 of 2 · echo 10 ms',
      'phase 2 of 2 · echo 5 ms',
      'phase 2 of 2 · echo 10 ms',
    ])
  })

  it('[IN-5] a last phase that was broken off is left out and said', async () => {
    const phase = (TemporalPositionIdentifier: string, places: readonly number[]) =>
      again({ ...mr, TemporalPositionIdentifier }, places)
    const all = [0, 1, 2, 3]
    const reading = await readFiles([...phase('1', all), ...phase('2', all), ...phase('3', [0, 1])])
    expect(lastWords(reading)).toEqual(['phase 1 of 3', 'phase 2 of 3'])
    expect(reading.setAside).toMatchObject([{ code: 'too-few-slices', count: 2 }])
  })

  it('[IN-5] more than a hundred are refused in words', async () => {
    const files = Array.from({ length: 101 }, (_, phase) =>
      again({ ...mr, TemporalPositionIdentifier: String(phase) }),
    ).flat()
    const { series, problems, setAside } = await readFiles(files)
    expect(series).toEqual([])
    expect(problems.find(({ code }) => code === 'too-many-volumes')?.message).toContain(
      '101 volumes',
    )
    expect(setAside).toMatchObject([{ code: 'too-many-volumes', count: 303 }])
  })

  it('[IN-5] a phase that was sent twice is one phase', async () => {
    const first = again({ ...mr, TemporalPositionIdentifier: '1' })
    const second = again({ ...mr, TemporalPositionIdentifier: '2' })
    const reading = await readFiles([...first, ...second, ...second])
    expect(lastWords(reading)).toEqual(['phase 1 of 2', 'phase 2 of 2'])
    expect(reading.setAside).toMatchObject([{ code: 'duplicate-slice', count: 3 }])
    expect(reading.series[0]!.notes[0]!.message).toBe(
      '3 images were there twice, with the same pixels, and used once.',
    )
  })
})

describe('values', () => {
  it('[IN-5] CT: a scale of each slice is applied to it, fractions are rounded, both are said', async () => {
    const scaled = [0, 1, 2].map((k) => slice(k, { RescaleSlope: `${k + 0.5}` }))
    const { series, values } = await valuesOf(scaled)
    expect(decided(series.notes)).toEqual(['per-slice-scale', 'rounded'])
    // 500.5 − 1024 is halfway between two whole numbers: the even one is taken.
    expect([...values[0]!].slice(0, 2)).toEqual([-524, -524])
    expect(values[2]![0]).toBe(1020 * 2.5 - 1024)
  })

  it('[IN-5] MR: a scale that all slices share stays a note, and the stored values exact', async () => {
    const scale = { RescaleSlope: '4.25885225885225', RescaleIntercept: '-2' }
    const { series, values } = await valuesOf(three({ ...mr, ...scale }))
    expect(series).toMatchObject({ dataType: 'int16', unit: 'stored' })
    expect(series.notes).toContainEqual({
      code: 'stored-values',
      message: "Values are as stored; the scanner's own are value × 4.25885 − 2.",
    })
    expect(values[0]![0]).toBe(1000)
  })

  it('[IN-5] MR: slices with fractional scales of their own become fractions that compare', async () => {
    const scaled = [0, 1, 2].map((k) => slice(k, { ...mr, RescaleSlope: `${k + 0.25}` }))
    const { series, values } = await valuesOf(scaled)
    expect(series).toMatchObject({ dataType: 'float32', unit: 'stored' })
    expect(decided(series.notes)).toEqual(['per-slice-scale', 'fractions'])
    expect(values.map(([first]) => first)).toEqual([250, 1010 * 1.25, 1020 * 2.25])
  })

  it('[IN-5] MR: a whole scale that would overflow 16 bits keeps the stored values', async () => {
    const wide = { BitsStored: 16, HighBit: 15, RescaleSlope: '2' }
    const { series } = await readFiles(three({ ...mr, ...wide }))
    expect(series[0]).toMatchObject({ dataType: 'uint16', unit: 'stored' })
    expect(series[0]!.notes[1]!.message).toContain('value × 2 + 0')
  })

  it('[IN-5] PET is float32 Bq/ml, each slice by its own slope', async () => {
    const scaled = [0, 1, 2].map((k) => slice(k, { ...pet, RescaleSlope: `${0.1 * (k + 1)}` }))
    const { series, values } = await valuesOf(scaled)
    expect(series).toMatchObject({
      dataType: 'float32',
      unit: 'Bq/ml',
      label: 'PET · axial · 2 mm',
    })
    expect(values[1]![0]).toBe(Math.fround(1010 * 0.2))
  })

  it.each([
    ['BQML', 'Bq/ml', 'no-suv', 'SUV cannot be computed: the images are not said to be corrected'],
    ['CNTS', 'stored', 'pet-units', 'Values are in counts, not in Bq/ml'],
    ['GML', 'stored', 'pet-units', 'Values are in g/ml, an uptake value already, not in Bq/ml'],
    ['OKONKWO', 'stored', 'pet-units', 'Values are in a unit that is not said'],
  ])('[IN-5] PET in %s is %s, and says why it gives no SUV', async (Units, unit, code, words) => {
    const { series } = await readFiles(three({ ...pet, Units }))
    expect(series[0]).toMatchObject({ unit, dataType: 'float32' })
    expect(series[0]).not.toHaveProperty('suvbwFactor')
    expect(series[0]!.notes.find((note) => note.code === code)?.message).toContain(words)
  })

  it('[IN-5] PET of which the headers give different factors has none, and says so', async () => {
    const weighing = (k: number, weight: string) =>
      writePart10([
        ...sliceElements(k, { ...pet, PatientWeight: weight }),
        ['00080032', 'TM', '110000'],
        ['00280051', 'CS', 'ATTN\\DECY'],
        ['00541102', 'CS', 'ADMIN'],
        [
          '00540016',
          'SQ',
          [
            [
              ['00181074', 'DS', '3e8'],
              ['00181075', 'DS', '6586'],
            ],
          ],
        ],
      ])
    const agreed = await readFiles([0, 1, 2].map((k) => weighing(k, '60')))
    expect(agreed.series[0]!.suvbwFactor).toBeCloseTo(60_000 / 3e8, 12)
    expect(notes(agreed)).not.toContain('no-suv')
    const mixed = await readFiles([0, 1, 2].map((k) => weighing(k, String(60 + k))))
    expect(mixed.series[0]).not.toHaveProperty('suvbwFactor')
    expect(mixed.series[0]!.notes.find(({ code }) => code === 'no-suv')?.message).toBe(
      'SUV cannot be computed: its factor differs between the slices.',
    )
  })

  it.each<readonly [string, SliceChanges]>([
    ['monochrome1', { PhotometricInterpretation: 'MONOCHROME1' }],
    ['lossy', { LossyImageCompression: '01' }],
    ['padding', { PixelPaddingValue: 24 }],
    ['not-hounsfield', { RescaleType: 'US' }],
    ['not-hounsfield', { RescaleSlope: undefined }],
  ])('[IN-5] %s is said of %o', async (code, changes) => {
    const reading = await readFiles(three(changes))
    expect(notes(reading)).toContain(code)
    expect(notes(await readFiles(three({})))).not.toContain(code)
    for (const { message } of reading.series[0]!.notes) expect(message).toMatch(/^[A-Z].+\.$/)
  })

  it('[IN-5] eight-bit and inverted slices keep their values', async () => {
    const inverted = three({ ...mr, PhotometricInterpretation: 'MONOCHROME1' })
    expect((await valuesOf(inverted)).values[1]![0]).toBe(1010)
    const bytes = { ...mr, BitsAllocated: 8, BitsStored: 8, HighBit: 7 }
    expect((await valuesOf(three(bytes))).values[0]!.slice(0, 2)).toEqual(
      Int16Array.of(1000 & 0xff, 1000 >> 8),
    )
  })
})
