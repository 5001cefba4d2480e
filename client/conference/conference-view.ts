import type { AnnotationKind, ClippingPlane, Window } from '../../shared/conference/event.ts'
import type { CropBox, Curve, Prior, SegmentLook, Slicing } from '../../shared/conference/looks.ts'
import type { Measured } from '../../shared/conference/marks.ts'
import type { Role } from '../../shared/conference/role.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { VolumePose } from '../../shared/geometry/volume-pose.ts'
import type { RenderMode } from '../../shared/volume/render-mode.ts'
import type { Remedy } from '../connection/room-connection.ts'

/** The conference as a page shows it: a snapshot, never changed, a new one for every change. */
export interface ConferenceView {
  readonly link: Link
  readonly me: { participantId: string; role: Role; displayName: string; presents: boolean }
  readonly conferenceId: string
  readonly caseId: string
  readonly seq: number
  readonly presenterId: string
  readonly shownVolumeId: string
  readonly volumePose: VolumePose
  readonly window: Window
  readonly presetId: string
  /** Over the window; empty: the preset's own. */
  readonly curve: Curve
  readonly renderMode: RenderMode
  readonly isoValue: number
  readonly cropBox: CropBox | undefined
  /** Of every volume; what is not listed is hidden. */
  readonly segments: readonly SegmentLook[]
  readonly explode: number
  readonly slicing: Slicing
  readonly prior: Prior | undefined
  readonly clippingPlanes: readonly ClippingPlane[]
  readonly annotations: readonly AnnotationView[]
  readonly participants: readonly ParticipantView[]
}

/** The page's line to the room. */
export type Link =
  | { readonly state: 'connecting' }
  | { readonly state: 'connected' }
  | { readonly state: 'reconnecting'; readonly sinceMs: number }
  | { readonly state: 'ended'; readonly message: string; readonly remedy: Remedy }

export interface ParticipantView {
  readonly participantId: string
  readonly displayName: string
  readonly initials: string
  readonly role: Role
  readonly poseIndex: number
  /** CSS colour. */
  readonly colour: string
  readonly away: boolean
  readonly handRaised: boolean
  readonly presents: boolean
  readonly isMe: boolean
  /** Silenced by an attending. */
  readonly muted: boolean
  readonly microphone: 'none' | 'closed' | 'open'
  readonly speaking: boolean
  /** '' while they send none. */
  readonly voiceProducerId: string
  readonly viewProducerId: string
  readonly needsView: boolean
}

export interface AnnotationView {
  readonly annotationId: string
  readonly volumeId: string
  readonly kind: AnnotationKind
  readonly pointsMm: readonly Vec3[]
  readonly text: string
  readonly measured: Measured | undefined
  readonly authorId: string
  readonly authorName: string
  readonly colour: string
  readonly atMs: number
  readonly mine: boolean
}
