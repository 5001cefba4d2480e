import {
  multiply,
  type Quaternion,
  rotate,
  turnAbout,
} from '../../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { add, length, normalize, scale, subtract } from '../../../shared/geometry/vector.ts'
import { yawOf } from '../../../shared/geometry/yaw.ts'
import type { WorldPose } from '../../../shared/protocol/pose-sample.ts'

const radians = (degrees: number) => (degrees * Math.PI) / 180

/** Turns +z of something at `at` towards `to`, its x level: upright, whoever looks. */
export function facing(at: Vec3, to: Vec3): Quaternion {
  const towards = subtract(to, at)
  if (length(towards) < 1e-6) return [0, 0, 0, 1]
  const [x, y, z] = normalize(towards)
  const pitch = turnAbout([1, 0, 0], -Math.asin(Math.min(1, Math.max(-1, y))))
  return multiply(turnAbout([0, 1, 0], Math.atan2(x, z)), pitch)
}

/**
 * A place so many metres from the head, so many degrees below where it looks, facing it. `level`
 * keeps the head's yaw alone: the place stays at its height however the head nods or leans.
 */
export function ahead(
  head: WorldPose,
  { distanceM, belowDegrees, level }: { distanceM: number; belowDegrees: number; level: boolean },
): WorldPose {
  const gaze = level ? turnAbout([0, 1, 0], yawOf(head.rotation)) : head.rotation
  const down = turnAbout([1, 0, 0], -radians(belowDegrees))
  const rotation = multiply(gaze, down)
  const position = add(head.position, scale(rotate(rotation, [0, 0, -1]), distanceM))
  return { position, rotation: level ? facing(position, head.position) : rotation }
}

/** The part 0…1 of the way that a follower makes in `stepMs`, halving the rest every `halfMs`. */
export const followed = (stepMs: number, halfMs: number): number =>
  1 - 0.5 ** (Math.max(0, stepMs) / halfMs)
