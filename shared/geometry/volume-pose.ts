import { noTurn, type Quaternion, rotate } from './quaternion.ts'
import { type Transform, transform, transformPoint, type Vec3 } from './transform.ts'

/**
 * Where the volume stands in the room. `position` (m) is where the centre of the shown volume's box
 * is; `scale` 1 is life size.
 */
export interface VolumePose {
  readonly position: Vec3
  readonly rotation: Quaternion
  readonly scale: number
}

/** The patient upright, facing a viewer at the origin who looks along −z. */
export const openingPose: VolumePose = { position: [0, 1.3, -0.8], rotation: noTurn, scale: 1 }

/**
 * `T(position) · R(rotation) · S(0.001 · scale) · B · T(−centre)`: B takes patient axes to world axes,
 * world x = patient left (L), y = head (S), z = towards the viewer (A). This is the only place where
 * millimetres become metres.
 */
export function worldFromPatient(
  { position, rotation, scale }: VolumePose,
  centrePatientMm: Vec3,
): Transform<'world', 'patient'> {
  const s = 0.001 * scale
  const x = rotate(rotation, [s, 0, 0]) // patient +x, left
  const y = rotate(rotation, [0, 0, -s]) // patient +y, posterior, away from the viewer
  const z = rotate(rotation, [0, s, 0]) // patient +z, head
  const [cx, cy, cz] = centrePatientMm
  const shift = (axis: 0 | 1 | 2) => position[axis] - (x[axis] * cx + y[axis] * cy + z[axis] * cz)
  return transform([
    x[0],
    y[0],
    z[0],
    shift(0),
    x[1],
    y[1],
    z[1],
    shift(1),
    x[2],
    y[2],
    z[2],
    shift(2),
    0,
    0,
    0,
    1,
  ])
}

/** The centre, in patient mm, of the box that a volume's voxels fill. */
export function centreOfBox(
  patientFromVoxel: Transform<'patient', 'voxel'>,
  [ni, nj, nk]: Vec3,
): Vec3 {
  return transformPoint(patientFromVoxel, [(ni - 1) / 2, (nj - 1) / 2, (nk - 1) / 2])
}
