import { z } from 'zod'
import { renderModes } from '../volume/render-mode.ts'
import { projections } from '../volume/slice.ts'
import {
  conferenceId,
  largestScale,
  narrowestWindow,
  planeLimitMm,
  positionLimitM,
  smallestScale,
  windowLimit,
} from './bounds.ts'
import { curve, mostSegmentsAtOnce, thickestSlabMm } from './looks.ts'
import { annotationKinds, hasPointsOf, mayBeMeasured, measured, mostPoints } from './marks.ts'
import { plainWords } from './plain-words.ts'

/** What a participant may ask for; the shapes and bounds of every `request('command', …)`. */
const id = z.string().regex(conferenceId, 'an id is 1 to 64 letters, digits, _ . : -')
const bounded = (limit: number) => z.number().min(-limit).max(limit)
const pointMm = z.tuple([bounded(10_000), bounded(10_000), bounded(10_000)]).readonly()
const text = plainWords(280)
const positionM = z
  .tuple([bounded(positionLimitM), bounded(positionLimitM), bounded(positionLimitM)])
  .readonly()
const quaternion = z
  .tuple([bounded(2), bounded(2), bounded(2), bounded(2)])
  .refine(
    (q) => Math.abs(Math.hypot(...q) - 1) < 1e-3,
    'a rotation is a unit quaternion x, y, z, w',
  )
  .readonly()
const normal = z
  .tuple([bounded(1e6), bounded(1e6), bounded(1e6)])
  .refine((n) => Math.hypot(...n) > 1e-6, 'a plane’s normal has a direction')
  .readonly()

export const maximumClippingPlanes = 6
export const maximumAnnotations = 2_000
/** Of all annotations together: a state that a phone can hold. */
export const maximumAnnotationPoints = 20_000

const marked = z.array(pointMm).min(1).max(mostPoints).readonly()
const share = z.number().min(0).max(1)

const of = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ commandId: id, type: z.literal(type), ...shape })

const addAnnotation = of('addAnnotation', {
  annotationId: id,
  volumeId: id.optional(),
  kind: z.enum(annotationKinds),
  pointsMm: marked,
  text: text.optional(),
  measured: measured.optional(),
})
  .refine((c) => hasPointsOf(c.kind, c.pointsMm.length), {
    path: ['pointsMm'],
    message: 'this kind of mark is made of another number of points',
  })
  .refine((c) => c.measured === undefined || mayBeMeasured(c.kind), {
    path: ['measured'],
    message: 'only a probe, an ellipse and a freehand outline carry values',
  })
  .refine((c) => c.kind !== 'text' || c.text !== undefined, {
    path: ['text'],
    message: 'a text has words',
  })

const updateAnnotation = of('updateAnnotation', {
  annotationId: id,
  pointsMm: marked.optional(),
  text: text.optional(),
  measured: measured.optional(),
}).refine(
  (c) => c.pointsMm !== undefined || c.text !== undefined || c.measured !== undefined,
  'something is to change',
)

export const command = z.discriminatedUnion('type', [
  of('setVolume', { volumeId: id }),
  of('setVolumePose', {
    position: positionM,
    rotation: quaternion,
    scale: z.number().min(smallestScale).max(largestScale),
  }),
  of('setWindow', {
    windowCenter: bounded(windowLimit),
    windowWidth: z.number().min(narrowestWindow).max(windowLimit),
  }),
  of('setPreset', { presetId: id }),
  /** None: the preset's own. */
  of('setCurve', { curve }),
  of('setRenderMode', {
    renderMode: z.enum(renderModes),
    isoValue: bounded(windowLimit).optional(),
  }),
  of('setCropBox', { minMm: pointMm, maxMm: pointMm, enabled: z.boolean() }).refine(
    (c) => c.minMm.every((low, axis) => low < (c.maxMm[axis] ?? low)),
    { path: ['maxMm'], message: 'a box has an inside' },
  ),
  of('setSegments', {
    segments: z
      .array(z.strictObject({ volumeId: id, labelId: id, visible: z.boolean(), opacity: share }))
      .min(1)
      .max(mostSegmentsAtOnce)
      .readonly(),
  }),
  /** How far segments are moved apart, of the way from the middle of all to their own. */
  of('setExplode', { explode: z.number().min(0).max(4) }),
  of('setSlicing', {
    crosshairMm: pointMm.optional(),
    slabMm: z.number().min(0).max(thickestSlabMm).optional(),
    projection: z.enum(projections).optional(),
    obliqueRotation: quaternion.optional(),
  }),
  of('setPrior', {
    volumeId: id,
    arrangement: z.enum(['beside', 'blended']),
    blend: share,
    translationMm: z
      .tuple([bounded(2_000), bounded(2_000), bounded(2_000)])
      .readonly()
      .optional(),
    rotation: quaternion.optional(),
  }),
  of('removePrior', {}),
  of('setClippingPlane', {
    planeId: id,
    normal,
    offsetMm: bounded(planeLimitMm),
    enabled: z.boolean(),
  }),
  of('removeClippingPlane', { planeId: id }),
  addAnnotation,
  updateAnnotation,
  of('deleteAnnotation', { annotationId: id }),
  of('takePresenter', {}),
  of('handPresenter', { participantId: id }),
  of('raiseHand', { raised: z.boolean() }),
  /** Without a participantId: everybody but who asks. */
  of('setMuted', { participantId: id.optional(), muted: z.boolean() }),
  of('resetView', {}),
  of('closeConference', {}),
])

export type Command = z.infer<typeof command>
export type CommandType = Command['type']
export const commandTypes = command.options.map(
  (option) => option.shape.type.value,
) as CommandType[]
