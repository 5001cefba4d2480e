import { type MouseEvent, type PointerEvent, useEffect, useRef } from 'react'
import { type Curve, mostCurvePoints } from '../../../shared/conference/looks.ts'
import {
  curveAt,
  fewestPoints,
  withNewPoint,
  withoutPoint,
  withPoint,
} from '../../../shared/volume/transfer-function-edit.ts'
import {
  atBounds,
  atOfX,
  type CurvePlane,
  opacityOfY,
  pointNear,
  xOfAt,
  yOfOpacity,
} from './curve-editor-axis.ts'
import type { CurveEditing } from './curve-editor-editing.ts'

const reachPx = { fine: 11, touch: 22 }
/** A point that is dragged so far out of the drawing is taken away. */
const outPx = 28

interface Drag {
  readonly index: number
  readonly from: Curve
  /** From the pointer to the point it took hold of. */
  readonly gripPx: readonly [number, number]
}

/**
 * A press on a point drags it, one on the line makes a point there; a double press makes one
 * anywhere, and takes away one that is there. Escape gives up a drag.
 */
export function useCurveDrag(
  plane: CurvePlane,
  editing: CurveEditing,
  mayChange: boolean,
  focus: (index: number) => void,
) {
  const drag = useRef<Drag>(undefined)
  /** Whether each of the last two presses made a point: a double press on the line makes one. */
  const made = useRef<readonly boolean[]>([])
  const giveUp = useRef(() => {})
  giveUp.current = () => {
    drag.current = undefined
    editing.cancel()
  }
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !drag.current) return
      event.preventDefault()
      event.stopPropagation()
      giveUp.current()
    }
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  }, [])

  const take = (index: number, from: Curve, gripPx: Drag['gripPx']) => {
    drag.current = { index, from, gripPx }
    editing.choose(index)
    focus(index)
  }
  const add = ([x, y]: readonly [number, number]) => {
    const added = withNewPoint(editing.shown, clamped(plane, x), opacityOfY(plane, y))
    editing.choose(added.index)
    focus(added.index)
    return added
  }
  const isFull = editing.shown.length >= mostCurvePoints

  return {
    onPointerDown(event: PointerEvent<SVGSVGElement>) {
      if (event.button !== 0) return
      const place = placeIn(event)
      const reach = event.pointerType === 'touch' ? reachPx.touch : reachPx.fine
      const index = pointNear(plane, editing.shown, place, reach)
      const lineY = yOfOpacity(plane, curveAt(editing.shown, atOfX(plane, place[0])).opacity)
      const onLine = index === undefined && Math.abs(place[1] - lineY) <= reach / 1.5
      const makes = mayChange && onLine && !isFull
      made.current = [made.current.at(-1) ?? false, makes]
      if (index === undefined && !makes) {
        editing.choose(undefined)
        return
      }
      event.preventDefault() // no selection, and the focus goes to the point
      if (!mayChange) {
        if (index !== undefined) take(index, editing.shown, [0, 0])
        drag.current = undefined
        return
      }
      event.currentTarget.setPointerCapture(event.pointerId)
      if (index !== undefined) {
        take(index, editing.shown, gripOf(plane, editing.shown, index, place))
        return
      }
      const added = add([place[0], lineY])
      editing.draft(added.curve)
      drag.current = { index: added.index, from: added.curve, gripPx: [0, 0] }
    },

    onPointerMove(event: PointerEvent<SVGSVGElement>) {
      const held = drag.current
      if (!held) return
      const [x, y] = placeIn(event)
      const { index, from, gripPx } = held
      if (isOut(plane, x, y) && from.length > fewestPoints) {
        editing.choose(undefined)
        editing.draft(withoutPoint(from, index))
        return
      }
      editing.choose(index)
      const at = clamped(plane, x + gripPx[0])
      const opacity = opacityOfY(plane, y + gripPx[1])
      editing.draft(withPoint(from, index, { at, opacity }, atBounds(plane)))
    },

    onPointerUp() {
      if (!drag.current) return
      drag.current = undefined
      editing.commitDraft()
    },

    onPointerCancel: () => giveUp.current(),

    onDoubleClick(event: MouseEvent<SVGSVGElement>) {
      if (!mayChange || made.current.includes(true)) return
      const place = placeIn(event)
      const index = pointNear(plane, editing.shown, place, reachPx.fine)
      if (index !== undefined) editing.commit(withoutPoint(editing.shown, index))
      else if (!isFull) editing.commit(add(place).curve)
    },
  }
}

const placeIn = (event: PointerEvent<Element> | MouseEvent<Element>): [number, number] => {
  const { left, top } = event.currentTarget.getBoundingClientRect()
  return [event.clientX - left, event.clientY - top]
}

function clamped(plane: CurvePlane, x: number): number {
  const [low, high] = atBounds(plane)
  return Math.min(high, Math.max(low, atOfX(plane, x)))
}

function gripOf(
  plane: CurvePlane,
  curve: Curve,
  index: number,
  [x, y]: readonly [number, number],
): [number, number] {
  const point = curve[index]
  if (!point) return [0, 0]
  return [xOfAt(plane, point.at) - x, yOfOpacity(plane, point.opacity) - y]
}

const isOut = ({ width, height }: CurvePlane, x: number, y: number) =>
  x < -outPx || x > width + outPx || y < -outPx || y > height + outPx
