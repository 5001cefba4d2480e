import { type Curve, mostCurvePoints } from '../../../shared/conference/looks.ts'
import {
  heightOfOpacity,
  opacityAtHeight,
  withNewPoint,
  withoutPoint,
  withPoint,
} from '../../../shared/volume/transfer-function-edit.ts'
import { atBounds, type CurvePlane } from './curve-editor-axis.ts'
import type { CurveEditing } from './curve-editor-editing.ts'

/** Of the window across, of the whole height upwards. */
const step = 0.01
const coarser = 10

const arrows: Readonly<Record<string, readonly [across: number, up: number]>> = {
  ArrowLeft: [-step, 0],
  ArrowRight: [step, 0],
  ArrowUp: [0, step],
  ArrowDown: [0, -step],
}

type Key = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>

/**
 * What a key does to the point it is pressed on; false where it means nothing here. Arrows move it,
 * with Shift further, and it is everybody's once the key is let go; Delete takes it away, + makes
 * one beside it, Escape gives up.
 */
export function pressKey(
  editing: CurveEditing,
  plane: CurvePlane,
  index: number,
  { key, shiftKey, ctrlKey, metaKey, altKey }: Key,
  focus: (index: number) => void,
): boolean {
  if (ctrlKey || metaKey || altKey) return false
  const towards = arrows[key]
  const point = editing.shown[index]
  if (!point) return false
  if (towards) {
    const far = shiftKey ? coarser : 1
    const at = point.at + towards[0] * far
    const opacity =
      towards[1] === 0
        ? point.opacity
        : opacityAtHeight(heightOfOpacity(point.opacity) + towards[1] * far)
    editing.draft(withPoint(editing.shown, index, { at, opacity }, atBounds(plane)))
  } else if (key === 'Delete' || key === 'Backspace') {
    editing.commit(withoutPoint(editing.shown, index))
    focus(Math.max(0, index - 1))
  } else if (key === '+' || key === '=' || key === 'Insert') {
    const added = withPointBeside(editing.shown, index)
    if (!added) return false
    editing.commit(added.curve)
    focus(added.index)
  } else if (key === 'Escape') {
    editing.cancel()
  } else return false
  return true
}

export const isArrow = (key: string): boolean => key in arrows

/** A point on the line, half way to the next one, or to the one before the last; undefined where the curve is full. */
export function withPointBeside(
  curve: Curve,
  index: number | undefined,
): { curve: Curve; index: number } | undefined {
  if (curve.length >= mostCurvePoints) return undefined
  const left = Math.min(index ?? widest(curve), curve.length - 2)
  const [a, b] = [curve[left], curve[left + 1]]
  return a && b && withNewPoint(curve, (a.at + b.at) / 2)
}

/** Left end of the widest gap. */
function widest(curve: Curve): number {
  const gaps = curve.slice(1).map(({ at }, n) => at - (curve[n]?.at ?? at))
  return gaps.indexOf(Math.max(...gaps))
}
