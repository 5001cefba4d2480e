import {
  compose,
  invert,
  type Transform,
  transform,
  type Vec3,
} from '../../shared/geometry/transform.ts'
import type { TexelEncoding } from '../../shared/volume/half-float.ts'
import type { BrickRanges } from '../../shared/volume/occupancy.ts'

/** One level of a volume, resident whole: what the GPU draws and the pointer's ray reads. */
export interface ResidentLevel {
  readonly dims: Vec3
  readonly patientFromVoxel: Transform<'patient', 'voxel'>
  /** Half-float bits, x fastest. */
  readonly texels: Uint16Array
  readonly ranges: BrickRanges
  /** Resolves once the texels of so many slices are there, and with the last the ranges. */
  readonly until?: (slices: number) => Promise<void>
}

/** What every level of one volume has in common. */
export interface VolumeFrame {
  /** Of the finest level: its box is drawn, whichever level fills it. */
  readonly dims: Vec3
  readonly patientFromVoxel: Transform<'patient', 'voxel'>
  /** This and the next are final before the first level is shown. */
  encoding: TexelEncoding
  /** Texels below are padding. */
  lowestTexel: number
}

/**
 * Counts texels from the texture's corner, voxel centres at n + 0.5: the `texture` space times the
 * size of the level.
 */
export function texelFromPatient(
  patientFromVoxel: Transform<'patient', 'voxel'>,
): Transform<'texture', 'patient'> {
  const half = transform<'texture', 'voxel'>([1, 0, 0, 0.5, 0, 1, 0, 0.5, 0, 0, 1, 0.5, 0, 0, 0, 1])
  return compose(half, invert(patientFromVoxel))
}
