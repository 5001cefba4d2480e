import type { ClippingPlane } from '../../../shared/conference/event.ts'
import { boxCorners } from '../../../shared/geometry/box-cut.ts'
import { transform, type Vec3 } from '../../../shared/geometry/transform.ts'
import { dot } from '../../../shared/geometry/vector.ts'
import type { VolumeManifest } from '../../../shared/volume/manifest.ts'

/** The directions a person adds a plane by; what is kept lets the cut be seen from the front. */
export const planeKinds = [
  { name: 'Axial', normal: [0, 0, -1] },
  { name: 'Coronal', normal: [0, 1, 0] },
  { name: 'Sagittal', normal: [1, 0, 0] },
] as const satisfies readonly { name: string; normal: Vec3 }[]

/** PS3.3 C.7.6.1.1.1, LPS. */
const sides: readonly (readonly [side: string, kind: string, direction: Vec3])[] = [
  ['left', 'Sagittal', [1, 0, 0]],
  ['right', 'Sagittal', [-1, 0, 0]],
  ['back', 'Coronal', [0, 1, 0]],
  ['front', 'Coronal', [0, -1, 0]],
  ['head', 'Axial', [0, 0, 1]],
  ['feet', 'Axial', [0, 0, -1]],
]
const cosineOfParallel = 0.999

/** "Axial, keeps the feet"; a plane along no axis is named by the side nearest. */
export function planeWords(normal: Vec3): { name: string; keeps: string } {
  const nearest = sides.reduce((a, b) => (dot(normal, b[2]) > dot(normal, a[2]) ? b : a))
  const parallel = dot(normal, nearest[2]) >= cosineOfParallel
  return { name: parallel ? nearest[1] : 'Oblique', keeps: `keeps the ${nearest[0]}` }
}

/** The offsets, mm, at which a plane of this normal still meets the volume's box. */
export function offsetRange(volume: VolumeManifest, normal: Vec3): readonly [number, number] {
  const { patientFromVoxel, dims } = volume
  const along = boxCorners(transform<'patient', 'voxel'>(patientFromVoxel), dims).map((corner) =>
    dot(normal, corner),
  )
  return [Math.min(...along), Math.max(...along)]
}

/** The same cut with the other side kept. */
export function flipped({ planeId, normal: [x, y, z], offsetMm, enabled }: ClippingPlane) {
  const normal: Vec3 = [0 - x, 0 - y, 0 - z]
  return { planeId, normal, offsetMm: 0 - offsetMm, enabled }
}
