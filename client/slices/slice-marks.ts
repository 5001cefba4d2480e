import { markPath, wordsPlace } from '../../shared/findings/mark-path.ts'
import { markWords } from '../../shared/findings/mark-words.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { AnnotationView } from '../conference/conference-view.ts'
import type { PaintedMark } from './paint-marks.ts'
import type { PaneFrame } from './pane-frame.ts'
import type { SliceAt } from './slice-space.ts'

export type SliceMark = Pick<AnnotationView, 'kind' | 'pointsMm' | 'colour'> &
  Partial<Pick<AnnotationView, 'text' | 'measured'>>

/** Beyond the plane a mark is still told of, faintly. */
export const faintWithinMm = 10
const arrowHeadPx = 9

/** The marks that a plane shows: those within `reachMm` of it, and fainter the ones beyond. */
export function marksOn(
  frame: PaneFrame,
  reachMm: number,
  marks: readonly SliceMark[],
): PaintedMark[] {
  return marks.flatMap((mark) => {
    const awayMm = distanceOf(frame, mark.pointsMm)
    if (awayMm > Math.max(reachMm, faintWithinMm)) return []
    return [paintedMark(frame, mark, awayMm > reachMm)]
  })
}

/** Of the nearest part of what its points span; nothing where they lie on either side. */
function distanceOf(frame: PaneFrame, pointsMm: readonly Vec3[]): number {
  const depths = pointsMm.map((point) => frame.depthOf(point))
  const [low, high] = [Math.min(...depths), Math.max(...depths)]
  return low <= 0 && high >= 0 ? 0 : Math.min(Math.abs(low), Math.abs(high))
}

function paintedMark(frame: PaneFrame, mark: SliceMark, faint: boolean): PaintedMark {
  const { kind, pointsMm, colour } = mark
  const paths = markPath(kind, pointsMm).map((path) => path.map((point) => frame.placeOf(point)))
  const lines = paths.filter((path) => path.length > 1)
  const ends = kind === 'length' || kind === 'angle' ? pointsMm : []
  const dots = [...paths.filter((path) => path.length === 1).flat(), ...ends.map(placeIn(frame))]
  const [tail, head] = kind === 'arrow' ? (lines[0] ?? []) : []
  if (tail && head) lines.push(arrowHead(tail, head))
  const at = wordsPlace(kind, pointsMm)
  return {
    colour,
    lines,
    dots,
    // what lies off the plane is told of, not read
    words: faint ? '' : markWords(mark),
    wordsAt: at ? frame.placeOf(at) : { x: 0, y: 0 },
    faint,
  }
}

const placeIn = (frame: PaneFrame) => (point: Vec3) => frame.placeOf(point)

function arrowHead(tail: SliceAt, head: SliceAt): SliceAt[] {
  const turn = Math.atan2(head.y - tail.y, head.x - tail.x)
  const barb = (aside: number) => ({
    x: head.x - arrowHeadPx * Math.cos(turn + aside),
    y: head.y - arrowHeadPx * Math.sin(turn + aside),
  })
  return [barb(0.45), head, barb(-0.45)]
}
