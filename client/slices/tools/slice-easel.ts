import { distance } from '../../../shared/geometry/measure.ts'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import {
  add,
  cross,
  dot,
  length,
  normalize,
  scale,
  subtract,
} from '../../../shared/geometry/vector.ts'
import type { SlicePlane } from '../../../shared/volume/slice.ts'
import { type Easel, nearby, previewing } from '../../tools/easel.ts'
import type { SliceAt, SliceSpace } from '../slice-space.ts'
import { SliceSteps } from '../slice-steps.ts'

/** Draws in the plane of a slice. A mark's end is held where the slice, or its slab, shows it. */
export function sliceEasel(space: SliceSpace): Easel<SliceAt> {
  const normal = normalOf(space.plane())
  const { slabMm } = space.session.getSnapshot().slicing
  const reachMm = Math.max(slabMm, new SliceSteps(space.volume, normal).mm) / 2
  return {
    session: space.session,
    pointAt: (at) => space.pointAt(at),
    pixelsTo: (at, pointMm) => {
      const here = space.pointAt(at)
      const off = subtract(pointMm, here)
      const awayMm = dot(off, normal)
      if (Math.abs(awayMm) > reachMm * 1.001) return undefined
      const mmPerPixel = distance(here, space.pointAt({ x: at.x + 1, y: at.y }))
      return length(subtract(off, scale(normal, awayMm))) / mmPerPixel
    },
    still: nearby,
    preview: previewing(space.session, (mark) => space.preview(mark)),
    values: () => ({
      manifest: space.volume,
      region: (outlineMm) => space.region(outlineMm),
      valueAt: (pointMm) => space.valueAt(pointMm),
    }),
    notice: (text) => space.notice(text),
  }
}

/** Away from who looks at it, unit length. */
export const normalOf = ({ columnMm, rowMm }: SlicePlane): Vec3 => normalize(cross(columnMm, rowMm))

/** Zoomed or shifted it is the same plane, scrolled or turned it is another. */
export function samePlane(a: SlicePlane, b: SlicePlane): boolean {
  const normal = normalOf(a)
  const off = dot(normal, subtract(b.originMm, a.originMm))
  return dot(normal, normalOf(b)) > 1 - 1e-9 && Math.abs(off) < 1e-3
}

/** Out of the plane, towards who looks at it. */
export function infrontOf(plane: SlicePlane, pointMm: Vec3, mm: number): Vec3 {
  return add(pointMm, scale(normalOf(plane), -mm))
}
