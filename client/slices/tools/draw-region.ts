import { mostPoints } from '../../../shared/conference/marks.ts'
import { regionArea } from '../../../shared/findings/mark-words.ts'
import { distance, ellipseWithin, polygonArea, thinned } from '../../../shared/geometry/measure.ts'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import type { SlicePlane } from '../../../shared/volume/slice.ts'
import { addMark } from '../../tools/add-mark.ts'
import { mayMark } from '../../tools/draw.ts'
import { type Easel, reachPx, stillPx } from '../../tools/easel.ts'
import type { StrokeOf } from '../../tools/tool.ts'
import type { SliceAt } from '../slice-space.ts'

/** What is smaller is a slip of the hand. */
const leastAreaMm2 = 0.01
/** A hand that draws leaves a corner every so many pixels. */
const cornerEveryPx = 1.5

/** An ellipse along the sides of the pane, from one corner of the rectangle around it to the other. */
export function drawEllipse(
  easel: Easel<SliceAt>,
  from: SliceAt,
  { columnMm, rowMm }: SlicePlane,
): StrokeOf<SliceAt> | undefined {
  const corner = mayMark(easel) ? easel.pointAt(from) : undefined
  if (!corner) return undefined
  const pointsTo = (at: SliceAt): readonly Vec3[] =>
    ellipseWithin(corner, easel.pointAt(at) ?? corner, columnMm, rowMm)
  let done = () => {}
  const stroke: StrokeOf<SliceAt> = {
    move: (at) => {
      done = easel.preview({ kind: 'ellipse', pointsMm: pointsTo(at) })
    },
    onward: (at) => (regionArea('ellipse', pointsTo(at)) < leastAreaMm2 ? stroke : undefined),
    end: (at) => {
      done()
      void addMark(easel, 'ellipse', pointsTo(at))
    },
    cancel: () => done(),
  }
  return stroke
}

/**
 * An outline, drawn by a drag and closed where it is let go, or corner by corner by presses and
 * closed by one at the first corner, or twice at the last.
 */
export function drawOutline(easel: Easel<SliceAt>, from: SliceAt): StrokeOf<SliceAt> | undefined {
  const first = mayMark(easel) ? easel.pointAt(from) : undefined
  if (!first) return undefined
  const points: Vec3[] = [first]
  let done = () => {}
  const show = (pointsMm: readonly Vec3[]) => {
    done = easel.preview({ kind: 'freehand', pointsMm })
  }
  const add = (at: SliceAt) => {
    const pointMm = easel.pointAt(at)
    const last = points.at(-1)
    const leastMm = cornerEveryPx * pixelMm(easel, at)
    if (pointMm && last && distance(pointMm, last) >= leastMm) points.push(pointMm)
  }
  const finish = () => {
    done()
    if (polygonArea(points) < leastAreaMm2) easel.notice('An outline goes around something.')
    else void addMark(easel, 'freehand', thinned(points, mostPoints))
  }
  const cancel = () => done()
  const within = (px: number, at: SliceAt, corner: Vec3 | undefined) =>
    corner !== undefined && (easel.pixelsTo(at, corner) ?? Number.POSITIVE_INFINITY) <= px
  const corners: StrokeOf<SliceAt> = {
    move: (at) => {
      const pointMm = easel.pointAt(at)
      show(pointMm ? [...points, pointMm] : points)
    },
    onward: (at) => {
      const closes = within(reachPx, at, first) || within(stillPx, at, points.at(-1))
      if (points.length >= 3 && closes) return undefined
      add(at)
      show(points)
      return corners
    },
    end: finish,
    cancel,
  }
  show(points)
  return {
    move: (at) => {
      add(at)
      show(points)
    },
    onward: (at) => {
      const drawn = points.length >= 3 && points.some((corner) => !within(stillPx, from, corner))
      return drawn ? undefined : cornersFrom(at)
    },
    end: (at) => {
      add(at)
      finish()
    },
    cancel,
  }

  function cornersFrom(at: SliceAt): StrokeOf<SliceAt> {
    // a press leaves one corner, however the hand has trembled; a short drag leaves two
    const still = easel.still(from, at)
    points.length = 1
    if (!still) add(at)
    show(points)
    return corners
  }
}

function pixelMm(easel: Easel<SliceAt>, at: SliceAt): number {
  const [here, beside] = [easel.pointAt(at), easel.pointAt({ x: at.x + 1, y: at.y })]
  return here && beside ? distance(here, beside) : 0
}
