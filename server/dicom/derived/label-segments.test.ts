import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { writePart10 } from '../test-support/part10-writer.ts'
import { spool } from '../test-support/spool-files.ts'
import {
  type PlaneOf,
  type SegmentationOf,
  segmentation,
  sourceSlice,
  storage,
  type Values,
} from './test-support/phantoms.ts'
import { decodeLabel, labelsOf, readVolumes } from './test-support/read-labels.ts'

const [columns, rows, slices] = [5, 3, 6]
const frameSize = { rows, columns }

/** Oblique about z and anisotropic; slice k lies 2 mm above the last and 0.5 mm beside it. */
const turn = { row: [0.8, 0.6, 0], column: [-0.6, 0.8, 0], spacingMm: [0.5, 0.75] } as const
const positionOf = (k: number) => [10 + 0.5 * k, -20, 30 + 2 * k] as const
const planeOf = (k: number): PlaneOf => ({ ...turn, position: positionOf(k) })
const uidOf = (k: number) => `1.2.3.4.${k + 1}`

const source = (changes = {}) =>
  Array.from({ length: slices }, (_, k) =>
    sourceSlice({ ...frameSize, ...planeOf(k), uid: uidOf(k), ...changes }),
  )

/** Pixels of a frame in which nothing is symmetric, `n` telling one frame from another. */
const pattern = (n: number) =>
  Array.from({ length: columns * rows }, (_, at) => ((at * 7 + n * 5) % 11 < 4 ? 1 : 0))

async function read(files: readonly Uint8Array[], images = source()) {
  using imageSpool = spool(images)
  const volumes = await readVolumes(imageSpool.files)
  using derived = spool(files)
  const { volumes: made, refusals } = await labelsOf(derived.files, volumes)
  const decoded = await Promise.all(
    made.map(({ labels }, n) =>
      Promise.all(labels.map((label) => decodeLabel(label, volumes[n]!))),
    ),
  )
  return { made, refusals, decoded, first: made[0]!, voxels: decoded[0]! }
}

const readOne = (of: SegmentationOf) => read([segmentation(of)])
const ofSlice = (voxels: Uint8Array, k: number) => [
  ...voxels.subarray(k * columns * rows, (k + 1) * columns * rows),
]
const empty = new Array(columns * rows).fill(0)

describe('segments as labels', () => {
  it('[IN-6] puts frames of bits that begin inside a byte on the slices that they name', async () => {
    const frames = [4, 1, 2].map((k) => ({ images: [uidOf(k)], pixels: pattern(k) }))
    const { first, voxels, refusals } = await readOne({ type: 'BINARY', ...frameSize, frames })
    expect(refusals).toEqual([])
    expect(first.notes).toEqual([])
    expect(first.labels[0]!.slices.map(({ k }) => k)).toEqual([1, 2, 4])
    for (const k of [1, 2, 4]) expect(ofSlice(voxels[0]!, k)).toEqual(pattern(k))
    expect(ofSlice(voxels[0]!, 3)).toEqual(empty)
  })

  it('[IN-6] finds the slices by place where no image is named, whichever series it was', async () => {
    const frames = [5, 0].map((k) => ({ plane: planeOf(k), pixels: pattern(k) }))
    const { first, voxels } = await readOne({ type: 'BINARY', ...frameSize, frames })
    for (const k of [0, 5]) expect(ofSlice(voxels[0]!, k)).toEqual(pattern(k))
    expect(first.labels[0]?.slices.map(({ k }) => k)).toEqual([0, 5])
    expect(first.notes.map(({ code }) => code)).toEqual(['label-other-series'])
  })

  it('[IN-6] turns and mirrors back frames that were stored so', async () => {
    const k = 2
    const asStored = pattern(k)
    const at = (i: number, j: number) => asStored[j * columns + i]!
    const { row, column, spacingMm } = turn
    const corner = positionOf(k).map(
      (mm, axis) => mm + row[axis]! * spacingMm[1] * (columns - 1),
    ) as unknown as [number, number, number]
    const mirrored = {
      plane: { ...turn, position: corner, row: [-0.8, -0.6, 0] as const },
      pixels: asStored.map((_, n) => at(columns - 1 - (n % columns), Math.floor(n / columns))),
      images: [uidOf(k)],
    }
    const first = await readOne({ type: 'BINARY', ...frameSize, frames: [mirrored] })
    expect(ofSlice(first.voxels[0]!, k)).toEqual(asStored)
    const transposed = {
      plane: {
        position: positionOf(k),
        row: column,
        column: row,
        spacingMm: [spacingMm[1], spacingMm[0]] as const,
      },
      pixels: asStored.map((_, n) => at(Math.floor(n / rows), n % rows)),
    }
    const of = { type: 'BINARY', rows: columns, columns: rows, frames: [transposed] } as const
    const second = await readOne(of)
    expect(ofSlice(second.voxels[0]!, k)).toEqual(asStored)
    expect([...first.first.notes, ...second.first.notes].map(({ code }) => code)).toEqual([
      'label-other-series',
    ])
  })

  it('[IN-6] takes the nearest voxels of a finer grid, and says so', async () => {
    const fine = { ...turn, spacingMm: [0.25, 0.375] as const }
    const [wide, high, perSlice] = [2 * columns, 2 * rows, 2]
    const planes = Array.from({ length: slices * perSlice }, (_, n) => n / perSlice)
    const frames = planes.map((k) => ({
      // A quarter of a voxel aside, so that no voxel lies halfway between two.
      plane: {
        ...fine,
        position: positionOf(k).map(
          (mm, axis) => mm - 0.25 * (0.375 * turn.row[axis]! + 0.25 * turn.column[axis]!),
        ) as unknown as [number, number, number],
      },
      images: [uidOf(Math.floor(k))],
      pixels: Array.from({ length: wide * high }, (_, n) => {
        const [i, j] = [Math.floor((n % wide) / 2), Math.floor(n / wide / 2)]
        return Number.isInteger(k) ? pattern(k)[j * columns + i]! : 1
      }),
    }))
    const of = { type: 'BINARY', rows: high, columns: wide, frames } as const
    const { first, voxels } = await readOne(of)
    for (let k = 0; k < slices; k++) expect(ofSlice(voxels[0]!, k)).toEqual(pattern(k))
    expect(first.notes.map(({ code }) => code)).toContain('label-resampled')
  })

  it('[IN-6] spreads thick planes over the slices nearest to each', async () => {
    const middles = [1, 4]
    const upright = (k: number) => ({ ...turn, position: [10, -20, 30 + 2 * k] as const })
    const frames = middles.map((k) => ({ plane: upright(k + 0.2), pixels: pattern(k) }))
    const images = Array.from({ length: slices }, (_, k) =>
      sourceSlice({ ...frameSize, ...upright(k) }),
    )
    const file = segmentation({ type: 'BINARY', ...frameSize, frames })
    const { first, voxels } = await read([file], images)
    const nearest = [1, 1, 1, 4, 4, 4]
    for (const [k, middle] of nearest.entries()) {
      expect(ofSlice(voxels[0]!, k), `slice ${k}`).toEqual(pattern(middle))
    }
    expect(first.notes.map(({ code }) => code)).toContain('label-resampled')
  })

  it('[IN-6] takes frames that run across the slices apart into their lines', async () => {
    const { row, column, spacingMm } = turn
    const voxel = (i: number, j: number, k: number) => (i * 5 + j * 3 + k * 7) % 4 === 0
    // Upright, so that a column of the volume's corners is a line along z.
    const corner = (i: number) =>
      [10, -20, 30].map(
        (mm, axis) => mm + i * spacingMm[1] * row[axis]!,
      ) as unknown as PlaneOf['position']
    const images = Array.from({ length: slices }, (_, k) =>
      sourceSlice({ ...frameSize, ...turn, position: [10, -20, 30 + 2 * k] }),
    )
    // One frame for each column of the volume: its rows are slices, its columns the volume's rows.
    const frames = Array.from({ length: columns }, (_, i) => ({
      plane: {
        position: corner(i),
        row: column,
        column: [0, 0, 1] as const,
        spacingMm: [2, spacingMm[0]] as const,
      },
      pixels: Array.from({ length: slices * rows }, (_, n) =>
        Number(voxel(i, n % rows, Math.floor(n / rows))),
      ),
    }))
    const file = segmentation({ type: 'BINARY', rows: slices, columns: rows, frames })
    const { first, voxels, refusals } = await read([file], images)
    expect(refusals).toEqual([])
    const wanted = Array.from({ length: columns * rows * slices }, (_, n) => {
      const [i, j, k] = [
        n % columns,
        Math.floor(n / columns) % rows,
        Math.floor(n / columns / rows),
      ]
      return Number(voxel(i, j, k))
    })
    expect([...voxels[0]!]).toEqual(wanted)
    expect(first.notes.map(({ code }) => code)).toContain('label-resampled')
  })

  it('[IN-6] spreads planes that are thicker than slices, though each lies in one', async () => {
    const upright = (k: number) => ({ ...turn, position: [10, -20, 30 + 2 * k] as const })
    const frames = [1, 4].map((k) => ({
      plane: { ...upright(k), thicknessMm: 6 },
      pixels: pattern(k),
    }))
    const images = Array.from({ length: slices }, (_, k) =>
      sourceSlice({ ...frameSize, ...upright(k), uid: uidOf(k) }),
    )
    const thick = segmentation({ type: 'BINARY', ...frameSize, frames })
    const { voxels } = await read([thick], images)
    for (const [k, middle] of [1, 1, 1, 4, 4, 4].entries()) {
      expect(ofSlice(voxels[0]!, k), `slice ${k}`).toEqual(pattern(middle))
    }
    const named = frames.map((frame, n) => ({ ...frame, images: [uidOf([1, 4][n]!)] }))
    const own = await read([segmentation({ type: 'BINARY', ...frameSize, frames: named })], images)
    expect(own.first.labels[0]?.slices.map(({ k }) => k)).toEqual([1, 4])
  })

  it('[IN-6] reads what is deflated as a whole', async () => {
    const frames = [4, 1].map((k) => ({ images: [uidOf(k)], pixels: pattern(k) }))
    const whole = segmentation({ type: 'BINARY', ...frameSize, frames })
    const head = writePart10([], { transferSyntaxUID: '1.2.840.10008.1.2.1.99' })
    const skipped = writePart10([]).length
    const { voxels } = await read([Buffer.concat([head, deflateRawSync(whole.subarray(skipped))])])
    for (const k of [1, 4]) expect(ofSlice(voxels[0]!, k)).toEqual(pattern(k))
  })

  it('[IN-6] keeps overlapping segments apart, each with its name, colour and origin', async () => {
    const lab = new Uint8Array(Uint16Array.from([35579, 53664, 50858]).buffer)
    const liver = [{ CodeValue: '10200004', CodingSchemeDesignator: 'SCT' }]
    const segments: readonly Values[] = [
      {
        SegmentNumber: 1,
        SegmentLabel: 'Okonkwo^Maren',
        SegmentAlgorithmType: 'SEMIAUTOMATIC',
        SegmentedPropertyTypeCodeSequence: liver,
        RecommendedDisplayCIELabValue: lab,
      },
      { SegmentNumber: 7, SegmentLabel: 'tumour 2', SegmentAlgorithmType: 'GUESS' },
      { SegmentNumber: 8, SegmentLabel: 'Dr. Brandvold' },
      { SegmentNumber: 9, SegmentLabel: 'lung' },
    ]
    const frames = [1, 7, 8].map((segment, n) => ({
      segment,
      images: [uidOf(3)],
      pixels: pattern(n),
    }))
    const of = { type: 'BINARY', ...frameSize, frames, segments } as const
    const { first, voxels } = await readOne(of)
    expect(first.labels).toMatchObject([
      { name: 'Liver', colour: [255, 0, 0], source: 'SEG', algorithmType: 'SEMIAUTOMATIC' },
      { name: 'tumour 2' },
      { name: 'Segment 8' },
    ])
    expect(first.labels[1]).not.toHaveProperty('algorithmType')
    expect(voxels.map((each) => ofSlice(each, 3))).toEqual([pattern(0), pattern(1), pattern(2)])
    expect(first.notes.map(({ message }) => message)).toEqual([
      'A segmentation: 1 segment without a voxel.',
    ])
  })

  it('[IN-6] scales what is fractional to 0…255', async () => {
    const pixels = [...empty]
    pixels.splice(0, 4, 100, 50, 1, 120)
    const of = {
      type: 'FRACTIONAL',
      ...frameSize,
      frames: [{ images: [uidOf(0)], pixels }],
      more: { MaximumFractionalValue: 100, SegmentationFractionalType: 'PROBABILITY' },
    } as const
    const { first, voxels } = await readOne(of)
    expect(first.labels[0]?.fractional).toBe(true)
    expect(ofSlice(voxels[0]!, 0).slice(0, 5)).toEqual([255, 128, 3, 255, 0])
  })

  it.each([8, 16] as const)('[IN-6] takes a label map of %i bits apart', async (bitsAllocated) => {
    const number = bitsAllocated === 8 ? 200 : 1000
    const background = [{ CodeValue: '125040', CodingSchemeDesignator: 'DCM' }]
    const segments: readonly Values[] = [
      { SegmentNumber: 0, SegmentedPropertyTypeCodeSequence: background },
      { SegmentNumber: 2, SegmentLabel: 'heart' },
      { SegmentNumber: number, SegmentLabel: 'aorta' },
      { SegmentNumber: 3, SegmentLabel: 'liver' },
    ]
    const frames = [1, 2].map((k) => ({
      images: [uidOf(k)],
      pixels: pattern(k).map((value, n) => (value === 0 ? 0 : n < 6 ? number : k === 1 ? 2 : 0)),
    }))
    const of = { type: 'LABELMAP', ...frameSize, bitsAllocated, frames, segments } as const
    const { first, voxels } = await readOne(of)
    expect(first.labels.map(({ name, slices }) => [name, slices.map(({ k }) => k)])).toEqual([
      ['heart', [1]],
      ['aorta', [1, 2]],
    ])
    expect(ofSlice(voxels[0]!, 1)).toEqual(pattern(1).map((value, n) => (n < 6 ? 0 : value)))
    expect(ofSlice(voxels[1]!, 2)).toEqual(pattern(2).map((value, n) => (n < 6 ? value : 0)))
  })

  it('[IN-6] chooses among several volumes the one that is named', async () => {
    const other = source({ series: '1.2.3.7' }).map((_, k) =>
      sourceSlice({ ...frameSize, ...planeOf(k), uid: `1.2.3.7.${k + 1}`, series: '1.2.3.7' }),
    )
    const frames = [{ images: ['1.2.3.7.3'], plane: planeOf(2), pixels: pattern(2) }]
    const file = segmentation({ type: 'BINARY', ...frameSize, frames })
    const { made } = await read([file], [...source(), ...other])
    expect(made.map(({ labels }) => labels.length)).toEqual([0, 1])
  })

  it('[IN-6] counts planes beyond the volume', async () => {
    const frames = [1, 9].map((k) => ({ plane: planeOf(k), pixels: pattern(k) }))
    const { first } = await readOne({ type: 'BINARY', ...frameSize, frames })
    expect(first.notes.map(({ message }) => message)).toContain(
      'A segmentation: 1 plane beyond the volume.',
    )
  })

  const one = [{ plane: planeOf(1), pixels: pattern(1) }]
  const ofSlide = {
    ReferencedSeriesSequence: [
      {
        SeriesInstanceUID: '1.2.77',
        ReferencedInstanceSequence: [{ ReferencedSOPClassUID: `${storage}.77.1.6` }],
      },
    ],
  }
  it.each([
    ['no source', { frames: one, frameOfReference: '1.9' }, /source series is not among the files/],
    ['a slide', { frames: one, frameOfReference: '1.9', more: ofSlide }, /a microscopy slide/],
    ['planes beyond', { frames: [{ ...one[0]!, plane: planeOf(50) }] }, /lies beyond/],
    ['no place', { frames: [{ pixels: pattern(1) }] }, /lies beyond/],
    ['too few groups', { frames: one, more: { NumberOfFrames: '2' } }, /each of its planes/],
    ['no type', { frames: one, more: { SegmentationType: 'SURFACE' } }, /contradicts itself/],
    ['one number twice', { frames: one, segments: twice() }, /contradicts itself/],
    ['too many segments', { frames: one, segments: tooMany() }, /larger than Caseroom accepts/],
    ['fewer pixels', { frames: one, more: { Rows: 300, Columns: 300 } }, /ends too early/],
  ] as const)('[IN-6] refuses %s in words', async (_, changes, message) => {
    const of = { type: 'BINARY' as const, ...frameSize, ...changes } as SegmentationOf
    const refused = await readOne(of).then(
      ({ refusals }) => refusals.map(({ error }) => error.message),
      (error: Error) => [error.message],
    )
    expect(refused).toEqual([expect.stringMatching(message)])
  })
})

function twice(): readonly Values[] {
  return [{ SegmentNumber: 1 }, { SegmentNumber: 1 }]
}

function tooMany(): readonly Values[] {
  return Array.from({ length: 1001 }, (_, n) => ({ SegmentNumber: n + 1 }))
}
