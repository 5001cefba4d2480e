import type { Transform, Vec3 } from '../../shared/geometry/transform.ts'
import { type TexelEncoding, texelEncoder, type VoxelData } from '../../shared/volume/half-float.ts'
import { brickRanges } from '../../shared/volume/occupancy.ts'
import type { ResidentLevel } from './volume-level.ts'

const voxelsPerTurn = 4 * 2 ** 20

/** Makes voxels in memory a level to draw, letting the page breathe in between. */
export async function residentLevel(
  data: VoxelData,
  dims: Vec3,
  patientFromVoxel: Transform<'patient', 'voxel'>,
  encoding: TexelEncoding,
): Promise<ResidentLevel> {
  const texels = new Uint16Array(data.length)
  const encode = texelEncoder(encoding)
  for (let at = 0; at < data.length; at += voxelsPerTurn) {
    encode(data.subarray(at, at + voxelsPerTurn), texels, at)
    await new Promise<void>((resolve) => setTimeout(resolve))
  }
  return { dims, patientFromVoxel, texels, ranges: brickRanges(texels, dims) }
}
