import type { Asked } from '../../client/conference/conference-session.ts'
import type { PoseSample } from '../../shared/protocol/pose-sample.ts'

/** What a bot does over and over while a round lasts. */
export type Activity =
  /** Shows a laser; `dragging`: and the volume on its way, as a presenter's hand does. */
  | { readonly do: 'point'; readonly hz: number; readonly dragging?: boolean }
  /** Lets go of the volume, sets a clipping plane, leaves a mark: one command each time. */
  | { readonly do: 'move' | 'cut' | 'mark'; readonly everyMs: number }

export const periodMs = (activity: Activity): number =>
  activity.do === 'point' ? 1000 / activity.hz : activity.everyMs

/** The volume on its way through the room, a metre to and fro. */
export const dragged = (nth: number): PoseSample => ({ drag: volumePose(nth) })

/** The nth time; different each time, so that no change is empty. */
export function commandOf(what: 'move' | 'cut' | 'mark', botName: string, nth: number): Asked {
  switch (what) {
    case 'move':
      return { type: 'setVolumePose', ...volumePose(nth) }
    case 'cut':
      return {
        type: 'setClippingPlane',
        planeId: 'cut',
        normal: [0, 0, 1],
        offsetMm: nth % 100,
        enabled: true,
      }
    case 'mark':
      return {
        type: 'addAnnotation',
        annotationId: `${botName}:${nth}`,
        kind: 'point',
        pointsMm: [[nth % 200, (nth * 7) % 200, (nth * 13) % 200]],
      }
  }
}

function volumePose(nth: number) {
  const position = [Math.sin(nth / 10) / 2, 1.3, -0.8] as const
  return { position, rotation: [0, 0, 0, 1] as const, scale: 1 }
}
