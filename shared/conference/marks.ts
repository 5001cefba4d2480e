import { z } from 'zod'
import { plainWords } from './plain-words.ts'

/**
 * The kinds of mark, each with how many points it is made of (fewest, most), patient mm: an arrow is
 * [tail, head]; the vertex of an angle is the second of its three; an ellipse is [centre, end of one
 * half-axis, end of the other], the half-axes at a right angle; a freehand outline is closed and lies
 * in one plane.
 */
const pointCounts = {
  point: [1, 1],
  arrow: [2, 2],
  text: [1, 1],
  probe: [1, 1],
  length: [2, 2],
  angle: [3, 3],
  ellipse: [3, 3],
  freehand: [3, 256],
} as const satisfies Record<string, readonly [number, number]>

export type AnnotationKind = keyof typeof pointCounts
export const annotationKinds = Object.keys(pointCounts) as [AnnotationKind, ...AnnotationKind[]]
export const mostPoints = 256

export function hasPointsOf(kind: AnnotationKind, count: number): boolean {
  const [fewest, most] = pointCounts[kind]
  return count >= fewest && count <= most
}

const finite = z.number().min(-1e9).max(1e9)

/**
 * What was read from the stored values of the finest level when a probe or a region was drawn:
 * a probe has one value, which is its mean, least and greatest.
 */
export const measured = z
  .strictObject({
    mean: finite,
    /** Of the population: over n values, not n − 1. */
    standardDeviation: finite.nonnegative(),
    min: finite,
    max: finite,
    areaMm2: finite.nonnegative(),
    unit: plainWords(16),
  })
  .refine(isPossible, 'no values have this mean, deviation and extremes')
export type Measured = z.infer<typeof measured>

/** Of any values: a deviation is at most half their range (Popoviciu 1935). */
function isPossible(figures: {
  mean: number
  standardDeviation: number
  min: number
  max: number
}) {
  const { mean, standardDeviation, min, max } = figures
  const slack = 1e-6 * Math.max(Math.abs(min), Math.abs(max)) // a mean of equal values is rounded
  const between = min <= max && min - slack <= mean && mean <= max + slack
  return between && standardDeviation <= (max - min) / 2 + slack
}

/** Kinds that carry what was read from the values. */
export const mayBeMeasured = (kind: AnnotationKind): boolean =>
  kind === 'probe' || kind === 'ellipse' || kind === 'freehand'
