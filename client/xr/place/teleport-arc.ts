import type { Vec3 } from '../../../shared/geometry/transform.ts'
import type { WorldRay } from '../hands/xr-hand.ts'
import { edgeM } from './wearer-place.ts'

/** Thrown so fast, a stone lands 6 m away at most from a standing person's hand. */
const speedMPerS = 7
const gravity = 9.81
const farthestM = 6
const stepS = 0.04
/** Landed or not, it ends here. */
const longestS = 3

export interface TeleportArc {
  /** Along the throw, world metres, ending on the floor or where it leaves reach. */
  readonly points: readonly Vec3[]
  /** Where it meets the floor, undefined where that is out of reach or out of the room. */
  readonly landing: Vec3 | undefined
}

/** A throw along the hand's ray, down to the floor y = 0. */
export function teleportArc({ origin, direction }: WorldRay): TeleportArc {
  const at = (seconds: number): Vec3 => [
    origin[0] + direction[0] * speedMPerS * seconds,
    origin[1] + direction[1] * speedMPerS * seconds - (gravity / 2) * seconds ** 2,
    origin[2] + direction[2] * speedMPerS * seconds,
  ]
  const points: Vec3[] = []
  for (let seconds = 0; seconds < longestS; seconds += stepS) {
    const point = at(seconds)
    if (point[1] <= 0) break
    points.push(point)
  }
  const rise = direction[1] * speedMPerS
  const landsAfter = (rise + Math.sqrt(Math.max(0, rise ** 2 + 2 * gravity * origin[1]))) / gravity
  const [x, , z] = at(landsAfter)
  const landing: Vec3 = [x, 0, z]
  points.push(landing)
  const away = Math.hypot(x - origin[0], z - origin[2])
  const inRoom = Math.abs(x) <= edgeM && Math.abs(z) <= edgeM
  const lands = origin[1] > 0 && away <= farthestM && inRoom
  return { points, landing: lands ? landing : undefined }
}
