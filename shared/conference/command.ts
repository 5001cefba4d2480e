import { z } from 'zod'
import {
  conferenceId,
  largestScale,
  narrowestWindow,
  planeLimitMm,
  positionLimitM,
  smallestScale,
  windowLimit,
} from './bounds.ts'
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

const pointCount = { point: 1, arrow: 2, text: 1 } as const
export const maximumClippingPlanes = 6
export const maximumAnnotations = 2_000

const of = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ commandId: id, type: z.literal(type), ...shape })

const addAnnotation = of('addAnnotation', {
  annotationId: id,
  volumeId: id.optional(),
  kind: z.enum(['point', 'arrow', 'text']),
  pointsMm: z.array(pointMm).min(1).max(2).readonly(),
  text: text.optional(),
})
  .refine((c) => c.pointsMm.length === pointCount[c.kind], {
    path: ['pointsMm'],
    message: 'a point and a text have one point, an arrow has two',
  })
  .refine((c) => c.kind !== 'text' || c.text !== undefined, {
    path: ['text'],
    message: 'a text has words',
  })

const updateAnnotation = of('updateAnnotation', {
  annotationId: id,
  pointsMm: z.array(pointMm).min(1).max(2).readonly().optional(),
  text: text.optional(),
}).refine((c) => c.pointsMm !== undefined || c.text !== undefined, 'something is to change')

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

/** The number of points each kind of annotation is made of. */
export const pointsOf = (kind: keyof typeof pointCount): number => pointCount[kind]
