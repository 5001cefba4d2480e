import { mayPoint } from '../../shared/conference/permissions.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { add, dot, scale, subtract } from '../../shared/geometry/vector.ts'
import type { PointerAt, StageSpace } from '../scene/stage-space.ts'
import type { Tool } from './tool.ts'

/** Points: the beam ends on the first tissue that can be seen, for everybody the same. */
export const laser: Tool = {
  id: 'laser',
  drags: false,
  begin(space, at) {
    point(space, at)
    return {
      move: (next) => point(space, next),
      end: () => space.showLaser(undefined),
      cancel: () => space.showLaser(undefined),
    }
  },
  hover: point,
  away: (space) => space.showLaser(undefined),
}

function point(space: StageSpace, { x, y }: PointerAt): void {
  if (!mayPoint(space.session.getSnapshot().me.role)) return
  const ray = space.patientRay(x, y)
  const hit = space.firstVisible(ray)
  space.showLaser({
    origin: ray.origin,
    end: hit ?? besideTheMiddle(ray.origin, ray.direction, space.patient.centreMm),
    touches: hit !== undefined,
  })
}

/** A beam that meets nothing ends where it passes the middle of the volume. */
export function besideTheMiddle(origin: Vec3, direction: Vec3, centre: Vec3): Vec3 {
  return add(origin, scale(direction, Math.max(0, dot(subtract(centre, origin), direction))))
}
