/** Voxels in memory, x (column i) fastest, then j, then k. */
export type Voxels = Int16Array | Uint16Array
export type VoxelType = 'int16' | 'uint16'

export const bytesPerVoxel = 2

export function voxelsOver(buffer: ArrayBufferLike, type: VoxelType): Voxels {
  return type === 'int16' ? new Int16Array(buffer) : new Uint16Array(buffer)
}
