import { add, dot, scale, subtract } from '../../../shared/geometry/vector.ts'
import type { ToolId } from '../../scene/tool-id.ts'
import { addMark } from '../../tools/add-mark.ts'
import { drawDot, drawPoints } from '../../tools/draw.ts'
import { type Easel, previewing } from '../../tools/easel.ts'
import type { RoomSpace } from '../room-space.ts'
import { aimOf } from './aim.ts'
import type { AimingHand, HandTool } from './hand-tool.ts'

/** The value of the tissue the ray is on when the trigger is let go. */
export const probe: HandTool = {
  id: 'probe',
  name: 'Probe',
  aims: true,
  begin(space) {
    const easel = handEasel(space)
    return drawDot(easel, (hit) => addMark(easel, 'probe', [hit]))
  },
}

/** From the tissue the ray is on at the trigger to where it is let go. */
export const lengthTool: HandTool = {
  id: 'length',
  name: 'Length',
  aims: true,
  begin(space, hand) {
    const easel = handEasel(space)
    return drawPoints(easel, hand, 'length', 2, (pointsMm) => addMark(easel, 'length', pointsMm))
  },
}

/** What takes more than one press is measured on the page. */
export const onPage = (id: ToolId, name: string): HandTool => ({
  id,
  name,
  aims: false,
  begin(space, hand) {
    space.refuse(hand, `${name} is measured on the page, outside the headset.`)
    return undefined
  },
})

function handEasel(space: RoomSpace): Easel<AimingHand> {
  const { host } = space
  return {
    session: host.session,
    pointAt: (hand, depth) => {
      const { ray, end, touches } = aimOf(space, hand.ray)
      if (touches || !depth) return touches ? end : undefined
      const reach = Math.max(0, dot(subtract(depth, ray.origin), ray.direction))
      return add(ray.origin, scale(ray.direction, reach))
    },
    pixelsTo: () => undefined,
    still: () => false,
    preview: previewing(host.session, (mark) => host.previewMark(mark)),
    values: () => host.values?.(),
    notice: (text) => space.notice(text),
  }
}
