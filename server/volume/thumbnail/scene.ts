import type { ValueUnit } from '../../../shared/volume/manifest.ts'
import type { Dims } from '../pyramid-plan.ts'
import type { VoxelType } from '../voxels.ts'

/** A coarse level, whole, and what it needs to be seen. */
export interface ThumbnailScene {
  readonly voxels: SharedArrayBuffer
  readonly type: VoxelType
  readonly dims: Dims
  readonly patientFromVoxel: readonly number[]
  readonly unit: ValueUnit
  readonly window: { readonly windowCenter: number; readonly windowWidth: number }
}
