import type { Vec3 } from '../../../shared/geometry/transform.ts'
import type { Ray } from '../../scene/own-camera.ts'
import { besideTheMiddle } from '../../tools/laser.ts'
import type { WorldRay } from '../hands/xr-hand.ts'
import type { RoomSpace } from '../room-space.ts'

/** Where a hand's ray ends, patient mm: on the first visible tissue, or past the volume's middle. */
export interface Aim {
  readonly ray: Ray
  readonly end: Vec3
  readonly touches: boolean
}

export function aimOf({ host }: Pick<RoomSpace, 'host'>, world: WorldRay): Aim {
  const ray = host.patient.rayToPatient(world)
  const hit = host.firstVisible(ray)
  return {
    ray,
    end: hit ?? besideTheMiddle(ray.origin, ray.direction, host.patient.centreMm),
    touches: hit !== undefined,
  }
}
