import { add, dot, length, scale, subtract } from '../../../shared/geometry/vector.ts'
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

/** From tissue to tissue: by a pull, or by a press at each end. */
export const lengthTool: HandTool = measuring('length', 'Length', 2)
/** One arm, its vertex, the other arm. */
export const angle: HandTool = measuring('angle', 'Angle', 3)

function measuring(kind: 'length' | 'angle', name: string, count: number): HandTool {
  return {
    id: kind,
    name,
    aims: true,
    begin(space, hand) {
      const easel = handEasel(space)
      return drawPoints(easel, hand, kind, count, (pointsMm) => addMark(easel, kind, pointsMm))
    },
  }
}

/** A region lies in a plane: it is drawn where one is seen. */
export const onSlice = (id: ToolId, name: string, what: string): HandTool => ({
  id,
  name,
  aims: false,
  begin(space, hand) {
    space.refuse(hand, `${what} lies in a slice: choose one on your wrist and draw it there.`)
    return undefined
  },
})

/** Radians, and metres: a hand that presses is not quite still. */
const stillTurn = 0.02
const stillM = 0.01

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
    still: ({ ray: a }, { ray: b }) =>
      length(subtract(a.direction, b.direction)) < stillTurn &&
      length(subtract(a.origin, b.origin)) < stillM,
    preview: previewing(host.session, (mark) => host.previewMark(mark)),
    values: () => host.values?.(),
    notice: (text) => space.notice(text),
  }
}
