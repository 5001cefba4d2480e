import { multiply, turnAbout } from '../../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { add, dot, scale, subtract } from '../../../shared/geometry/vector.ts'
import type { VolumePose } from '../../../shared/geometry/volume-pose.ts'
import { resized } from '../../tools/scale.ts'
import type { XrHand } from '../hands/xr-hand.ts'
import type { RoomSpace } from '../room-space.ts'
import type { AimingHand, HandStroke, HandTool } from './hand-tool.ts'
import { rightOf, sidewaysOf } from './sideways.ts'

/** A hand's 30 cm are a good half turn. */
const radiansPerM = 8
/** Twice the size for every 20 cm up. */
const doubleEveryM = 0.2

/** From afar: the hand's way across and up turns the volume about its own middle. */
export const turn: HandTool = {
  id: 'turn',
  name: 'Turn',
  aims: false,
  begin: (space, hand) =>
    posed(space, hand, (before) => {
      const moved = sidewaysOf(hand)
      const right = rightOf(hand)
      return (now) => {
        const { rightM, upM } = moved(now)
        const about = turnAbout([0, 1, 0], rightM * radiansPerM)
        const over = turnAbout(right, -upM * radiansPerM)
        return { ...before, rotation: multiply(about, multiply(over, before.rotation)) }
      }
    }),
}

/** From afar: the volume hangs on the hand's ray, as far out as it was. */
export const move: HandTool = {
  id: 'move',
  name: 'Move',
  aims: false,
  begin: (space, hand) =>
    posed(space, hand, (before) => {
      const { origin, direction } = hand.ray
      const reach = Math.max(0, dot(subtract(before.position, origin), direction))
      const end = ({ ray }: AimingHand): Vec3 => add(ray.origin, scale(ray.direction, reach))
      const from = end(hand)
      return (now) => ({
        ...before,
        position: add(before.position, subtract(end(now), from)),
      })
    }),
}

/** From afar: up is larger, about its own middle. */
export const scaling: HandTool = {
  id: 'scale',
  name: 'Size',
  aims: false,
  begin: (space, hand) =>
    posed(space, hand, (before) => {
      const moved = sidewaysOf(hand)
      return (now) => resized(before, before.scale * 2 ** (moved(now).upM / doubleEveryM))
    }),
}

function posed(
  space: RoomSpace,
  hand: XrHand,
  from: (before: VolumePose) => (now: AimingHand) => VolumePose,
): HandStroke | undefined {
  if (space.host.session.may('setVolumePose') !== 'yes') {
    space.refuse(hand, 'Only the person who leads can move the volume.')
    return undefined
  }
  const poseAt = from(space.host.shown().pose)
  return {
    move: (now) => space.drafts.show({ drag: poseAt(now) }),
    end: (now) => {
      const drag = poseAt(now)
      space.drafts.last({ drag }, { type: 'setVolumePose', ...drag })
    },
    cancel: () => space.drafts.drop('drag'),
  }
}
