import type { AnnotationKind } from '../../shared/conference/marks.ts'
import { addMark } from './add-mark.ts'
import { correctOr } from './correct.ts'
import { drawDot, drawPoints, mayMark } from './draw.ts'
import { stageEasel } from './stage-easel.ts'
import type { Tool } from './tool.ts'

/** The stored value of the tissue that was pressed. */
export const probe: Tool = {
  id: 'probe',
  drags: false,
  begin(space, from) {
    const easel = stageEasel(space)
    return correctOr(easel, from, () => drawDot(easel, (hit) => addMark(easel, 'probe', [hit])))
  },
}

/** From tissue to tissue; an end that is beside all tissue is as deep as the first. */
export const lengthTool: Tool = measuring('length', 2)
/** One arm, its vertex, the other arm. */
export const angle: Tool = measuring('angle', 3)

/** A region lies in a plane: it is drawn where one is seen. */
export const ellipse: Tool = onSlices('ellipse', 'An ellipse')
export const freehand: Tool = onSlices('freehand', 'An outline')

function measuring(kind: 'length' | 'angle', count: number): Tool {
  return {
    id: kind,
    drags: false,
    begin(space, from) {
      const easel = stageEasel(space)
      const then = (pointsMm: Parameters<typeof addMark>[2]) => addMark(easel, kind, pointsMm)
      return correctOr(easel, from, () => drawPoints(easel, from, kind, count, then))
    },
  }
}

function onSlices(kind: AnnotationKind & Tool['id'], what: string): Tool {
  return {
    id: kind,
    drags: false,
    begin(space, from) {
      return correctOr(stageEasel(space), from, () => {
        if (mayMark(space)) space.notice(`${what} lies in a slice: draw it on one.`)
        return undefined
      })
    },
  }
}
