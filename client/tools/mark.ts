import type { Vec3 } from '../../shared/geometry/transform.ts'
import { add, length, scale, subtract } from '../../shared/geometry/vector.ts'
import type { PointerAt, StageSpace } from '../scene/stage-space.ts'
import { addMark, mark } from './add-mark.ts'
import { correctOr } from './correct.ts'
import { drawDot, mayMark, nothingThere } from './draw.ts'
import { atDepthOf, stageEasel } from './stage-easel.ts'
import type { Stroke, Tool } from './tool.ts'

export { mark, mayMark, nothingThere }

/** A dot on the tissue that was pressed. */
export const point: Tool = {
  id: 'point',
  drags: false,
  begin(space, from) {
    const easel = stageEasel(space)
    return correctOr(easel, from, () => drawDot(easel, (hit) => addMark(easel, 'point', [hit])))
  },
}

/** Words on the tissue that was pressed. */
export const text: Tool = {
  id: 'text',
  drags: false,
  begin(space, from) {
    const easel = stageEasel(space)
    const write = async (hit: Vec3) => {
      const words = (await space.askForText())?.trim()
      if (words) await addMark(easel, 'text', [hit], words)
    }
    return correctOr(easel, from, () => drawDot(easel, write))
  },
}

export const shortestArrowMm = 5

/** Press on what is meant and pull the tail out of it. */
export const arrow: Tool = {
  id: 'arrow',
  drags: false,
  begin(space, from) {
    return correctOr(stageEasel(space), from, () => drawArrow(space, from))
  },
}

function drawArrow(space: StageSpace, from: PointerAt): Stroke | undefined {
  if (!mayMark(space)) return undefined
  const easel = stageEasel(space)
  const head = easel.pointAt(from)
  if (!head) {
    space.notice(nothingThere)
    return undefined
  }
  let done = () => {}
  return {
    move: (at) => {
      done = easel.preview({ kind: 'arrow', pointsMm: [tailAt(space, head, at), head] })
    },
    end: (at) => {
      done()
      void addMark(easel, 'arrow', [tailAt(space, head, at), head])
    },
    cancel: () => done(),
  }
}

/** At the head's depth, or up and to the left where the pointer has hardly moved. */
function tailAt(space: StageSpace, head: Vec3, at: PointerAt): Vec3 {
  const tail = atDepthOf(space, head, at)
  if (length(subtract(tail, head)) >= shortestArrowMm) return tail
  const right = space.patient.directionToPatient(space.camera.right)
  const up = space.patient.directionToPatient(space.camera.up)
  return add(head, add(scale(right, -20), scale(up, 20)))
}
