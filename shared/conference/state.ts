import { ArraySchema, type SchemaType, schema, t } from '@colyseus/schema'
import type { Curve } from './looks.ts'
import type { Measured } from './marks.ts'

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

const MeasuredState = schema(
  {
    mean: t.float64(),
    standardDeviation: t.float64(),
    min: t.float64(),
    max: t.float64(),
    areaMm2: t.float64(),
    unit: t.string(),
  },
  'Measured',
)

const CurvePointState = schema(
  {
    at: t.float64(),
    r: t.float64(),
    g: t.float64(),
    b: t.float64(),
    opacity: t.float64(),
  },
  'CurvePoint',
)

/** Along the patient's axes; both corners are empty until there is a box. */
const CropBoxState = schema(
  { minMm: t.array('float64'), maxMm: t.array('float64'), enabled: t.boolean().default(false) },
  'CropBox',
)

export const SegmentState = schema(
  {
    volumeId: t.string(),
    labelId: t.string(),
    visible: t.boolean(),
    opacity: t.float64(),
  },
  'Segment',
)

const SlicingState = schema(
  {
    /** Empty: the middle of the volume. */
    crosshairMm: t.array('float64'),
    slabMm: t.float64().default(0),
    projection: t.string().default('average'),
    /** Empty: not turned. */
    obliqueRotation: t.array('float64'),
  },
  'Slicing',
)

/** `volumeId` is '' while there is none. */
const PriorState = schema(
  {
    volumeId: t.string().default(''),
    arrangement: t.string().default('beside'),
    blend: t.float64().default(0.5),
    alignment: t.string().default('frame-of-reference'),
    translationMm: t.array('float64'),
    rotation: t.array('float64'),
    alignedBy: t.string().default(''),
  },
  'Prior',
)

export const AnnotationState = schema(
  {
    annotationId: t.string(),
    volumeId: t.string(),
    kind: t.string(),
    pointsMm: t.array(PointMm),
    text: t.string(),
    measured: t.ref(MeasuredState).optional(),
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
    /** Over the window; empty: the preset's own. */
    curve: t.array(CurvePointState),
    renderMode: t.string().default('composite'),
    isoValue: t.float64().default(0),
    cropBox: CropBoxState,
    /** By volume and label, as `volumeId/labelId`. */
    segments: t.map(SegmentState),
    explode: t.float64().default(0),
    slicing: SlicingState,
    prior: PriorState,
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

/*
 * Parts that change as a whole are made anew: an array that is emptied and filled again in one patch
 * can reach a client that joins just then with both.
 */
export const measuredState = (measured: Measured) => new MeasuredState(measured)

export const pointList = (pointsMm: readonly (readonly number[])[]) =>
  new ArraySchema(...points(pointsMm)) as AnnotationState['pointsMm']

export const curveState = (curve: Curve) =>
  new ArraySchema(...curve.map((point) => new CurvePointState(point))) as ConferenceState['curve']

export function cropBoxState(box: {
  minMm: readonly number[]
  maxMm: readonly number[]
  enabled: boolean
}) {
  const made = new CropBoxState({ enabled: box.enabled })
  made.minMm.push(...box.minMm)
  made.maxMm.push(...box.maxMm)
  return made
}

export function slicingState({
  crosshairMm,
  obliqueRotation,
  ...rest
}: {
  crosshairMm: readonly number[]
  slabMm: number
  projection: string
  obliqueRotation: readonly number[]
}) {
  const made = new SlicingState(rest)
  made.crosshairMm.push(...crosshairMm)
  made.obliqueRotation.push(...obliqueRotation)
  return made
}

export function priorState({
  translationMm,
  rotation,
  ...rest
}: {
  volumeId: string
  arrangement: string
  blend: number
  alignment: string
  translationMm: readonly number[]
  rotation: readonly number[]
  alignedBy: string
}) {
  const made = new PriorState(rest)
  made.translationMm.push(...translationMm)
  made.rotation.push(...rotation)
  return made
}
