import type { Transform, Vec3 } from '../geometry/transform.ts'
import type { VoxelData } from './half-float.ts'

/** One level of a volume in chunks, of which some are here. */
export interface ChunkedVoxels {
  readonly dims: Vec3
  /** Voxels of a chunk along i, j, k; the outermost ones stick out. */
  readonly chunkDims: Vec3
  readonly patientFromVoxel: Transform<'patient', 'voxel'>
  /** x fastest; undefined while it is not here. `at` counts chunks along i, j, k. */
  peek(at: Vec3): VoxelData | undefined
}

/** Length in mm of one step along i, j and k. */
export function voxelSpacingMm(m: Transform<'patient', 'voxel'>): Vec3 {
  const step = (axis: number) =>
    Math.hypot(m[axis] as number, m[4 + axis] as number, m[8 + axis] as number)
  return [step(0), step(1), step(2)]
}

/** Chunks along i, j, k. */
export const chunkCounts = ({ dims, chunkDims }: ChunkedVoxels): Vec3 => [
  Math.ceil(dims[0] / chunkDims[0]),
  Math.ceil(dims[1] / chunkDims[1]),
  Math.ceil(dims[2] / chunkDims[2]),
]
