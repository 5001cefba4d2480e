import type { Vec3 } from '../geometry/transform.ts'
import { enclosedBy, type FractionMap, type Surface } from './surface.ts'
import { coarser, cropped } from './surface-crop.ts'
import { countTriangles, surfaceOf } from './surface-nets.ts'
import { type SurfaceTree, treeOver } from './surface-tree.ts'

export const mostTriangles = 300_000

/** A segment as it is drawn and pointed at. Patient mm. */
export interface SegmentSurface extends Surface {
  readonly tree: SurfaceTree
  /** Centre of gravity. */
  readonly centreMm: Vec3
}

/**
 * The surface of a label map, on as fine a grid as the number of triangles allows. Undefined where
 * no voxel reaches half.
 */
export function surfaceOfLabel(map: FractionMap): SegmentSurface | undefined {
  let part = cropped(map)
  if (!part) return undefined
  let triangles = countTriangles(part)
  while (triangles > mostTriangles) {
    part = coarser(part)
    triangles = countTriangles(part)
  }
  if (triangles === 0) return undefined
  const surface = surfaceOf(part)
  return { ...surface, tree: treeOver(surface), centreMm: enclosedBy(surface).centreMm }
}
