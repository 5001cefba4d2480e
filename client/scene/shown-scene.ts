import type { ClippingPlane, Window } from '../../shared/conference/event.ts'
import type { VolumePose } from '../../shared/geometry/volume-pose.ts'
import type { PoseSample } from '../../shared/protocol/pose-sample.ts'
import type { ConferenceView } from '../conference/conference-view.ts'

/** What is being dragged right now, by this person or by whoever leads: not yet in the state. */
export type Draft = Pick<PoseSample, 'drag' | 'plane' | 'window'>

export interface ShownScene {
  readonly pose: VolumePose
  readonly window: Window
  readonly planes: readonly ClippingPlane[]
}

/** The state with what is being dragged laid over it. */
export function shownScene(view: ConferenceView, draft: Draft): ShownScene {
  return {
    pose: draft.drag ?? view.volumePose,
    window: draft.window ?? view.window,
    planes: withPlane(view.clippingPlanes, draft.plane),
  }
}

function withPlane(
  planes: readonly ClippingPlane[],
  dragged: Draft['plane'],
): readonly ClippingPlane[] {
  if (!dragged) return planes
  const plane = { ...dragged, enabled: true }
  const others = planes.filter(({ planeId }) => planeId !== dragged.planeId)
  return [...others, plane]
}
