import type { CropBox, Curve, SegmentLook } from '../../shared/conference/looks.ts'
import type { ConferenceView } from '../conference/conference-view.ts'

/** What this page's person is dragging of the look: seen here alone until it is let go. */
export interface LookDraft {
  readonly curve?: Curve | undefined
  readonly isoValue?: number | undefined
  readonly cropBox?: CropBox | undefined
  readonly segment?: SegmentLook | undefined
  readonly explode?: number | undefined
}

/** The look of the state with a draft laid over it. */
export function lookOf(view: ConferenceView, draft: LookDraft) {
  return {
    presetId: view.presetId,
    renderMode: view.renderMode,
    curve: draft.curve ?? view.curve,
    isoValue: draft.isoValue ?? view.isoValue,
    cropBox: draft.cropBox ?? view.cropBox,
    segments: draft.segment ? withSegment(view.segments, draft.segment) : view.segments,
    explode: draft.explode ?? view.explode,
  }
}

function withSegment(segments: readonly SegmentLook[], one: SegmentLook): readonly SegmentLook[] {
  const others = segments.filter(
    ({ volumeId, labelId }) => volumeId !== one.volumeId || labelId !== one.labelId,
  )
  return [...others, one]
}
