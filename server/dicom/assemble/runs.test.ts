import { describe, expect, it } from 'vitest'
import type { Instance } from '../instance.ts'
import { latticeOf, mostMissingInARow } from './lattice.ts'
import { evenRuns } from './runs.ts'
import { stack } from './stack.ts'

/** Oblique slices at the given distances along the normal, moved sideways by the second number. */
const slicesAt = (places: readonly (number | readonly [mm: number, beside: number])[]) =>
  places.map((place) => {
    const [mm, beside] = typeof place === 'number' ? [place, 0] : place
    const row = [0.8, 0.6, 0] as const
    const position = [10 + beside * 0.8, -20 + beside * 0.6, 30 + mm] as const
    const plane = {
      position,
      row,
      column: [-0.6, 0.8, 0] as const,
      spacingMm: [0.5, 0.75] as const,
    }
    return { plane } as unknown as Instance
  })
const planesAt = (...given: Parameters<typeof slicesAt>) =>
  slicesAt(...given).map(({ plane }) => plane)
const steps = (count: number, mm = 2, from = 0) =>
  Array.from({ length: count }, (_, n) => from + n * mm)
const lengths = (places: Parameters<typeof slicesAt>[0]) =>
  evenRuns(slicesAt(places)).runs.map(({ instances }) => instances.length)

describe('latticeOf', () => {
  it('[IN-5] finds the empty places between slices', () => {
    expect(latticeOf(planesAt([0, 2, 4, 8, 10]))).toMatchObject({
      places: [0, 1, 2, 4, 5],
      size: 6,
    })
    expect(latticeOf(planesAt([0, 2, 4, 10, 12, 18, 20, 22]))?.size).toBe(12)
  })

  it('[IN-5] takes its step from the first to the last position, not from one gap', () => {
    const jittered = [0, 2.03, 3.98, 6.01, 7.99, 10.1]
    expect(latticeOf(planesAt(jittered))?.step[2]).toBeCloseTo(2.02, 9)
  })

  it.each([
    ['more than a third would be made up', [0, 2, 4, 8, 12, 16]],
    ['more than three in a row are empty', [...steps(9), ...steps(9, 2, 26)]],
    ['no step is the usual one', [0, 1, 3]],
    ['a gap is no whole multiple', [0, 2, 4, 7, 9, 11]],
    ['two steps alternate', [0, 1, 3, 4, 6, 7, 8.5]],
  ])('[IN-5] is none where %s', (_, places) => {
    expect(latticeOf(planesAt(places))).toBeUndefined()
  })

  it('fills three in a row and not four', () => {
    expect(mostMissingInARow).toBe(3)
    expect(latticeOf(planesAt([...steps(9), ...steps(9, 2, 24)]))?.size).toBe(21)
  })
})

describe('evenRuns', () => {
  it('[IN-5] splits where the step changes, and never moves a slice', () => {
    const { runs, rest } = evenRuns(slicesAt([0, 1, 2, 3, 4, 7.5, 11, 14.5]))
    expect(runs.map(({ from, to }) => [from, to])).toEqual([
      [0, 4],
      [5, 7],
    ])
    expect(rest).toEqual([])
    for (const run of runs) {
      const { patientFromVoxel: m, slices } = stack(run)
      for (const [k, slice] of slices.entries()) {
        expect(m[11]! + k * m[10]!).toBeCloseTo(slice!.plane.position[2], 9)
      }
    }
  })

  it('[IN-5] splits at a hole that is too long to fill', () => {
    expect(lengths([...steps(9), ...steps(9, 2, 40)])).toEqual([9, 9])
  })

  it('[IN-5] fills a short hole of a run though the series has several', () => {
    const { runs } = evenRuns(slicesAt([0, 2, 4, 6, 10, 12, 14, ...steps(5, 2, 60)]))
    expect(runs.map(({ lattice }) => lattice.size)).toEqual([8, 5])
  })

  it('[IN-5] splits where slices step aside, and leaves single ones over', () => {
    const aside = [...steps(5), [10, 7], ...steps(5, 2, 12)] as const
    const { runs, rest } = evenRuns(slicesAt(aside))
    expect(runs.map(({ instances }) => instances.length)).toEqual([5, 5])
    expect(rest).toHaveLength(1)
  })

  it.each([
    ['uneven-spacing', 'from 1 mm to 5 mm.', [0, 1, 4, 5, 10, 11.5]],
    ['bad-geometry', 'Slice 3 of 4 lies 1 mm beside the others.', [0, 2, [4, 1], 6]],
    [
      'uneven-spacing',
      'from 1 mm to 9 mm.',
      [0, 1, 2, 4, 6, 8, 11, 14, 17, 21, 25, 29, 34, 39, 44, 50, 56, 62, 69, 76, 83, 91, 99, 108],
    ],
  ] as const)('[IN-5] refuses as %s: %s', (code, words, places) => {
    expect(() => evenRuns(slicesAt(places))).toThrow(expect.objectContaining({ code }))
    expect(() => evenRuns(slicesAt(places))).toThrow(words)
  })

  it('takes a time in proportion to the number of slices', () => {
    const places = Array.from({ length: 20_000 }, (_, n) => n * n * 1e-3)
    const begin = performance.now()
    expect(() => evenRuns(slicesAt(places))).toThrow('The distance between the slices changes')
    expect(performance.now() - begin).toBeLessThan(2000)
  })
})

describe('stack', () => {
  it('[IN-5] keeps a shear in the matrix and knows its angle', () => {
    const tilted = slicesAt([
      [0, 0],
      [2, 1],
      [4, 2],
    ])
    const { patientFromVoxel, tiltDegrees, sliceGapMm } = stack(evenRuns(tilted).runs[0]!)
    expect(tiltDegrees).toBeCloseTo((Math.atan2(1, 2) * 180) / Math.PI, 9)
    expect(sliceGapMm).toBeCloseTo(2, 9)
    const wanted = [0.6, -0.3, 0.8, 10, 0.45, 0.4, 0.6, -20, 0, 0, 2, 30, 0, 0, 0, 1]
    for (const [n, value] of wanted.entries()) expect(patientFromVoxel[n]).toBeCloseTo(value, 9)
  })
})
