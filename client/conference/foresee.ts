import type { SegmentLook } from '../../shared/conference/looks.ts'
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
    case 'setCurve':
      return { ...view, curve: asked.curve }
    case 'setRenderMode': {
      const { renderMode, isoValue = view.isoValue } = asked
      return { ...view, renderMode, isoValue }
    }
    case 'setCropBox': {
      const { minMm, maxMm, enabled } = asked
      return { ...view, cropBox: { minMm, maxMm, enabled } }
    }
    case 'setSegments': {
      const same = (a: SegmentLook, b: SegmentLook) =>
        a.volumeId === b.volumeId && a.labelId === b.labelId
      const others = view.segments.filter((one) => !asked.segments.some((s) => same(one, s)))
      return { ...view, segments: [...others, ...asked.segments] }
    }
    case 'setExplode':
      return { ...view, explode: asked.explode }
    case 'setSlicing': {
      const { crosshairMm, slabMm, projection, obliqueRotation } = asked
      const slicing = {
        crosshairMm: crosshairMm ?? view.slicing.crosshairMm,
        slabMm: slabMm ?? view.slicing.slabMm,
        projection: projection ?? view.slicing.projection,
        obliqueRotation: obliqueRotation ?? view.slicing.obliqueRotation,
      }
      return { ...view, slicing }
    }
    case 'setPrior': {
      if (view.prior?.volumeId !== asked.volumeId) return view
      const { arrangement, blend, translationMm, rotation } = asked
      const byHand = view.prior.alignment === 'by-hand'
      // Without an alignment of its own the server lays middle on middle: its answer says where.
      if (byHand && !translationMm) return view
      const aligned = byHand && translationMm && rotation ? { translationMm, rotation } : {}
      return { ...view, prior: { ...view.prior, arrangement, blend, ...aligned } }
    }
    case 'removePrior':
      return { ...view, prior: undefined }
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
        measured: asked.measured,
        authorId: view.me.participantId,
        authorName: view.me.displayName,
        colour,
        atMs: Date.now(),
        mine: true,
      }
      return { ...view, annotations: [...view.annotations, annotation] }
    }
    case 'updateAnnotation': {
      const { annotationId, pointsMm, text, measured } = asked
      return {
        ...view,
        annotations: view.annotations.map((mark) =>
          mark.annotationId === annotationId
            ? {
                ...mark,
                pointsMm: pointsMm ?? mark.pointsMm,
                text: text ?? mark.text,
                measured: measured ?? (pointsMm ? undefined : mark.measured),
              }
            : mark,
        ),
      }
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
