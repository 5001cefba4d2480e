import type { Asked } from './conference-session.ts'
import type { AnnotationView, ConferenceView } from './conference-view.ts'

/**
 * The view as it will be once a command is accepted: shown while the answer is on its way, so that
 * what a hand does is seen at once. What depends on the server's judgement stays as it is.
 */
export function foresee(view: ConferenceView, asked: Asked, colour: string): ConferenceView {
  switch (asked.type) {
    case 'setVolumePose': {
      const { position, rotation, scale } = asked
      return { ...view, volumePose: { position, rotation, scale } }
    }
    case 'setWindow': {
      const { windowCenter, windowWidth } = asked
      return { ...view, window: { windowCenter, windowWidth } }
    }
    case 'setClippingPlane': {
      const { planeId, normal, offsetMm, enabled } = asked
      const plane = { planeId, normal, offsetMm, enabled }
      const there = view.clippingPlanes.some((p) => p.planeId === planeId)
      return {
        ...view,
        clippingPlanes: there
          ? view.clippingPlanes.map((p) => (p.planeId === planeId ? plane : p))
          : [...view.clippingPlanes, plane],
      }
    }
    case 'removeClippingPlane':
      return {
        ...view,
        clippingPlanes: view.clippingPlanes.filter((p) => p.planeId !== asked.planeId),
      }
    case 'addAnnotation': {
      if (view.annotations.some((a) => a.annotationId === asked.annotationId)) return view
      const annotation: AnnotationView = {
        annotationId: asked.annotationId,
        volumeId: asked.volumeId ?? view.shownVolumeId,
        kind: asked.kind,
        pointsMm: asked.pointsMm,
        text: asked.text ?? '',
        authorId: view.me.participantId,
        authorName: view.me.displayName,
        colour,
        atMs: Date.now(),
        mine: true,
      }
      return { ...view, annotations: [...view.annotations, annotation] }
    }
    case 'deleteAnnotation':
      return {
        ...view,
        annotations: view.annotations.filter((a) => a.annotationId !== asked.annotationId),
      }
    default:
      return view
  }
}
