import type { Slicing } from '../../../shared/conference/looks.ts'
import { heldByOne, type RigidPose } from '../../../shared/geometry/grab.ts'
import {
  inverse,
  multiply,
  type Quaternion,
  rotate,
  unit,
} from '../../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { add, dot, length, scale, subtract } from '../../../shared/geometry/vector.ts'
import type { WorldPose } from '../../../shared/protocol/pose-sample.ts'
import { wholeBox } from '../../scene/crop-handles-box.ts'
import type { PatientSpace } from '../../scene/patient-space.ts'
import type { PaneAxes, PaneKind } from '../../slices/pane-axes.ts'

/** A sheet in the hand goes and turns with it. World. */
export function heldSheet(held: WorldPose, from: RigidPose, to: RigidPose): WorldPose {
  const { position, rotation } = heldByOne({ ...held, scale: 1 }, from, to)
  return { position, rotation }
}

/** A plane of the patient that a hand took hold of. */
export interface HeldPlane {
  readonly kind: PaneKind
  readonly axes: PaneAxes
  readonly crosshairMm: Vec3
  readonly obliqueRotation: Quaternion
}

type Space = Pick<PatientSpace, 'toPatient' | 'directionToPatient' | 'corners'>

/**
 * Where a plane is that a hand moves through the patient, from its grip then to its grip now
 * (world): the oblique one goes and turns with the hand, the others go along their normal. None
 * leaves the volume.
 */
export function movedPlane(
  { kind, axes, crosshairMm, obliqueRotation }: HeldPlane,
  from: RigidPose,
  to: RigidPose,
  space: Space,
): Pick<Slicing, 'obliqueRotation'> & { readonly crosshairMm: Vec3 } {
  const [fromMm, toMm] = [space.toPatient(from.position), space.toPatient(to.position)]
  if (kind !== 'oblique') {
    const along = dot(axes.normal, subtract(toMm, fromMm))
    const moved = add(crosshairMm, scale(axes.normal, along))
    return { crosshairMm: within(space, moved), obliqueRotation }
  }
  const turn = turnInPatient(unit(multiply(to.rotation, inverse(from.rotation))), space)
  const moved = add(toMm, rotate(turn, subtract(crosshairMm, fromMm)))
  return {
    crosshairMm: within(space, moved),
    obliqueRotation: unit(multiply(turn, obliqueRotation)),
  }
}

/** A turn of the room as the patient has it: about the same axis, in the patient's directions. */
function turnInPatient([x, y, z, w]: Quaternion, space: Space): Quaternion {
  const size = length([x, y, z])
  if (size < 1e-9) return [0, 0, 0, 1]
  const axis = scale(space.directionToPatient([x / size, y / size, z / size]), size)
  return [axis[0], axis[1], axis[2], w]
}

function within({ corners }: Space, point: Vec3): Vec3 {
  if (corners.length === 0) return point
  const { minMm, maxMm } = wholeBox(corners)
  const inside = (n: 0 | 1 | 2) => Math.min(maxMm[n], Math.max(minMm[n], point[n]))
  return [inside(0), inside(1), inside(2)]
}
