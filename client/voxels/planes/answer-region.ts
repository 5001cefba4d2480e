import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { regionGrid, regionStatistics } from '../../../shared/volume/region.ts'
import type { RegionStatistics, Slab } from '../../../shared/volume/slice.ts'
import { cutLevel } from './cut-level.ts'
import type { PlaneShelf } from './plane-shelf.ts'

/**
 * What a closed outline, patient mm, encloses on the finest level; undefined where it encloses
 * nothing, or nothing that has a value. Throws a ReadFailure, or the signal's reason.
 */
export async function answerRegion(
  shelf: PlaneShelf,
  outlineMm: readonly Vec3[],
  signal: AbortSignal,
): Promise<RegionStatistics | undefined> {
  const [finest] = shelf.levels
  const grid = finest && regionGrid(finest, outlineMm)
  if (!grid) return undefined
  return regionStatistics(grid, await valuesOf(shelf, grid.plane, signal))
}

/** Trilinear, of the finest level; undefined outside and in padding. */
export async function answerValue(
  shelf: PlaneShelf,
  pointMm: Vec3,
  signal: AbortSignal,
): Promise<number | undefined> {
  const none: Vec3 = [0, 0, 0]
  const pixel = { originMm: pointMm, columnMm: none, rowMm: none, columns: 1, rows: 1 }
  const [value] = await valuesOf(shelf, { ...pixel, slabMm: 0, projection: 'average' }, signal)
  return value === undefined || Number.isNaN(value) ? undefined : value
}

async function valuesOf(
  shelf: PlaneShelf,
  plane: Slab,
  signal: AbortSignal,
): Promise<Float32Array> {
  const [finest] = shelf.levels
  const values = new Float32Array(plane.columns * plane.rows).fill(Number.NaN)
  const { paddingValue } = shelf.manifest
  if (finest) await cutLevel(finest, plane, values, { paddingValue, signal })
  return values
}
