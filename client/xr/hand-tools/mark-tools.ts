import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { add, length, scale, subtract } from '../../../shared/geometry/vector.ts'
import { mark, mayMark, nothingThere, shortestArrowMm } from '../../tools/mark.ts'
import type { XrHand } from '../hands/xr-hand.ts'
import type { RoomSpace } from '../room-space.ts'
import { aimOf } from './aim.ts'
import type { AimingHand, HandStroke, HandTool } from './hand-tool.ts'

/** A dot on the tissue the ray is on when the trigger is let go. */
export const point: HandTool = {
  id: 'point',
  name: 'Point',
  aims: true,
  begin: (space, hand) =>
    whenReleased(space, hand, async (hit) => {
      await space.host.session.command({ type: 'addAnnotation', ...mark('point', [hit]) })
    }),
}

/** Words on the tissue the ray is on when the trigger is let go. */
export const text: HandTool = {
  id: 'text',
  name: 'Text',
  aims: true,
  begin: (space, hand) =>
    whenReleased(space, hand, async (hit) => {
      const words = (await space.askForText())?.trim()
      if (!words) return
      const asked = { type: 'addAnnotation', ...mark('text', [hit]), text: words } as const
      await space.host.session.command(asked)
    }),
}

/** Press on what is meant, and pull the tail out of it with the hand. */
export const arrow: HandTool = {
  id: 'arrow',
  name: 'Arrow',
  aims: true,
  begin(space, hand) {
    if (!mayMarkOrSay(space, hand)) return undefined
    const { host } = space
    const aim = aimOf(space, hand.ray)
    if (!aim.touches) {
      space.refuse(hand, nothingThere)
      return undefined
    }
    const head = aim.end
    const from = handAt(space, hand)
    const tailAt = (now: AimingHand): Vec3 => {
      const pulled = subtract(handAt(space, now), from)
      if (length(pulled) >= shortestArrowMm) return add(head, pulled)
      // hardly moved: it comes from where the hand is
      return add(head, scale(aim.ray.direction, -4 * shortestArrowMm))
    }
    return {
      move: (now) => host.previewMark({ kind: 'arrow', pointsMm: [tailAt(now), head] }),
      end: (now) => {
        host.previewMark(undefined)
        const pointsMm = [tailAt(now), head]
        void host.session.command({ type: 'addAnnotation', ...mark('arrow', pointsMm) })
      },
      cancel: () => host.previewMark(undefined),
    }
  },
}

function whenReleased(
  space: RoomSpace,
  hand: XrHand,
  then: (hit: Vec3) => Promise<void>,
): HandStroke | undefined {
  if (!mayMarkOrSay(space, hand)) return undefined
  return {
    move: () => undefined,
    end: (now) => {
      const { end, touches } = aimOf(space, now.ray)
      if (touches) void then(end)
      else space.refuse(now, nothingThere)
    },
    cancel: () => undefined,
  }
}

function mayMarkOrSay(space: RoomSpace, hand: XrHand): boolean {
  if (mayMark(space.host)) return true
  space.refuse(hand, 'Observers watch: they make no marks.')
  return false
}

const handAt = ({ host }: RoomSpace, { grip, ray }: AimingHand): Vec3 =>
  host.patient.toPatient(grip?.position ?? ray.origin)
