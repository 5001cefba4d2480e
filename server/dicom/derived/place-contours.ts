import type { Polygon } from './label-slice-source.ts'
import type { VolumeGrid } from './labelled-volume.ts'
import type { Contour } from './structure-set.ts'

/** The closed contours of one structure, laid on the slices of a volume. */
export interface PlacedContours {
  /** By k ascending; polygons of one plane together. */
  readonly slices: readonly {
    readonly k: number
    readonly planes: readonly (readonly Polygon[])[]
  }[]
  readonly left: LeftOut
}

/** Contours that are on no slice, by reason. */
export interface LeftOut {
  /** Points and open lines enclose nothing. */
  readonly open: number
  /** No numbers, or fewer than three points. */
  readonly broken: number
  /** Across the slices. */
  readonly slanted: number
  readonly outside: number
  /** On a slice, but drawn between two: moved by more than a tenth of their distance. */
  readonly moved: number
}

/** Contours of one plane, in thousandths of a slice's step: what is drawn at one depth is one. */
const planesPerStep = 1000
const flatness = 0.5
const movedBy = 0.1

/** Each contour goes to the slice nearest to its plane, at most half a step away. */
export function placeContours(contours: readonly Contour[], grid: VolumeGrid): PlacedContours {
  const left = { open: 0, broken: 0, slanted: 0, outside: 0, moved: 0 }
  const bySlice = new Map<number, Map<number, Polygon[]>>()
  for (const { isClosed, pointsMm } of contours) {
    if (!isClosed) {
      left.open += 1
      continue
    }
    const flat = isDrawable(pointsMm) ? flattened(pointsMm, grid) : undefined
    if (!flat) {
      left.broken += 1
    } else if (flat.spread > flatness) {
      left.slanted += 1
    } else {
      const k = Math.round(flat.depth)
      if (k < 0 || k >= grid.slices) {
        left.outside += 1
        continue
      }
      if (Math.abs(flat.depth - k) > movedBy) left.moved += 1
      const planes = bySlice.get(k) ?? new Map<number, Polygon[]>()
      const depth = Math.round(flat.depth * planesPerStep)
      const plane = planes.get(depth) ?? []
      plane.push(flat.polygon)
      planes.set(depth, plane)
      bySlice.set(k, planes)
    }
  }
  const slices = [...bySlice]
    .toSorted(([a], [b]) => a - b)
    .map(([k, planes]) => ({ k: k + 0, planes: [...planes.values()] }))
  return { slices, left }
}

function isDrawable(pointsMm: readonly number[]): boolean {
  return pointsMm.length >= 9 && pointsMm.length % 3 === 0 && pointsMm.every(Number.isFinite)
}

/** Columns, rows and depth in voxels: a shear of the volume is undone by it. */
function flattened(pointsMm: readonly number[], grid: VolumeGrid) {
  const points = pointsMm.length / 3
  const polygon: Polygon = new Float64Array(2 * points)
  let [sum, least, greatest] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let n = 0; n < points; n++) {
    const at = 3 * n
    const [i, j, k] = grid.voxelOf([pointsMm[at]!, pointsMm[at + 1]!, pointsMm[at + 2]!])
    polygon[2 * n] = i
    polygon[2 * n + 1] = j
    sum += k
    least = Math.min(least, k)
    greatest = Math.max(greatest, k)
  }
  return { polygon, depth: sum / points, spread: greatest - least }
}
