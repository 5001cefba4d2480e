import type { AnnotationKind } from '../../shared/conference/marks.ts'
import { distance } from '../../shared/geometry/measure.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import {
  add,
  cross,
  dot,
  length,
  normalize,
  scale,
  subtract,
} from '../../shared/geometry/vector.ts'
import type { AnnotationView } from '../conference/conference-view.ts'
import { changeMark } from './add-mark.ts'
import { type Easel, reachPx } from './easel.ts'
import type { StrokeOf } from './tool.ts'

/**
 * Takes the end of a mark under the hand, where this person may change that mark: a drag moves it
 * and measures anew. Without one, or where it is pressed and not dragged, a new stroke begins.
 */
export function correctOr<At>(
  easel: Easel<At>,
  from: At,
  begin: () => StrokeOf<At> | undefined,
): StrokeOf<At> | undefined {
  const held = endUnder(easel, from)
  if (!held) return begin()
  const { mark, index } = held
  const { annotationId, kind } = mark
  const start = mark.pointsMm[index]
  const points = (at: At): readonly Vec3[] => {
    const to = easel.pointAt(at, start)
    return to ? movedPoints(kind, mark.pointsMm, index, to) : mark.pointsMm
  }
  let done = () => {}
  let instead: StrokeOf<At> | undefined
  return {
    move: (at) => {
      done = easel.preview({ kind, pointsMm: points(at), annotationId })
    },
    onward: (at) => {
      if (!easel.still(from, at)) return undefined
      done()
      instead = begin()
      return instead?.onward?.(at)
    },
    end: (at) => {
      done()
      if (instead) instead.end(at)
      else if (!easel.still(from, at)) void changeMark(easel, mark, points(at))
    },
    cancel: () => done(),
  }
}

function endUnder<At>(
  easel: Easel<At>,
  at: At,
): { mark: AnnotationView; index: number } | undefined {
  const { annotations, shownVolumeId } = easel.session.getSnapshot()
  let nearest = reachPx
  let found: { mark: AnnotationView; index: number } | undefined
  for (const mark of annotations) {
    if (mark.volumeId !== shownVolumeId) continue
    if (easel.session.may('updateAnnotation', mark.annotationId) !== 'yes') continue
    for (const [index, end] of endsOf(mark).entries()) {
      const away = easel.pixelsTo(at, end)
      if (away === undefined || away > nearest) continue
      nearest = away
      found = { mark, index }
    }
  }
  return found
}

/** An outline is held where it begins. */
const endsOf = ({ kind, pointsMm }: AnnotationView): readonly Vec3[] =>
  kind === 'freehand' ? pointsMm.slice(0, 1) : pointsMm

/**
 * The points of a mark with one of them moved, patient mm. The middle of an ellipse and the beginning
 * of an outline take the whole along; an axis of an ellipse turns the other with it, which keeps its
 * length, and both stay in their plane.
 */
export function movedPoints(
  kind: AnnotationKind,
  pointsMm: readonly Vec3[],
  index: number,
  to: Vec3,
): readonly Vec3[] {
  const from = pointsMm[index]
  if (!from) return pointsMm
  const whole = kind === 'freehand' || (kind === 'ellipse' && index === 0)
  if (whole) return pointsMm.map((point) => add(point, subtract(to, from)))
  const moved = pointsMm.map((point, n) => (n === index ? to : point))
  const [centre, endA, endB] = pointsMm
  if (kind !== 'ellipse' || !centre || !endA || !endB) return moved
  const normal = cross(subtract(endA, centre), subtract(endB, centre))
  if (length(normal) === 0) return pointsMm
  const unitNormal = normalize(normal)
  const off = subtract(to, centre)
  const axis = subtract(off, scale(unitNormal, dot(off, unitNormal)))
  if (length(axis) < 1e-3) return pointsMm
  const across = normalize(index === 1 ? cross(unitNormal, axis) : cross(axis, unitNormal))
  const other = scale(across, distance(centre, index === 1 ? endB : endA))
  const [a, b] = index === 1 ? [axis, other] : [other, axis]
  return [centre, add(centre, a), add(centre, b)]
}
