import { type Quaternion, unit } from '../geometry/quaternion.ts'
import type { Vec3 } from '../geometry/transform.ts'
import { length, scale, subtract } from '../geometry/vector.ts'
import { openingPose } from '../geometry/volume-pose.ts'
import type { CaseFacts, VolumeFacts } from './case-facts.ts'
import {
  type Command,
  maximumAnnotationPoints,
  maximumAnnotations,
  maximumClippingPlanes,
} from './command.ts'
import type { AnnotationKind, ConferenceEvent } from './event.ts'
import { keptFigures } from './figures.ts'
import type { Prior } from './looks.ts'
import { hasPointsOf, mayBeMeasured } from './marks.ts'
import { may } from './permissions.ts'
import { type Rejection, reject } from './rejection.ts'
import type { Role } from './role.ts'
import type { ConferenceState } from './state.ts'

/** Who asks. */
export interface Asker {
  readonly participantId: string
  readonly displayName: string
  readonly colour: number
  readonly role: Role
}

export type Decision = { event: ConferenceEvent } | { rejected: Rejection }

/**
 * What a parsed command comes to: the event that it is, or why not. Pure: it reads the state and
 * the facts of the case, and writes nothing. `present` are the participants who could lead.
 */
export function decide(
  state: ConferenceState,
  command: Command,
  asker: Asker,
  context: {
    facts: CaseFacts
    present: readonly { participantId: string; role: Role }[]
    atMs: number
  },
): Decision {
  const presents = state.presenterId === asker.participantId
  const authored =
    'annotationId' in command ? state.annotations.get(command.annotationId) : undefined
  const owns =
    command.type === 'setMuted'
      ? command.participantId === asker.participantId
      : authored === undefined || authored.authorId === asker.participantId
  const verdict = may(command.type, { role: asker.role, presents, owns })
  if (verdict !== 'yes') {
    const notYours = command.type === 'setMuted' ? notYourVoice : refusal['not-yours']
    return reject(verdict, (verdict === 'not-yours' ? notYours : refusal[verdict])(asker.role))
  }

  switch (command.type) {
    case 'setVolume': {
      const volume = context.facts.volumes.find((v) => v.volumeId === command.volumeId)
      if (!volume) return reject('no-such-volume', 'This case has no such volume.')
      const shown = shownVolume(state, context.facts)
      return happened({
        type: 'volumeShown',
        volumeId: volume.volumeId,
        ...openingLook(volume),
        keepPlanes: shown?.frameOfReferenceUID === volume.frameOfReferenceUID,
      })
    }
    case 'setVolumePose': {
      const { position, scale } = command
      return happened({
        type: 'volumePosed',
        volumePose: {
          position,
          rotation: exactly(unit(command.rotation), command.rotation),
          scale,
        },
      })
    }
    case 'setWindow': {
      const { windowCenter, windowWidth } = command
      return happened({ type: 'windowSet', window: { windowCenter, windowWidth } })
    }
    case 'setPreset': {
      const preset = shownVolume(state, context.facts)?.presets.find(
        (p) => p.presetId === command.presetId,
      )
      if (!preset) return reject('no-such-preset', 'The shown volume has no such preset.')
      return happened({ type: 'presetChosen', ...preset })
    }
    case 'setCurve':
      return happened({ type: 'curveSet', curve: command.curve })
    case 'setRenderMode': {
      const { renderMode, isoValue = state.isoValue } = command
      return happened({ type: 'renderModeSet', renderMode, isoValue })
    }
    case 'setCropBox': {
      const { minMm, maxMm, enabled } = command
      return happened({ type: 'cropBoxSet', cropBox: { minMm, maxMm, enabled } })
    }
    case 'setSegments': {
      const known = command.segments.every(({ volumeId, labelId }) =>
        context.facts.volumes.some((v) => v.volumeId === volumeId && v.labelIds.includes(labelId)),
      )
      if (!known) return reject('no-such-segment', 'This case has no such segment.')
      return happened({ type: 'segmentsSet', segments: command.segments })
    }
    case 'setExplode':
      return happened({ type: 'segmentsExploded', explode: command.explode })
    case 'setSlicing': {
      const { crosshairMm, slabMm, projection, obliqueRotation } = command
      return happened({
        type: 'slicingSet',
        slicing: {
          ...(crosshairMm && { crosshairMm }),
          ...(slabMm !== undefined && { slabMm }),
          ...(projection && { projection }),
          ...(obliqueRotation && {
            obliqueRotation: exactly(unit(obliqueRotation), obliqueRotation),
          }),
        },
      })
    }
    case 'setPrior': {
      const prior = context.facts.volumes.find((v) => v.volumeId === command.volumeId)
      const shown = shownVolume(state, context.facts)
      if (!prior || !shown) return reject('no-such-volume', 'This case has no such volume.')
      if (prior === shown) {
        return reject('no-such-volume', 'A volume is compared with another one: choose that.')
      }
      const compared = comparedTo(shown, prior, command)
      const alignedBy = whoAligned(state, shown, prior, compared, asker)
      return happened({ type: 'priorSet', prior: { ...compared, alignedBy } })
    }
    case 'removePrior':
      return happened({ type: 'priorRemoved' })
    case 'setClippingPlane': {
      const { planeId, normal, offsetMm, enabled } = command
      const isNew = !state.clippingPlanes.has(planeId)
      if (isNew && state.clippingPlanes.size >= maximumClippingPlanes) {
        return reject('too-many', 'Six planes are in use: remove one first.')
      }
      const norm = length(normal)
      const plane =
        Math.abs(norm - 1) < 1e-9
          ? { normal, offsetMm }
          : { normal: scale(normal, 1 / norm), offsetMm: offsetMm / norm }
      return happened({ type: 'clippingPlaneSet', plane: { planeId, ...plane, enabled } })
    }
    case 'removeClippingPlane':
      return state.clippingPlanes.has(command.planeId)
        ? happened({ type: 'clippingPlaneRemoved', planeId: command.planeId })
        : reject('no-such-plane', 'That plane is not there any more.')
    case 'addAnnotation': {
      if (authored) return reject('id-taken', 'An annotation with this id is there already.')
      if (state.annotations.size >= maximumAnnotations) {
        return reject(
          'too-many',
          `A conference holds ${maximumAnnotations} annotations: delete some.`,
        )
      }
      const volumeId = command.volumeId ?? state.shownVolumeId
      if (!context.facts.volumes.some((v) => v.volumeId === volumeId)) {
        return reject('no-such-volume', 'This case has no such volume.')
      }
      const { annotationId, kind, pointsMm, text, measured } = command
      if (!roomForPoints(state, pointsMm.length)) return reject('too-many', tooManyPoints)
      const figures = measured && keptFigures(kind, pointsMm, measured)
      if (figures && 'rejected' in figures) return figures
      return happened({
        type: 'annotationAdded',
        annotation: {
          annotationId,
          volumeId,
          kind,
          pointsMm,
          ...(text === undefined ? {} : { text }),
          ...figures,
          authorId: asker.participantId,
          authorName: asker.displayName,
          authorColour: asker.colour,
          atMs: context.atMs,
        },
      })
    }
    case 'updateAnnotation': {
      if (!authored) return reject('no-such-annotation', 'That annotation is not there any more.')
      const { annotationId, pointsMm, text, measured } = command
      const kind = authored.kind as AnnotationKind
      if (pointsMm && !hasPointsOf(kind, pointsMm.length)) {
        return reject('malformed-command', 'This kind of mark is made of another number of points.')
      }
      if (measured && !mayBeMeasured(kind)) {
        return reject('malformed-command', 'This kind of mark carries no values.')
      }
      const more = (pointsMm?.length ?? 0) - authored.pointsMm.length
      if (more > 0 && !roomForPoints(state, more)) return reject('too-many', tooManyPoints)
      const shape = pointsMm ?? authored.pointsMm.map(({ x, y, z }): Vec3 => [x, y, z])
      const figures = measured && keptFigures(kind, shape, measured)
      if (figures && 'rejected' in figures) return figures
      return happened({
        type: 'annotationUpdated',
        annotationId,
        ...(pointsMm ? { pointsMm } : {}),
        ...(text === undefined ? {} : { text }),
        ...figures,
      })
    }
    case 'deleteAnnotation':
      return authored
        ? happened({ type: 'annotationDeleted', annotationId: command.annotationId })
        : reject('no-such-annotation', 'That annotation is not there any more.')
    case 'takePresenter':
      return happened({ type: 'presenterChanged', participantId: asker.participantId })
    case 'handPresenter': {
      const heir = context.present.find((p) => p.participantId === command.participantId)
      if (!heir) return reject('no-such-participant', 'That person has left.')
      if (may('setVolumePose', { role: heir.role, presents: true }) !== 'yes') {
        return reject('not-allowed', 'An observer cannot be handed the lead.')
      }
      return happened({ type: 'presenterChanged', participantId: heir.participantId })
    }
    case 'raiseHand':
      return happened({
        type: 'handRaised',
        participantId: asker.participantId,
        raised: command.raised,
      })
    case 'resetView': {
      const volume = shownVolume(state, context.facts)
      if (!volume) return reject('no-such-volume', 'This case has no such volume.')
      return happened({
        type: 'viewReset',
        volumeId: volume.volumeId,
        ...openingLook(volume),
        volumePose: openingPose,
      })
    }
    case 'setMuted': {
      const { participantId, muted } = command
      if (!muted && participantId !== asker.participantId) {
        return reject('not-yours', 'Nobody can open another person’s microphone: ask them to.')
      }
      const participantIds = context.present
        .map((person) => person.participantId)
        .filter((id) => (participantId ? id === participantId : id !== asker.participantId))
      if (participantId && participantIds.length === 0) {
        return reject('no-such-participant', 'That person has left.')
      }
      return happened({ type: 'participantsMuted', participantIds, muted })
    }
    case 'closeConference':
      return happened({ type: 'conferenceClosed' })
  }
}

/** The first event of every conference: its first volume, upright, life size. */
export function opened(conferenceId: string, facts: CaseFacts): ConferenceEvent {
  const [first] = facts.volumes
  if (!first) throw new RangeError('a conference needs a case with a volume')
  return {
    type: 'conferenceOpened',
    conferenceId,
    caseId: facts.caseId,
    volumeId: first.volumeId,
    ...openingLook(first),
    volumePose: openingPose,
  }
}

const happened = (event: ConferenceEvent): Decision => ({ event })

function shownVolume(state: ConferenceState, facts: CaseFacts): VolumeFacts | undefined {
  return facts.volumes.find((v) => v.volumeId === state.shownVolumeId)
}

/** A volume opens in its first preset, which brings its own window where it has one. */
function openingLook({ presets: [preset], defaultWindow }: VolumeFacts) {
  return { presetId: preset?.presetId ?? '', window: preset?.window ?? defaultWindow }
}

/** Numbers that were already right stay bit for bit as they were sent. */
function exactly<T extends readonly number[]>(computed: T, sent: T): T {
  return computed.every((value, n) => Math.abs(value - (sent[n] ?? 0)) < 1e-9) ? sent : computed
}

const noShift: Vec3 = [0, 0, 0]
const noTurn: Quaternion = [0, 0, 0, 1]

/** One frame of reference aligns by itself; else what a hand has done, or middle on middle. */
function comparedTo(
  shown: VolumeFacts,
  prior: VolumeFacts,
  { volumeId, arrangement, blend, translationMm, rotation }: Extract<Command, { type: 'setPrior' }>,
): Omit<Prior, 'alignedBy'> {
  const asked = { volumeId, arrangement, blend }
  if (shown.frameOfReferenceUID === prior.frameOfReferenceUID) {
    const alignment = 'frame-of-reference'
    return { ...asked, alignment, translationMm: noShift, rotation: noTurn }
  }
  return {
    ...asked,
    alignment: 'by-hand',
    translationMm: translationMm ?? subtract(shown.centreMm, prior.centreMm),
    rotation: rotation ? exactly(unit(rotation), rotation) : noTurn,
  }
}

/** Whoever moved or turned it last; a blend leaves it theirs. */
function whoAligned(
  { prior: before }: ConferenceState,
  shown: VolumeFacts,
  prior: VolumeFacts,
  { alignment, translationMm, rotation }: Omit<Prior, 'alignedBy'>,
  { displayName }: Asker,
): string {
  const same = (a: readonly number[], b: readonly number[]) => a.every((value, n) => value === b[n])
  const placed = (shift: readonly number[], turn: readonly number[]) =>
    same(translationMm, shift) && same(rotation, turn)
  if (alignment === 'frame-of-reference') return ''
  if (placed(subtract(shown.centreMm, prior.centreMm), noTurn)) return ''
  const untouched =
    before.volumeId === prior.volumeId && placed([...before.translationMm], [...before.rotation])
  return untouched ? before.alignedBy : displayName
}

const tooManyPoints = `A conference holds ${maximumAnnotationPoints} points: delete some marks.`

function roomForPoints(state: ConferenceState, more: number): boolean {
  let count = more
  for (const mark of state.annotations.values()) count += mark.pointsMm.length
  return count <= maximumAnnotationPoints
}

const notYourVoice = (_: Role) => 'Only an attending can mute another person.'

const refusal = {
  'not-allowed': (role: Role) =>
    `${role === 'observer' ? 'An observer' : `A ${role}`} cannot do this here.`,
  'not-presenter': () => 'Only the person who leads can change the shared view.',
  'not-yours': () => 'Only its author or an attending can change this mark.',
} as const
