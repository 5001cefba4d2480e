import { inverse, multiply, noTurn, type Quaternion, rotate, unit } from './quaternion.ts'
import type { Vec3 } from './transform.ts'
import { add, cross, dot, length, scale, subtract } from './vector.ts'
import type { VolumePose } from './volume-pose.ts'

/** Something that has a place and a turn, but no size. World, metres. */
export interface RigidPose {
  readonly position: Vec3
  readonly rotation: Quaternion
}

export interface ScaleBounds {
  readonly smallest: number
  readonly largest: number
}

/** Hands nearer than this neither turn nor scale what they hold: their axis is mostly noise. */
const nearestHandsM = 0.01

/** What one hand holds goes where the hand goes and turns as it turns. Poses are those at the grab and now. */
export function heldByOne(held: VolumePose, from: RigidPose, to: RigidPose): VolumePose {
  const turn = unit(multiply(to.rotation, inverse(from.rotation)))
  const arm = rotate(turn, subtract(held.position, from.position))
  return {
    position: add(to.position, arm),
    rotation: unit(multiply(turn, held.rotation)),
    scale: held.scale,
  }
}

/**
 * What two hands hold moves with their middle, turns by the shortest arc between their axes, and
 * grows with their distance about that middle. At the bounds of its size it stops growing and goes
 * on moving and turning. Places are those at the grab and now, in the same order of hands.
 */
export function heldByTwo(
  held: VolumePose,
  from: readonly [Vec3, Vec3],
  to: readonly [Vec3, Vec3],
  bounds: ScaleBounds,
): VolumePose {
  const [axisFrom, axisTo] = [subtract(from[1], from[0]), subtract(to[1], to[0])]
  const [spanFrom, spanTo] = [length(axisFrom), length(axisTo)]
  const apart = spanFrom >= nearestHandsM && spanTo >= nearestHandsM
  const turn = apart
    ? shortestArc(scale(axisFrom, 1 / spanFrom), scale(axisTo, 1 / spanTo))
    : noTurn
  const grown = apart ? spanTo / spanFrom : 1
  const size = Math.min(bounds.largest, Math.max(bounds.smallest, held.scale * grown))
  const arm = scale(subtract(held.position, middle(from)), size / held.scale)
  return {
    position: add(middle(to), rotate(turn, arm)),
    rotation: unit(multiply(turn, held.rotation)),
    scale: size,
  }
}

/** Between unit vectors; of the many half turns between opposite ones, any. */
export function shortestArc(from: Vec3, to: Vec3): Quaternion {
  const cosine = dot(from, to)
  if (cosine > -1 + 1e-9) return unit([...cross(from, to), 1 + cosine])
  const aside: Vec3 = Math.abs(from[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0]
  return unit([...cross(from, aside), 0])
}

const middle = ([a, b]: readonly [Vec3, Vec3]): Vec3 => scale(add(a, b), 0.5)
