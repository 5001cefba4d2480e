import type { AnnotationKind } from '../../shared/conference/marks.ts'
import { distance } from '../../shared/geometry/measure.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { Easel } from './easel.ts'
import type { StrokeOf } from './tool.ts'

export const nothingThere = 'There is no tissue here to mark: press on the volume.'
/** What is shorter is a press that was not meant to measure. */
const shortestMm = 0.05

export function mayMark({ session }: Pick<Easel<never>, 'session'>): boolean {
  return session.may('addAnnotation') === 'yes'
}

/** A press that becomes a mark of one point when it is let go over something. */
export function drawDot<At>(
  easel: Easel<At>,
  then: (pointMm: Vec3) => Promise<void>,
): StrokeOf<At> | undefined {
  if (!mayMark(easel)) return undefined
  return {
    move: () => undefined,
    end: (at) => {
      const pointMm = easel.pointAt(at)
      if (pointMm) void then(pointMm)
      else easel.notice(nothingThere)
    },
    cancel: () => undefined,
  }
}

/**
 * Points one after the other, by dragging from one to the next or by pressing at each. What is
 * beside the tissue is as deep as the first of them.
 */
export function drawPoints<At>(
  easel: Easel<At>,
  from: At,
  kind: AnnotationKind,
  count: number,
  then: (pointsMm: readonly Vec3[]) => Promise<void>,
): StrokeOf<At> | undefined {
  if (!mayMark(easel)) return undefined
  const first = easel.pointAt(from)
  if (!first) {
    easel.notice(nothingThere)
    return undefined
  }
  const after = (placed: readonly Vec3[], pressedAt: At | undefined): StrokeOf<At> => {
    let done = easel.preview({ kind, pointsMm: placed })
    const withNext = (at: At): readonly Vec3[] => {
      const next = easel.pointAt(at, first)
      return next && apart(next, placed) ? [...placed, next] : placed
    }
    return {
      move: (at) => {
        done = easel.preview({ kind, pointsMm: withNext(at) })
      },
      onward: (at) => {
        if (pressedAt !== undefined && easel.still(pressedAt, at)) return after(placed, undefined)
        const points = withNext(at)
        return points.length < count ? after(points, undefined) : undefined
      },
      end: (at) => {
        done()
        const points = withNext(at)
        if (points.length === count) void then(points)
      },
      cancel: () => done(),
    }
  }
  return after([first], from)
}

const apart = (point: Vec3, placed: readonly Vec3[]): boolean => {
  const last = placed.at(-1)
  return !last || distance(point, last) >= shortestMm
}
