import { describe, expect, it } from 'vitest'
import { spool } from '../test-support/spool-files.ts'
import { type ContoursOf, sourceSlice, structureSet, type Values } from './test-support/phantoms.ts'
import { count, decodeLabel, labelsOf, readVolumes } from './test-support/read-labels.ts'

const [columns, rows, slices] = [40, 30, 6]

/** Sheared as by a gantry tilt: slice k lies 2 mm above the last and 1.5 mm behind it. */
const spacingMm = [0.5, 0.75] as const
const cornerOf = (k: number) => [10, -20 + 1.5 * k, 30 + 2 * k] as const
const source = () =>
  Array.from({ length: slices }, (_, k) =>
    sourceSlice({ rows, columns, position: cornerOf(k), spacingMm, uid: `1.2.3.4.${k + 1}` }),
  )

/** Corners in pixels of slice k, which may lie between two, to mm. */
function box(k: number, left: number, top: number, right: number, bottom: number) {
  const [x, y, z] = cornerOf(k)
  const corner = (i: number, j: number) => [x + i * spacingMm[1], y + j * spacingMm[0], z]
  return {
    pointsMm: [
      ...corner(left, top),
      ...corner(right, top),
      ...corner(right, bottom),
      ...corner(left, bottom),
    ],
  }
}

async function read(structures: readonly ContoursOf[], more: Values = {}) {
  using imageSpool = spool(source())
  const volumes = await readVolumes(imageSpool.files)
  using derived = spool([structureSet(structures, more)])
  const { volumes: made, refusals } = await labelsOf(derived.files, volumes)
  const { labels, notes } = made[0]!
  const voxels = await Promise.all(labels.map((label) => decodeLabel(label, volumes[0]!)))
  return { labels, notes: notes.map(({ code }) => code), refusals, voxels }
}

const ofSlice = (voxels: Uint8Array, k: number) =>
  count(voxels.subarray(k * columns * rows, (k + 1) * columns * rows))

describe('structures as labels', () => {
  it('[IN-6] fills contours of a tilted volume where they were drawn, holes left open', async () => {
    const contours = [
      box(1, 1.5, 1.5, 20.5, 20.5),
      box(1, 5.5, 5.5, 10.5, 10.5),
      box(4, 0, 0, 3, 2),
    ]
    const { labels, voxels, notes, refusals } = await read([{ number: 1, contours }])
    expect(refusals).toEqual([])
    expect(notes).toEqual(['label-other-series'])
    expect(labels[0]?.slices.map(({ k }) => k)).toEqual([1, 4])
    expect(ofSlice(voxels[0]!, 1)).toBe(19 * 19 - 25)
    expect(voxels[0]![columns * rows + 2 * columns + 2]).toBe(1)
    expect(voxels[0]![columns * rows + 7 * columns + 7]).toBe(0)
    expect(ofSlice(voxels[0]!, 4)).toBe(6)
  })

  it('[IN-6] moves a contour between two slices to the nearer, and says so', async () => {
    const contours = [box(2.4, 1.5, 1.5, 9.5, 9.5), box(2.8, 3.5, 3.5, 9.5, 9.5)]
    const { labels, notes } = await read([{ number: 1, contours }])
    expect(labels[0]?.slices.map(({ k }) => k)).toEqual([2, 3])
    expect(notes).toContain('contour-moved')
  })

  it('[IN-6] lays planes that share a slice on each other', async () => {
    const contours = [box(1.8, 1.5, 1.5, 9.5, 9.5), box(2.2, 1.5, 1.5, 9.5, 9.5)]
    const { voxels } = await read([{ number: 1, contours }])
    expect(ofSlice(voxels[0]!, 2)).toBe(64)
  })

  it('[IN-6] counts what encloses nothing, lies elsewhere or makes no sense', async () => {
    const good = box(1, 1.5, 1.5, 9.5, 9.5)
    const [x, y, z] = cornerOf(2)
    const contours = [
      good,
      { type: 'POINT', pointsMm: [x, y, z] },
      { type: 'OPEN_PLANAR', pointsMm: box(1, 1, 1, 4, 4).pointsMm },
      { pointsMm: [x, y, z, x + 1, y, z] },
      { pointsMm: [x, y, z, x + 1, y, z, x, y] },
      { pointsMm: [x, y, z, x + 9, y, z + 4, x, y + 9, z] },
      box(7, 1, 1, 4, 4),
    ]
    const { voxels, notes } = await read([
      { number: 1, contours },
      { number: 2, contours: [] },
    ])
    expect(count(voxels[0]!)).toBe(64)
    expect(notes).toEqual([
      'contour-open',
      'contour-broken',
      'contour-slanted',
      'label-outside',
      'label-other-series',
      'label-empty',
    ])
  })

  it('[IN-6] names each by what it says of anatomy, with its colour and how it was made', async () => {
    const contours = [box(1, 1.5, 1.5, 9.5, 9.5)]
    const { labels } = await read([
      {
        number: 4,
        roi: { ROIName: 'Lt Lung Brandvold', ROIGenerationAlgorithm: 'SEMIAUTOMATIC' },
        drawn: { ROIDisplayColor: '128\\128\\255' },
        contours,
      },
      {
        number: 5,
        roi: { ROIName: 'Okonkwo' },
        observed: { RTROIInterpretedType: 'EXTERNAL' },
        contours,
      },
      { number: 6, roi: { ROIName: 'Okonkwo' }, contours },
    ])
    expect(labels).toMatchObject([
      {
        name: 'Lt Lung',
        colour: [128, 128, 255],
        source: 'RTSTRUCT',
        algorithmType: 'SEMIAUTOMATIC',
        fractional: false,
      },
      { name: 'Outline of the body' },
      { name: 'Structure 6' },
    ])
  })

  it('[IN-6] takes the series that it names without a word', async () => {
    const named = {
      ReferencedFrameOfReferenceSequence: [
        {
          FrameOfReferenceUID: '1.2.3.5',
          RTReferencedStudySequence: [
            { RTReferencedSeriesSequence: [{ SeriesInstanceUID: '1.2.3.4' }] },
          ],
        },
      ],
    }
    const contours = [box(1, 1.5, 1.5, 9.5, 9.5)]
    expect((await read([{ number: 1, contours }], named)).notes).toEqual([])
  })

  const points = [{ type: 'POINT', pointsMm: cornerOf(1) }]
  const elsewhere = { ReferencedFrameOfReferenceSequence: [{ FrameOfReferenceUID: '1.9' }] }
  it.each([
    ['no source', [box(1, 1, 1, 4, 4)], elsewhere, /source series is not among the files/],
    ['points alone', points, {}, /points and open lines/],
    ['contours beyond', [box(9, 1, 1, 4, 4)], {}, /beyond/],
    ['nothing at all', [], {}, /none to be drawn/],
  ] as const)('[IN-6] refuses %s in words', async (_, contours, more, message) => {
    const { refusals } = await read([{ number: 1, contours }], more)
    expect(refusals.map(({ error }) => error.message)).toEqual([expect.stringMatching(message)])
  })
})
