/** Voxels in memory, x (column i) fastest, then j, then k. Bytes are those of label maps. */
export type Voxels = Int16Array | Uint16Array | Float32Array | Uint8Array
export type VoxelType = 'int16' | 'uint16' | 'float32' | 'uint8'

export const bytesPerVoxel: Readonly<Record<VoxelType, 1 | 2 | 4>> = {
  uint8: 1,
  int16: 2,
  uint16: 2,
  float32: 4,
}

const arrays = {
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  float32: Float32Array,
}

export function voxelsOver(buffer: ArrayBufferLike, type: VoxelType): Voxels {
  return new arrays[type](buffer)
}
