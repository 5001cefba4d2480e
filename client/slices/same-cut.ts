import type { Vec3 } from '../../shared/geometry/transform.ts'
import {
  add,
  cross,
  dot,
  length,
  normalize,
  scale,
  subtract,
} from '../../shared/geometry/vector.ts'
import type { Slab } from '../../shared/volume/slice.ts'
import type { SliceRequest } from '../voxels/voxels.ts'

const normalOf = ({ columnMm, rowMm }: Slab): Vec3 => normalize(cross(columnMm, rowMm))

/** Of two planes' normals and of their depths, as floats have it. */
const parallel = 1 - 1e-9
const sameMm = 1e-3

/** Whether two cuts show the same slab of a volume to so many mm, whichever part of it, however finely. */
export function isSameSlab(a: Slab, b: Slab, withinMm = sameMm): boolean {
  if (Math.abs(a.slabMm - b.slabMm) > sameMm) return false
  if (a.slabMm > 0 && a.projection !== b.projection) return false
  const normal = normalOf(a)
  if (dot(normal, normalOf(b)) < parallel) return false
  return Math.abs(dot(normal, subtract(a.originMm, b.originMm))) < withinMm
}

/** Whether two cuts are the same but for how finely: slab, part of the plane, and labels. */
export function isSameCut(a: SliceRequest, b: SliceRequest): boolean {
  if (!isSameSlab(a, b) || `${a.labelIds ?? ''}` !== `${b.labelIds ?? ''}`) return false
  const pixelMm = Math.max(length(a.columnMm), length(b.columnMm), length(a.rowMm), length(b.rowMm))
  const [first, second] = [cornersOf(a), cornersOf(b)]
  return first.every((corner, n) => length(subtract(corner, second[n] as Vec3)) <= pixelMm)
}

/** Of the outermost pixels: where the cut begins, and where it ends. */
function cornersOf({ originMm, columnMm, rowMm, columns, rows }: Slab): [Vec3, Vec3] {
  const at = (column: number, row: number) =>
    add(originMm, add(scale(columnMm, column - 0.5), scale(rowMm, row - 0.5)))
  return [at(0, 0), at(columns, rows)]
}
