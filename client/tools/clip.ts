import { maximumClippingPlanes } from '../../shared/conference/command.ts'
import type { ClippingPlane } from '../../shared/conference/event.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { dot } from '../../shared/geometry/vector.ts'
import type { PointerAt, StageSpace } from '../scene/stage-space.ts'
import { lasting } from './lasting.ts'
import type { Tool } from './tool.ts'

export const handPlaneId = 'hand'

/**
 * Cuts: a drag to the right or down pushes a plane into the volume, away from who drags. It is the
 * plane last cut with by hand while one still looks along it, and a new one from another side.
 */
export const clip: Tool = {
  id: 'clip',
  drags: true,
  begin(space, from) {
    if (space.session.may('setClippingPlane') !== 'yes') {
      space.notice('Only the person who leads can cut the volume.')
      return undefined
    }
    const plane = planeInHand(space)
    if (!plane) {
      space.notice('Six planes are in use: remove one first.')
      return undefined
    }
    const at = (to: PointerAt): ClippingPlane => ({
      ...plane,
      offsetMm: plane.offsetMm + pushedMm(space, from, to),
    })
    return {
      move: (to) => space.draft({ plane: at(to) }),
      end: (to) => {
        const plane = at(to)
        lasting(space, { plane }, { type: 'setClippingPlane', ...plane })
      },
      cancel: () => space.draft(undefined),
    }
  },
}

function planeInHand(space: StageSpace): ClippingPlane | undefined {
  const { planes } = space.shown()
  const forward = space.patient.directionToPatient(space.camera.forward)
  const held = planes.find(({ planeId, enabled }) => planeId === handPlaneId && enabled)
  if (held && dot(held.normal, forward) > 0.7) return held
  const others = planes.filter(({ planeId }) => planeId !== handPlaneId)
  if (others.length >= maximumClippingPlanes) return undefined
  return facing(space, forward)
}

/** Along the view, and just in front of the volume: nothing is cut yet. */
function facing(space: StageSpace, forward: Vec3): ClippingPlane {
  const nearest = Math.min(...space.patient.corners.map((corner) => dot(corner, forward)))
  return { planeId: handPlaneId, normal: forward, offsetMm: nearest, enabled: true }
}

function pushedMm(space: StageSpace, from: PointerAt, to: PointerAt): number {
  const metres = space.camera.metresPerPixel(space.viewport())
  return ((to.x - from.x + to.y - from.y) * metres * 1000) / space.shown().pose.scale
}
