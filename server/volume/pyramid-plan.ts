import { compose, type Transform, transform } from '../../shared/geometry/transform.ts'
import type { VolumeLevel } from '../../shared/volume/manifest.ts'

export type Dims = readonly [number, number, number]
/** 2 where an axis (i, j, k) is halved on the way to the level, else 1. */
export type Factors = readonly [1 | 2, 1 | 2, 1 | 2]

export interface PlannedLevel extends VolumeLevel {
  /** From the level before; the first level has none. */
  readonly factors: Factors
}

/** Voxels along an edge of a chunk. */
export const chunkEdge = 64

/** An axis is halved where its spacing is below this many times the finest one. */
const evenEnough = 2

/**
 * The levels of a pyramid, finest first, down to one chunk. Only the axes that are about as fine as
 * the finest are halved, so that voxels grow towards cubes: 0.98 × 0.98 × 3.27 mm first halves i and
 * j. A level's voxel centre lies in the middle of the fine voxels that it stands for, also where the
 * last of an odd axis stands for one only.
 */
export function planLevels(dims: Dims, patientFromVoxel: ArrayLike<number>): PlannedLevel[] {
  let current = level(0, dims, transform(patientFromVoxel), [1, 1, 1])
  const levels = [current]
  while (current.dims.some((size) => size > chunkEdge)) {
    current = halved(current, levels.length)
    levels.push(current)
  }
  return levels
}

/** Length in mm of one step along i, j and k. */
export function spacingMm(patientFromVoxel: ArrayLike<number>): [number, number, number] {
  const step = (axis: number) =>
    Math.hypot(
      patientFromVoxel[axis] as number,
      patientFromVoxel[4 + axis] as number,
      patientFromVoxel[8 + axis] as number,
    )
  return [step(0), step(1), step(2)]
}

function halved(from: PlannedLevel, index: number): PlannedLevel {
  const spacing = spacingMm(from.patientFromVoxel)
  const finest = Math.min(...spacing.filter((_, axis) => (from.dims[axis] as number) > 1))
  const factor = (axis: 0 | 1 | 2) =>
    from.dims[axis] > 1 && spacing[axis] < evenEnough * finest ? 2 : 1
  const factors: Factors = [factor(0), factor(1), factor(2)]
  const dims = from.dims.map((size, axis) => Math.ceil(size / (factors[axis] as number)))
  const [a, b, c] = factors
  const fineFromCoarse: Transform<'voxel', 'voxel'> = transform(
    [
      [a, 0, 0, (a - 1) / 2],
      [0, b, 0, (b - 1) / 2],
      [0, 0, c, (c - 1) / 2],
      [0, 0, 0, 1],
    ].flat(),
  )
  const patientFromFine: Transform<'patient', 'voxel'> = transform(from.patientFromVoxel)
  return level(index, dims as unknown as Dims, compose(patientFromFine, fineFromCoarse), factors)
}

function level(
  index: number,
  dims: Dims,
  patientFromVoxel: Transform<'patient', 'voxel'>,
  factors: Factors,
): PlannedLevel {
  return {
    path: String(index),
    dims: [...dims],
    patientFromVoxel: [...patientFromVoxel],
    factors,
  }
}
