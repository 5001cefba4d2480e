import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { ConferenceSession } from '../conference/conference-session.ts'
import type { MarkPreview, StoredValues } from '../scene/stage-space.ts'

/** What marks are drawn on: tissue seen in 3D, or a slice. `At` is where the hand is. */
export interface Easel<At> {
  readonly session: ConferenceSession
  /**
   * Patient mm; undefined where there is nothing to mark. Where there is a `depth`, a hand that is
   * beside the tissue is as deep as that point.
   */
  pointAt(at: At, depth?: Vec3): Vec3 | undefined
  /** Between a hand and a point of the patient, as the hand's pixels; undefined out of sight. */
  pixelsTo(at: At, pointMm: Vec3): number | undefined
  /** So near that a press and its release at the two were no drag. */
  still(a: At, b: At): boolean
  /** Shows a mark that is being drawn. What comes back ends it, unless a newer one is shown. */
  preview(mark: MarkPreview): () => void
  values(): StoredValues | undefined
  notice(text: string): void
}

/** Pixels: a hand that presses is not quite still. */
export const stillPx = 4
/** Pixels: an end of a mark is held from here. */
export const reachPx = 10

export const nearby = (a: { x: number; y: number }, b: { x: number; y: number }): boolean =>
  Math.hypot(a.x - b.x, a.y - b.y) < stillPx

const latest = new WeakMap<ConferenceSession, MarkPreview>()

/** One mark is drawn at a time, wherever: a late end does not wipe the next one away. */
export function previewing(
  session: ConferenceSession,
  show: (mark: MarkPreview | undefined) => void,
): Easel<unknown>['preview'] {
  return (mark) => {
    latest.set(session, mark)
    show(mark)
    return () => {
      if (latest.get(session) === mark) show(undefined)
    }
  }
}
