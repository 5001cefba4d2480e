import type { AnnotationKind } from '../../shared/conference/event.ts'
import type { Role } from '../../shared/conference/role.ts'
import type { AnnotationState, ConferenceState } from '../../shared/conference/state.ts'
import type { Quaternion } from '../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { openingPose } from '../../shared/geometry/volume-pose.ts'
import { initialsOf, participantColour } from '../../shared/protocol/participant-colours.ts'
import type { AnnotationView, ConferenceView, Link, ParticipantView } from './conference-view.ts'

export interface Me {
  readonly participantId: string
  readonly role: Role
  readonly displayName: string
}

export function emptyView(me: Me): ConferenceView {
  return {
    link: { state: 'connecting' },
    me: { ...me, presents: false },
    conferenceId: '',
    caseId: '',
    seq: 0,
    presenterId: '',
    shownVolumeId: '',
    volumePose: openingPose,
    window: { windowCenter: 0, windowWidth: 1 },
    presetId: '',
    clippingPlanes: [],
    annotations: [],
    participants: [],
  }
}

/** A snapshot of what the server last told; the durable part is made anew only when `seq` moved. */
export function viewOf(
  state: ConferenceState,
  me: Me,
  link: Link,
  before: ConferenceView,
): ConferenceView {
  const durable =
    state.seq === before.seq ? before : { ...before, ...durablePart(state, me, before) }
  const participants = [...state.participants.values()].map(
    (participant): ParticipantView => ({
      participantId: participant.participantId,
      displayName: participant.displayName,
      initials: initialsOf(participant.displayName),
      role: participant.role as Role,
      poseIndex: participant.poseIndex,
      colour: participantColour(participant.colour),
      away: participant.presence === 'away',
      handRaised: participant.handRaised,
      presents: participant.participantId === state.presenterId,
      isMe: participant.participantId === me.participantId,
      muted: participant.muted,
      microphone: participant.microphone as ParticipantView['microphone'],
      speaking: participant.speaking,
      voiceProducerId: participant.voiceProducerId,
      viewProducerId: participant.viewProducerId,
      needsView: participant.needsView,
    }),
  )
  return {
    ...durable,
    link,
    me: { ...me, presents: state.presenterId === me.participantId },
    participants,
  }
}

function durablePart(state: ConferenceState, me: Me, before: ConferenceView) {
  const known = new Map(before.annotations.map((mark) => [mark.annotationId, mark]))
  return {
    conferenceId: state.conferenceId,
    caseId: state.caseId,
    seq: state.seq,
    presenterId: state.presenterId,
    shownVolumeId: state.shownVolumeId,
    presetId: state.presetId,
    volumePose: {
      position: vec3(state.volumePose.position),
      rotation: [...state.volumePose.rotation] as unknown as Quaternion,
      scale: state.volumePose.scale,
    },
    window: { ...state.window.toJSON() } as ConferenceView['window'],
    clippingPlanes: [...state.clippingPlanes.values()].map((plane) => ({
      planeId: plane.planeId,
      normal: vec3(plane.normal),
      offsetMm: plane.offsetMm,
      enabled: plane.enabled,
    })),
    annotations: [...state.annotations.values()].map((annotation) =>
      annotationView(annotation, me, known.get(annotation.annotationId)),
    ),
  }
}

/** The one that is known where nothing of it has changed, so that nobody draws it again. */
function annotationView(
  annotation: AnnotationState,
  me: Me,
  known: AnnotationView | undefined,
): AnnotationView {
  const text = annotation.text ?? ''
  const pointsMm = [...annotation.pointsMm].map(({ x, y, z }): Vec3 => [x, y, z])
  const same =
    known?.text === text &&
    known.atMs === annotation.atMs &&
    known.pointsMm.every((point, n) => point.every((mm, axis) => mm === pointsMm[n]?.[axis]))
  if (same) return known
  return {
    annotationId: annotation.annotationId,
    volumeId: annotation.volumeId,
    kind: annotation.kind as AnnotationKind,
    pointsMm,
    text,
    authorId: annotation.authorId,
    authorName: annotation.authorName,
    colour: participantColour(annotation.authorColour),
    atMs: annotation.atMs,
    mine: annotation.authorId === me.participantId,
  }
}

const vec3 = (numbers: Iterable<number>): Vec3 => [...numbers] as unknown as Vec3
