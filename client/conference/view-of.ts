import type { AnnotationKind } from '../../shared/conference/event.ts'
import type { Prior, Slicing } from '../../shared/conference/looks.ts'
import type { Measured } from '../../shared/conference/marks.ts'
import type { Role } from '../../shared/conference/role.ts'
import type { AnnotationState, ConferenceState } from '../../shared/conference/state.ts'
import type { Quaternion } from '../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { openingPose } from '../../shared/geometry/volume-pose.ts'
import { initialsOf, participantColour } from '../../shared/protocol/participant-colours.ts'
import type { RenderMode } from '../../shared/volume/render-mode.ts'
import type { Projection } from '../../shared/volume/slice.ts'
import type { AnnotationView, ConferenceView, Link, ParticipantView } from './conference-view.ts'

export const openingSlicing: Slicing = {
  crosshairMm: undefined,
  slabMm: 0,
  projection: 'average',
  obliqueRotation: [0, 0, 0, 1],
}

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
    curve: [],
    renderMode: 'composite',
    isoValue: 0,
    cropBox: undefined,
    segments: [],
    explode: 0,
    slicing: openingSlicing,
    prior: undefined,
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
      rotation: quaternion(state.volumePose.rotation),
      scale: state.volumePose.scale,
    },
    window: { ...state.window.toJSON() } as ConferenceView['window'],
    ...looksOf(state, before),
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

type Looks = Pick<
  ConferenceView,
  'curve' | 'renderMode' | 'isoValue' | 'cropBox' | 'segments' | 'explode' | 'slicing' | 'prior'
>

/** Parts that are equal to what was there before stay the same objects: nobody draws them again. */
function looksOf(state: ConferenceState, before: ConferenceView): Looks {
  const { cropBox, slicing, prior } = state
  const now: Looks = {
    curve: [...state.curve].map(({ at, r, g, b, opacity }) => ({ at, r, g, b, opacity })),
    renderMode: state.renderMode as RenderMode,
    isoValue: state.isoValue,
    cropBox:
      cropBox.minMm.length === 3
        ? { minMm: vec3(cropBox.minMm), maxMm: vec3(cropBox.maxMm), enabled: cropBox.enabled }
        : undefined,
    segments: [...state.segments.values()].map(({ volumeId, labelId, visible, opacity }) => ({
      volumeId,
      labelId,
      visible,
      opacity,
    })),
    explode: state.explode,
    slicing: {
      crosshairMm: slicing.crosshairMm.length === 3 ? vec3(slicing.crosshairMm) : undefined,
      slabMm: slicing.slabMm,
      projection: slicing.projection as Projection,
      obliqueRotation:
        slicing.obliqueRotation.length === 4
          ? quaternion(slicing.obliqueRotation)
          : openingSlicing.obliqueRotation,
    },
    prior: prior.volumeId
      ? {
          volumeId: prior.volumeId,
          arrangement: prior.arrangement as Prior['arrangement'],
          blend: prior.blend,
          alignment: prior.alignment as Prior['alignment'],
          translationMm: vec3(prior.translationMm),
          rotation: quaternion(prior.rotation),
          alignedBy: prior.alignedBy,
        }
      : undefined,
  }
  const kept = Object.entries(now).map(([key, part]) => {
    const was = before[key as keyof Looks]
    return [key, JSON.stringify(part) === JSON.stringify(was) ? was : part]
  })
  return Object.fromEntries(kept) as Looks
}

/** The one that is known where nothing of it has changed, so that nobody draws it again. */
function annotationView(
  annotation: AnnotationState,
  me: Me,
  known: AnnotationView | undefined,
): AnnotationView {
  const text = annotation.text ?? ''
  const measured = annotation.measured?.toJSON() as Measured | undefined
  const pointsMm = [...annotation.pointsMm].map(({ x, y, z }): Vec3 => [x, y, z])
  const same =
    known?.text === text &&
    known.atMs === annotation.atMs &&
    JSON.stringify(known.measured) === JSON.stringify(measured) &&
    known.pointsMm.length === pointsMm.length &&
    known.pointsMm.every((point, n) => point.every((mm, axis) => mm === pointsMm[n]?.[axis]))
  if (same) return known
  return {
    annotationId: annotation.annotationId,
    volumeId: annotation.volumeId,
    kind: annotation.kind as AnnotationKind,
    pointsMm,
    text,
    measured,
    authorId: annotation.authorId,
    authorName: annotation.authorName,
    colour: participantColour(annotation.authorColour),
    atMs: annotation.atMs,
    mine: annotation.authorId === me.participantId,
  }
}

const quaternion = (numbers: Iterable<number>) => [...numbers] as unknown as Quaternion
const vec3 = (numbers: Iterable<number>): Vec3 => [...numbers] as unknown as Vec3
