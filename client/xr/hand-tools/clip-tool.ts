import { maximumClippingPlanes } from '../../../shared/conference/command.ts'
import { dot } from '../../../shared/geometry/vector.ts'
import { handPlaneId } from '../../tools/clip.ts'
import { setPlane } from '../../tools/planes.ts'
import type { RoomSpace } from '../room-space.ts'
import type { AimingHand, HandTool } from './hand-tool.ts'

/**
 * The hand is the blade: the plane lies across where the hand points, at the hand. What the hand
 * points at is kept and what is behind it, on the wearer's side, is cut away.
 */
export const clip: HandTool = {
  id: 'clip',
  name: 'Clip',
  aims: false,
  begin(space, hand) {
    const { session } = space.host
    if (session.may('setClippingPlane') !== 'yes') {
      space.refuse(hand, 'Only the person who leads can cut the volume.')
      return undefined
    }
    const others = space.host.shown().planes.filter(({ planeId }) => planeId !== handPlaneId)
    if (others.length >= maximumClippingPlanes) {
      space.refuse(hand, 'Six planes are in use: remove one first.')
      return undefined
    }
    return {
      move: (now) => space.drafts.show({ plane: planeAt(space, now) }),
      end: (now) => {
        const plane = planeAt(space, now)
        space.drafts.last({ plane }, setPlane(plane))
      },
      cancel: () => space.drafts.drop('plane'),
    }
  },
}

function planeAt({ host: { patient } }: RoomSpace, { grip, ray }: AimingHand) {
  const normal = patient.directionToPatient(ray.direction)
  const offsetMm = dot(normal, patient.toPatient(grip?.position ?? ray.origin))
  return { planeId: handPlaneId, normal, offsetMm, enabled: true }
}
