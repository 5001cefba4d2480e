import { type Transform, transform, type Vec3 } from '../../shared/geometry/transform.ts'
import type { VoxelData } from '../../shared/volume/half-float.ts'

/**
 * Voxels in memory. `data` is x fastest (column i, then row j, then slice k). Without
 * `patientFromVoxel` the voxel axes are the patient's, `spacingMm` apart (1 mm unless told), with
 * voxel 0 at the origin.
 */
export interface VolumeSource {
  readonly dims: Vec3
  readonly patientFromVoxel?: ArrayLike<number>
  readonly spacingMm?: Vec3
  readonly data: VoxelData
  /** Pixel Padding Value (PS3.3 C.7.5.1.1.2): voxels of this value are not drawn. */
  readonly paddingValue?: number
}

export interface CheckedVolume {
  readonly dims: Vec3
  readonly patientFromVoxel: Transform<'patient', 'voxel'>
  readonly data: VoxelData
  readonly paddingValue: number | undefined
}

/** Throws a RangeError, in words, on sizes, spacings or matrices that make no volume. */
export function checkVolume(volume: VolumeSource): CheckedVolume {
  const { dims, spacingMm = [1, 1, 1], data, paddingValue } = volume
  if (dims.length !== 3 || !dims.every((count) => Number.isInteger(count) && count > 0)) {
    throw new RangeError('a volume has three positive whole sizes')
  }
  if (data.length !== dims[0] * dims[1] * dims[2]) {
    throw new RangeError(
      `a volume of ${dims.join('×')} needs ${dims[0] * dims[1] * dims[2]} voxels`,
    )
  }
  if (!spacingMm.every((spacing) => spacing > 0 && Number.isFinite(spacing))) {
    throw new RangeError('the spacing between voxels is positive')
  }
  const [di, dj, dk] = spacingMm
  const spaced = [di, 0, 0, 0, 0, dj, 0, 0, 0, 0, dk, 0, 0, 0, 0, 1]
  return {
    dims,
    patientFromVoxel: transform(volume.patientFromVoxel ?? spaced),
    data,
    paddingValue,
  }
}
