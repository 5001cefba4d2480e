import { invert, transform, transformVector, type Vec3 } from '../../shared/geometry/transform.ts'
import { length } from '../../shared/geometry/vector.ts'
import { centreOfBox } from '../../shared/geometry/volume-pose.ts'
import type { View } from '../../test/browser/pages/volume/bench-page.ts'
import { worldOf } from '../../test/browser/pages/volume/phantoms.ts'
import type { Series } from './series.ts'

const eyeDistanceM = 2

/** From the patient's front, turned to their left, in patient space. */
const towardsEye = (degrees: number): Vec3 => {
  const angle = (degrees * Math.PI) / 180
  return [Math.sin(angle), -Math.cos(angle), 0]
}

/** Upright, level, with parallel rays; the volume's box fills most of the canvas. */
export function viewOf(volume: Series, degrees: number): View {
  const target = worldOf(centreOfBox(transform(volume.patientFromVoxel), volume.dims))
  const [x, y, z] = worldOf(towardsEye(degrees))
  const far = 1000 * eyeDistanceM
  return {
    eye: [target[0] + far * x, target[1] + far * y, target[2] + far * z],
    target,
    up: [0, 1, 0],
    heightM: heightMm(volume) / 1000,
  }
}

/** Of patient space that the canvas shows: the box fits however it is turned about its long axis. */
export const heightMm = (volume: Series): number => 0.86 * diagonalMm(volume)

export function diagonalMm({ patientFromVoxel, dims }: Series): number {
  const corner = transformVector(transform<'patient', 'voxel'>(patientFromVoxel), dims)
  return length(corner)
}

/** How far a ray goes while it crosses one voxel. */
export function voxelAlongRayMm({ patientFromVoxel }: Series, degrees: number): number {
  const voxelFromPatient = invert(transform<'patient', 'voxel'>(patientFromVoxel))
  return 1 / length(transformVector(voxelFromPatient, towardsEye(degrees)))
}
