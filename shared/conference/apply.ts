import type { Annotation, ConferenceEvent, Window } from './event.ts'
import { AnnotationState, ClippingPlaneState, type ConferenceState, points } from './state.ts'

/**
 * The only writer of a conference's durable state. Late join, recovery after a crash, and replay are
 * all this: apply the events in the order of their `seq`, which becomes the state's own.
 */
export function applyEvent(state: ConferenceState, event: ConferenceEvent, seq: number): void {
  if (seq !== state.seq + 1) throw new RangeError(`event ${seq} does not follow ${state.seq}`)
  write(state, event)
  state.seq = seq
}

function write(state: ConferenceState, event: ConferenceEvent): void {
  switch (event.type) {
    case 'conferenceOpened':
      state.conferenceId = event.conferenceId
      state.caseId = event.caseId
      state.shownVolumeId = event.volumeId
      look(state, event)
      pose(state, event.volumePose)
      return
    case 'viewReset':
      look(state, event)
      pose(state, event.volumePose)
      state.clippingPlanes.clear()
      return
    case 'volumeShown':
      state.shownVolumeId = event.volumeId
      look(state, event)
      if (!event.keepPlanes) state.clippingPlanes.clear()
      return
    case 'volumePosed':
      pose(state, event.volumePose)
      return
    case 'windowSet':
      state.window.assign(event.window)
      return
    case 'presetChosen':
      look(state, event)
      return
    case 'clippingPlaneSet': {
      const { planeId, normal, offsetMm, enabled } = event.plane
      const plane = new ClippingPlaneState({ planeId, offsetMm, enabled })
      plane.normal.push(...normal)
      state.clippingPlanes.set(planeId, plane)
      return
    }
    case 'clippingPlaneRemoved':
      state.clippingPlanes.delete(event.planeId)
      return
    case 'annotationAdded':
      state.annotations.set(event.annotation.annotationId, annotation(event.annotation))
      return
    case 'annotationUpdated': {
      const there = state.annotations.get(event.annotationId)
      if (!there) return
      event.pointsMm?.forEach(([x, y, z], n) => {
        there.pointsMm[n]?.assign({ x, y, z })
      })
      if (event.text !== undefined) there.text = event.text.toWellFormed()
      return
    }
    case 'annotationDeleted':
      state.annotations.delete(event.annotationId)
      return
    case 'presenterChanged': {
      state.presenterId = event.participantId
      const leader = state.participants.get(event.participantId)
      if (leader) leader.handRaised = false // what the hand was raised for has come
      return
    }
    case 'handRaised': {
      const participant = state.participants.get(event.participantId)
      if (participant) participant.handRaised = event.raised
      return
    }
    case 'participantsMuted':
      for (const participantId of event.participantIds) {
        const participant = state.participants.get(participantId)
        if (participant) participant.muted = event.muted
      }
      return
    case 'conferenceClosed':
      state.presenterId = ''
  }
}

function look(state: ConferenceState, { presetId, window }: { presetId: string; window: Window }) {
  state.presetId = presetId
  state.window.assign(window)
}

function pose(
  state: ConferenceState,
  {
    position,
    rotation,
    scale,
  }: { position: readonly number[]; rotation: readonly number[]; scale: number },
) {
  position.forEach((value, axis) => {
    state.volumePose.position[axis] = value
  })
  rotation.forEach((value, part) => {
    state.volumePose.rotation[part] = value
  })
  state.volumePose.scale = scale
}

function annotation({ pointsMm, text, ...fields }: Annotation): AnnotationState {
  const made = new AnnotationState(fields as typeof fields & { text: string })
  made.authorName = fields.authorName.toWellFormed()
  if (text !== undefined) made.text = text.toWellFormed()
  made.pointsMm.push(...points(pointsMm))
  return made
}
