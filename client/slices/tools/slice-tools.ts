import { type AnnotationKind, mayBeMeasured } from '../../../shared/conference/marks.ts'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import type { ToolId } from '../../scene/tool-id.ts'
import { addMark } from '../../tools/add-mark.ts'
import { correctOr } from '../../tools/correct.ts'
import { drawDot, drawPoints } from '../../tools/draw.ts'
import type { Easel } from '../../tools/easel.ts'
import type { StrokeOf } from '../../tools/tool.ts'
import type { SliceAt, SliceSpace, SliceTool } from '../slice-space.ts'
import { drawEllipse, drawOutline } from './draw-region.ts'
import { goingOn } from './going-on.ts'
import { laser } from './laser.ts'
import { sliceEasel } from './slice-easel.ts'

/**
 * What marking and measuring does on a slice. A press at the end of a mark that one may change takes
 * that end; anywhere else it begins a new mark.
 */
export const sliceTools: Partial<Record<ToolId, SliceTool>> = {
  laser,
  point: dot('point'),
  probe: dot('probe'),
  text: marking('text', (easel, _, space) =>
    drawDot(easel, async (pointMm) => {
      const words = (await space.askForText())?.trim()
      if (words) await addMark(easel, 'text', [pointMm], words)
    }),
  ),
  arrow: marking('arrow', (easel, at) => {
    const fromHead = headLast(easel)
    return drawPoints(fromHead, at, 'arrow', 2, ([head, tail]) =>
      head && tail ? addMark(easel, 'arrow', [tail, head]) : Promise.resolve(),
    )
  }),
  length: chain('length', 2),
  angle: chain('angle', 3),
  ellipse: marking('ellipse', (easel, at, space) => drawEllipse(easel, at, space.plane())),
  freehand: marking('freehand', drawOutline),
}

/** The end of a mark under the hand, for whichever tool is active: undefined where there is none. */
export function heldEnd(space: SliceSpace, at: SliceAt): StrokeOf<SliceAt> | undefined {
  return correctOr(sliceEasel(space), at, () => undefined)
}

type Draw = (easel: Easel<SliceAt>, at: SliceAt, space: SliceSpace) => StrokeOf<SliceAt> | undefined

function marking(tool: AnnotationKind & ToolId, draw: Draw): SliceTool {
  return goingOn(tool, (space, at) => {
    const easel = sliceEasel(space)
    return correctOr(easel, at, () => {
      if (!space.ofPrior || !mayBeMeasured(tool)) return draw(easel, at, space)
      space.notice('Probes and regions read the shown series. To measure the prior, show it first.')
      return undefined
    })
  })
}

function dot(kind: AnnotationKind & ToolId): SliceTool {
  return marking(kind, (easel) => drawDot(easel, (pointMm) => addMark(easel, kind, [pointMm])))
}

function chain(kind: 'length' | 'angle', count: number): SliceTool {
  const then = (easel: Easel<SliceAt>) => (pointsMm: readonly Vec3[]) =>
    addMark(easel, kind, pointsMm)
  return marking(kind, (easel, at) => drawPoints(easel, at, kind, count, then(easel)))
}

/** One presses on what is meant and pulls the tail out of it, but an arrow is [tail, head]. */
function headLast(easel: Easel<SliceAt>): Easel<SliceAt> {
  return {
    ...easel,
    preview: (mark) => easel.preview({ ...mark, pointsMm: mark.pointsMm.toReversed() }),
  }
}
