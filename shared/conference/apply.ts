import type { RenderMode } from '../volume/render-mode.ts'
import type { Annotation, ConferenceEvent, Window } from './event.ts'
import {
  AnnotationState,
  ClippingPlaneState,
  type ConferenceState,
  cropBoxState,
  curveState,
  measuredState,
  pointList,
  points,
  priorState,
  SegmentState,
  slicingState,
} from './state.ts'

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
      state.cropBox = cropBoxState(noCropBox)
      state.explode = 0
      slice(state, { crosshairMm: [], slabMm: 0, projection: 'average', obliqueRotation: [] })
      return
    case 'volumeShown':
      state.shownVolumeId = event.volumeId
      look(state, event)
      if (event.keepPlanes) {
        if (state.prior.volumeId === event.volumeId) state.prior = priorState(noPrior)
        return
      }
      state.clippingPlanes.clear()
      state.cropBox = cropBoxState(noCropBox)
      state.prior = priorState(noPrior)
      slice(state, { crosshairMm: [], obliqueRotation: [] })
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
    case 'curveSet':
      state.curve = curveState(event.curve)
      return
    case 'renderModeSet':
      state.renderMode = event.renderMode
      state.isoValue = event.isoValue
      return
    case 'cropBoxSet':
      state.cropBox = cropBoxState(event.cropBox)
      return
    case 'segmentsSet':
      for (const segment of event.segments) {
        const { volumeId, labelId } = segment
        state.segments.set(`${volumeId}/${labelId}`, new SegmentState(segment))
      }
      return
    case 'segmentsExploded':
      state.explode = event.explode
      return
    case 'slicingSet':
      slice(state, event.slicing)
      return
    case 'priorSet':
      state.prior = priorState(event.prior)
      return
    case 'priorRemoved':
      state.prior = priorState(noPrior)
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
      if (event.pointsMm?.length === there.pointsMm.length) {
        event.pointsMm.forEach(([x, y, z], n) => {
          there.pointsMm[n]?.assign({ x, y, z })
        })
      } else if (event.pointsMm) {
        there.pointsMm = pointList(event.pointsMm)
      }
      // what was read where it was says nothing of where it is
      if (event.measured) there.measured = measuredState(event.measured)
      else if (event.pointsMm) there.measured = undefined
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

/** A preset brings its own curve: the last one drawn by hand goes. */
function look(
  state: ConferenceState,
  {
    presetId,
    window,
    renderMode = 'composite',
  }: { presetId: string; window: Window; renderMode?: RenderMode },
) {
  state.presetId = presetId
  state.window.assign(window)
  state.curve = curveState([])
  state.renderMode = renderMode
}

const noCropBox = { minMm: [], maxMm: [], enabled: false }

const noPrior = {
  volumeId: '',
  arrangement: 'beside',
  blend: 0.5,
  alignment: 'frame-of-reference',
  translationMm: [],
  rotation: [],
  alignedBy: '',
}

/** The parts that are named take the place of what was there; the others stay. */
function slice(
  state: ConferenceState,
  slicing: {
    crosshairMm?: readonly number[] | undefined
    slabMm?: number
    projection?: string
    obliqueRotation?: readonly number[]
  },
) {
  const { crosshairMm, slabMm, projection, obliqueRotation } = state.slicing
  state.slicing = slicingState({
    crosshairMm: slicing.crosshairMm ?? [...crosshairMm],
    slabMm: slicing.slabMm ?? slabMm,
    projection: slicing.projection ?? projection,
    obliqueRotation: slicing.obliqueRotation ?? [...obliqueRotation],
  })
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

function annotation({ pointsMm, text, measured, ...fields }: Annotation): AnnotationState {
  const made = new AnnotationState(fields as typeof fields & { text: string })
  if (measured) made.measured = measuredState(measured)
  made.authorName = fields.authorName.toWellFormed()
  if (text !== undefined) made.text = text.toWellFormed()
  made.pointsMm.push(...points(pointsMm))
  return made
}
