import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { TexelEncoder, VoxelData } from '../../shared/volume/half-float.ts'
import { brickRanges, brickSize } from '../../shared/volume/occupancy.ts'
import type { LevelPiece } from '../voxels/level-piece.ts'

/** Whole slices of a volume, from a brick's first one on. */
export interface Slab {
  readonly firstSlice: number
  readonly dims: Vec3
  readonly voxels: VoxelData
}

/** Voxels of 16 bits become texels where they are: `voxels` is not true afterwards. */
export function encodeSlab(slab: Slab, encode: TexelEncoder): LevelPiece {
  const { firstSlice, dims, voxels } = slab
  const texels =
    voxels.BYTES_PER_ELEMENT === 2
      ? new Uint16Array(voxels.buffer as ArrayBuffer, voxels.byteOffset, voxels.length)
      : new Uint16Array(voxels.length)
  encode(voxels, texels, 0)
  const ranges = brickRanges(texels, dims, 1)
  return {
    at: [0, 0, firstSlice],
    dims,
    texels,
    ranges: { at: [-1, -1, firstSlice / brickSize - 1], ...ranges },
    own: true,
  }
}
