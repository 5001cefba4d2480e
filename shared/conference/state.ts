import { type SchemaType, schema, t } from '@colyseus/schema'

/**
 * The conference as every participant holds it. `ConferenceState` without `participants` is the
 * durable state: `applyEvent` is its only writer, and its JSON is what GET …/state answers and what
 * the hash is taken of. Numbers are float64; '' stands for nobody and nothing.
 */
const PointMm = schema(
  {
    x: t.float64(),
    y: t.float64(),
    z: t.float64(),
    toJSON(): [number, number, number] {
      return [this.x, this.y, this.z]
    },
  },
  'PointMm',
)

const VolumePoseState = schema(
  { position: t.array('float64'), rotation: t.array('float64'), scale: t.float64().default(1) },
  'VolumePose',
)

const WindowState = schema(
  { windowCenter: t.float64().default(0), windowWidth: t.float64().default(1) },
  'Window',
)

export const ClippingPlaneState = schema(
  {
    planeId: t.string(),
    normal: t.array('float64'),
    offsetMm: t.float64(),
    enabled: t.boolean(),
  },
  'ClippingPlane',
)
export type ClippingPlaneState = SchemaType<typeof ClippingPlaneState>

export const AnnotationState = schema(
  {
    annotationId: t.string(),
    volumeId: t.string(),
    kind: t.string(),
    pointsMm: t.array(PointMm),
    text: t.string(),
    authorId: t.string(),
    authorName: t.string(),
    authorColour: t.uint8(),
    atMs: t.float64(),
  },
  'Annotation',
)
export type AnnotationState = SchemaType<typeof AnnotationState>

/** Who is here now: beside the durable state, never in the log or the hash. */
export const ParticipantState = schema(
  {
    participantId: t.string(),
    displayName: t.string(),
    role: t.string(),
    /** Names this participant in pose frames; free again, and silent, as soon as they have left. */
    poseIndex: t.uint16(),
    /** 0…11, into the palette of people. */
    colour: t.uint8(),
    /** 'present', or 'away' while the seat is kept for a reconnection. */
    presence: t.string(),
    handRaised: t.boolean(),
    /** Silenced by an attending, until they speak up again themselves. */
    muted: t.boolean().default(false),
    /** 'none', or 'closed' and 'open' while there is one that the others could hear. */
    microphone: t.string().default('none'),
    /** The SFU hears them now. */
    speaking: t.boolean().default(false),
    /** mediasoup's ids of what they send; '' while they send none. */
    voiceProducerId: t.string().default(''),
    viewProducerId: t.string().default(''),
    /** Their device cannot draw the volume: they need somebody's view. */
    needsView: t.boolean().default(false),
  },
  'Participant',
)
export type ParticipantState = SchemaType<typeof ParticipantState>

export const ConferenceState = schema(
  {
    conferenceId: t.string().default(''),
    caseId: t.string().default(''),
    seq: t.uint32().default(0),
    presenterId: t.string().default(''),
    shownVolumeId: t.string().default(''),
    volumePose: VolumePoseState,
    window: WindowState,
    presetId: t.string().default(''),
    clippingPlanes: t.map(ClippingPlaneState),
    annotations: t.map(AnnotationState),
    participants: t.map(ParticipantState),
  },
  'Conference',
)
export type ConferenceState = SchemaType<typeof ConferenceState>

export function points(pointsMm: readonly (readonly number[])[]) {
  return pointsMm.map(([x = 0, y = 0, z = 0]) => new PointMm({ x, y, z }))
}
