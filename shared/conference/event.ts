import type { Quaternion } from '../geometry/quaternion.ts'
import type { Vec3 } from '../geometry/transform.ts'
import type { RenderMode } from '../volume/render-mode.ts'
import type { CropBox, Curve, Prior, SegmentLook, Slicing } from './looks.ts'
import type { AnnotationKind, Measured } from './marks.ts'

export type { AnnotationKind } from './marks.ts'

/**
 * What has happened in a conference, in the past tense. An event carries everything `applyEvent`
 * needs: a replay asks neither the case nor the presets of its day. Every command that is accepted
 * is one event, so `seq` counts both.
 */
export type ConferenceEvent =
  | ({ type: 'conferenceOpened'; conferenceId: string; caseId: string } & OpeningView)
  | ({ type: 'viewReset' } & OpeningView)
  | {
      type: 'volumeShown'
      volumeId: string
      window: Window
      presetId: string
      /**
       * False where the volume lies in another frame of reference: planes, box, crosshair and prior
       * mean nothing there.
       */
      keepPlanes: boolean
    }
  | { type: 'volumePosed'; volumePose: Pose }
  | { type: 'windowSet'; window: Window }
  | { type: 'presetChosen'; presetId: string; window: Window; renderMode?: RenderMode }
  | { type: 'curveSet'; curve: Curve }
  | { type: 'renderModeSet'; renderMode: RenderMode; isoValue: number }
  | { type: 'cropBoxSet'; cropBox: CropBox }
  | { type: 'segmentsSet'; segments: readonly SegmentLook[] }
  | { type: 'segmentsExploded'; explode: number }
  | { type: 'slicingSet'; slicing: Partial<Slicing> }
  | { type: 'priorSet'; prior: Prior }
  | { type: 'priorRemoved' }
  | { type: 'clippingPlaneSet'; plane: ClippingPlane }
  | { type: 'clippingPlaneRemoved'; planeId: string }
  | { type: 'annotationAdded'; annotation: Annotation }
  | {
      type: 'annotationUpdated'
      annotationId: string
      pointsMm?: readonly Vec3[]
      text?: string
      measured?: Measured
    }
  | { type: 'annotationDeleted'; annotationId: string }
  | { type: 'presenterChanged'; participantId: string }
  | { type: 'handRaised'; participantId: string; raised: boolean }
  | { type: 'participantsMuted'; participantIds: readonly string[]; muted: boolean }
  | { type: 'conferenceClosed' }

export interface Window {
  readonly windowCenter: number
  readonly windowWidth: number
}

interface Pose {
  readonly position: Vec3
  readonly rotation: Quaternion
  readonly scale: number
}

interface OpeningView {
  readonly volumeId: string
  readonly window: Window
  readonly presetId: string
  readonly volumePose: Pose
}

export interface ClippingPlane {
  readonly planeId: string
  /** Unit length, patient axes. Keeps the side dot(normal, p) ≥ offsetMm. */
  readonly normal: Vec3
  readonly offsetMm: number
  readonly enabled: boolean
}

export interface Annotation {
  readonly annotationId: string
  readonly volumeId: string
  readonly kind: AnnotationKind
  /** Patient mm. */
  readonly pointsMm: readonly Vec3[]
  readonly text?: string
  readonly measured?: Measured
  readonly authorId: string
  readonly authorName: string
  readonly authorColour: number
  readonly atMs: number
}
