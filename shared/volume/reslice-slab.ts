import { invert, transformPoint, transformVector, type Vec3 } from '../geometry/transform.ts'
import { add, cross, length, normalize, scale } from '../geometry/vector.ts'
import { type ChunkedVoxels, voxelSpacingMm } from './reslice-level.ts'
import type { Slab } from './slice.ts'

/** Pixels of a plane: from (column, row) on, so many columns and rows. */
export interface PlaneTile {
  readonly column: number
  readonly row: number
  readonly columns: number
  readonly rows: number
}

export const wholePlane = ({ columns, rows }: Pick<Slab, 'columns' | 'rows'>): PlaneTile => ({
  column: 0,
  row: 0,
  columns,
  rows,
})

/** A slab in the voxels of one level. */
export interface SlabInVoxels {
  readonly origin: Vec3
  readonly columnStep: Vec3
  readonly rowStep: Vec3
  /** From the plane to each of the sheets that the slab is sampled in. */
  readonly sheets: readonly Vec3[]
}

/** Rounding in a transform and its inverse; as a share of a cell it is below a thousandth of a HU. */
const roundingVoxels = 1e-7

/**
 * The slab's thickness in equal layers no thicker than the smallest voxel spacing, each sampled in
 * its middle: a slab of three slices reads those three slices, and a thin one the plane itself.
 */
export function slabInVoxels(level: ChunkedVoxels, slab: Slab): SlabInVoxels {
  const voxelFromPatient = invert(level.patientFromVoxel)
  const inVoxels = (v: Vec3) => transformVector(voxelFromPatient, v).map(unrounded) as never as Vec3
  const layers = Math.max(
    1,
    Math.ceil(slab.slabMm / Math.min(...voxelSpacingMm(level.patientFromVoxel)) - 1e-6),
  )
  const normal = cross(slab.columnMm, slab.rowMm)
  const across = length(normal) > 0 ? scale(normalize(normal), slab.slabMm / layers) : normal
  const sheets = Array.from({ length: layers }, (_, n) =>
    inVoxels(scale(across, n - (layers - 1) / 2)),
  )
  const origin = transformPoint(voxelFromPatient, slab.originMm)
  return {
    origin,
    columnStep: inVoxels(slab.columnMm),
    rowStep: inVoxels(slab.rowMm),
    sheets,
  }
}

/** A step along a voxel axis stays exactly there: over a thousand pixels it drifts by nothing. */
const unrounded = (step: number) => (Math.abs(step) < roundingVoxels / 1000 ? 0 : step)

/** A place that is on a voxel centre but for rounding is on it. */
export function onCentre(at: number): number {
  const nearest = Math.round(at)
  return Math.abs(at - nearest) < roundingVoxels ? nearest : at
}

/** Where (column, row) of the plane lies on one of its sheets. */
export function placeInVoxels(slab: SlabInVoxels, column: number, row: number, sheet: Vec3): Vec3 {
  const { origin, columnStep, rowStep } = slab
  const [x, y, z] = add(add(origin, sheet), add(scale(columnStep, column), scale(rowStep, row)))
  return [onCentre(x), onCentre(y), onCentre(z)]
}
