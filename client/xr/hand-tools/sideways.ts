import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { cross, dot, length, normalize, subtract } from '../../../shared/geometry/vector.ts'
import type { AimingHand } from './hand-tool.ts'

const up: Vec3 = [0, 1, 0]

/** How far a hand has moved since it pressed, as it pointed then: to its right, and up. Metres. */
export interface Sideways {
  readonly rightM: number
  readonly upM: number
}

/** Across where the hand pointed when it pressed, over the floor; unit length. */
export function rightOf({ ray }: AimingHand): Vec3 {
  const across = cross(ray.direction, up)
  return length(across) > 1e-3 ? normalize(across) : [1, 0, 0]
}

export function sidewaysOf(from: AimingHand): (now: AimingHand) => Sideways {
  const right = rightOf(from)
  const start = placeOf(from)
  return (now) => {
    const moved = subtract(placeOf(now), start)
    return { rightM: dot(moved, right), upM: dot(moved, up) }
  }
}

const placeOf = ({ grip, ray }: AimingHand): Vec3 => grip?.position ?? ray.origin
