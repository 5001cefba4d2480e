import type { AnnotationKind } from '../conference/marks.ts'
import { angleArc, ellipseOutline } from '../geometry/measure.ts'
import type { Vec3 } from '../geometry/transform.ts'

/** Corners of an ellipse as it is drawn and as its inside is measured: 0.04 % less than its area. */
const ellipseCorners = 128

/**
 * The lines that a mark is drawn by, patient mm: closed ones end where they begin, and one of a
 * single point is a dot. A mark that is being drawn may have fewer points than its kind has.
 */
export function markPath(
  kind: AnnotationKind,
  pointsMm: readonly Vec3[],
): readonly (readonly Vec3[])[] {
  const [a, b, c] = pointsMm
  if (!a) return []
  if (!b) return [[a]]
  if (kind === 'angle' && c) return [[a, b, c], angleArc(a, b, c)].filter((line) => line.length > 0)
  if (kind === 'ellipse' || kind === 'freehand') return [closed(outlineOf(kind, pointsMm))]
  return [pointsMm]
}

/** What an ellipse or a freehand mark encloses: its corners, not closed. */
export function outlineOf(
  kind: 'ellipse' | 'freehand',
  pointsMm: readonly Vec3[],
): readonly Vec3[] {
  const [centre, endA, endB] = pointsMm
  if (kind === 'freehand' || !centre || !endA || !endB) return pointsMm
  return ellipseOutline(centre, endA, endB, ellipseCorners)
}

/** Where a mark's words stand, patient mm; undefined of one without points. */
export function wordsPlace(kind: AnnotationKind, pointsMm: readonly Vec3[]): Vec3 | undefined {
  const [first, second] = pointsMm
  const beside = kind === 'length' || kind === 'angle' || kind === 'ellipse'
  return beside ? (second ?? first) : first
}

/** What one looks at to see a mark, patient mm: its tip, its vertex, its middle. */
export function markMiddle(kind: AnnotationKind, pointsMm: readonly Vec3[]): Vec3 | undefined {
  const [first, second] = pointsMm
  if (kind === 'arrow' || kind === 'angle') return second ?? first
  if (kind !== 'length' && kind !== 'freehand') return first
  if (!first) return undefined
  const along = (axis: 0 | 1 | 2) =>
    pointsMm.reduce((sum, point) => sum + point[axis], 0) / pointsMm.length
  return [along(0), along(1), along(2)]
}

const closed = (outline: readonly Vec3[]): readonly Vec3[] => [...outline, ...outline.slice(0, 1)]
