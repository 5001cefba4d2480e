import { multiply, type Quaternion, rotate, turnAbout } from '../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { add, length, normalize, scale, subtract } from '../../shared/geometry/vector.ts'
import type { WorldPose } from '../../shared/protocol/pose-sample.ts'

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

/** About world y; 0 looks along −z. A head that looks straight up or down goes by its crown. */
export function yawOf(rotation: Quaternion): number {
  const [x, y, z] = rotate(rotation, [0, 0, -1])
  if (Math.hypot(x, z) > 0.1) return Math.atan2(-x, -z)
  const [ux, , uz] = rotate(rotation, [0, y > 0 ? -1 : 1, 0])
  return Math.atan2(-ux, -uz)
}

/** The part 0…1 of the way that a follower makes in `stepMs`, halving the rest every `halfMs`. */
export const followed = (stepMs: number, halfMs: number): number =>
  1 - 0.5 ** (Math.max(0, stepMs) / halfMs)
