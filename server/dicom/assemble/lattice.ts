import type { ImagePlane } from '../instance.ts'

type Three = readonly [number, number, number]

/** Parallel slices in one line at one distance, some places of which may be empty. */
export interface Lattice {
  readonly first: Three
  /** From one place to the next, mm in patient space. */
  readonly step: Three
  /** For each slice the place it has, from 0, ascending. */
  readonly places: readonly number[]
  /** How many places there are. */
  readonly size: number
}

/** Longer holes are not filled: what lies in them is unknown. */
export const mostMissingInARow = 3

/**
 * Takes parallel slices in order along their normal, no two in one place. Undefined where they do
 * not lie in one line with one step to within max(0.1 mm, 1 % of it), at most a quarter, where more than a third of the
 * places would be empty or four in a row, or where no step is the usual one.
 */
export function latticeOf(planes: readonly ImagePlane[]): Lattice | undefined {
  const [first, last] = [planes[0]!, planes.at(-1)!]
  const gaps = gapsMm(planes)
  const usual = usualGap(gaps)
  const steps = gaps.map((gap) => Math.round(gap / usual))
  if (steps.some((count) => count < 1 || count > mostMissingInARow + 1)) return undefined
  const places = [0]
  for (const count of steps) places.push(places.at(-1)! + count)
  const size = places.at(-1)! + 1
  const missing = size - planes.length
  const plain = steps.filter((count) => count === 1).length
  if (3 * missing > size || (missing > 0 && plain < Math.max(2, gaps.length / 2))) return undefined
  const step = along(first.position, last.position, size - 1)
  const lattice = { first: first.position, step, places, size }
  return planes.every((plane, n) => isAt(plane, lattice, places[n]!)) ? lattice : undefined
}

/** Distances along the normal of the first, from each slice to the next. */
export function gapsMm(planes: readonly ImagePlane[]): readonly number[] {
  const normal = normalOf(planes[0]!)
  const at = planes.map(({ position }) => dot(position, normal))
  return at.slice(1).map((mm, n) => mm - at[n]!)
}

/** How far beside the line from the first to the last slice each of them lies, in mm. */
export function sidewaysMm(planes: readonly ImagePlane[]): readonly number[] {
  const [first, last] = [planes[0]!, planes.at(-1)!]
  const normal = normalOf(first)
  const line = last.position.map((mm, axis) => mm - first.position[axis]!)
  const length = dot(line, normal)
  return planes.map(({ position }) => {
    const from = position.map((mm, axis) => mm - first.position[axis]!)
    const fraction = dot(from, normal) / length
    return Math.hypot(...from.map((mm, axis) => mm - fraction * line[axis]!))
  })
}

export function spacingToleranceMm(stepMm: number): number {
  return Math.min(0.25 * stepMm, Math.max(0.1, 0.01 * stepMm))
}

function isAt({ position }: ImagePlane, { first, step }: Lattice, place: number): boolean {
  const toleranceMm = spacingToleranceMm(Math.hypot(...step))
  const off = position.map((mm, axis) => mm - first[axis]! - place * step[axis]!)
  return Math.hypot(...off) <= toleranceMm
}

/** The middle one of those sorted: at least half are not longer. */
function usualGap(gaps: readonly number[]): number {
  return gaps.toSorted((a, b) => a - b)[Math.floor((gaps.length - 1) / 2)]!
}

function along(from: Three, to: Three, parts: number): Three {
  const [x, y, z] = to.map((mm, axis) => (mm - from[axis]!) / parts)
  return [x!, y!, z!]
}

/** Unit vector, cross(row, column). */
export function normalOf({ row, column }: ImagePlane): Three {
  const cross: Three = [
    row[1] * column[2] - row[2] * column[1],
    row[2] * column[0] - row[0] * column[2],
    row[0] * column[1] - row[1] * column[0],
  ]
  const length = Math.hypot(...cross)
  return [cross[0] / length, cross[1] / length, cross[2] / length]
}

export function dot(a: readonly number[], b: readonly number[]): number {
  return a[0]! * b[0]! + a[1]! * b[1]! + a[2]! * b[2]!
}
