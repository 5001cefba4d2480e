import { describe, expect, it } from 'vitest'
import { applyEvent } from './apply.ts'
import type { CaseFacts } from './case-facts.ts'
import { type CommandType, commandTypes } from './command.ts'
import { type Asker, decide, opened } from './decide.ts'
import { durableState } from './durable.ts'
import { parseCommand } from './parse-command.ts'
import { may } from './permissions.ts'
import type { Role } from './role.ts'
import { ConferenceState } from './state.ts'

const volume = (volumeId: string, frameOfReferenceUID: string) => ({
  volumeId,
  frameOfReferenceUID,
  centreMm: [0, 0, 0] as const,
  labelIds: ['1', '2'],
  defaultWindow: { windowCenter: 300, windowWidth: 600 },
  presets: [{ presetId: 'ct-bone', window: { windowCenter: 400, windowWidth: 1800 } }],
})
const facts: CaseFacts = {
  caseId: 'case',
  volumes: [volume('now', '2.25.1'), volume('same', '2.25.1'), volume('other', '2.25.2')],
}
const roles: readonly Role[] = ['attending', 'resident', 'observer']
const asker = (role: Role): Asker => ({ participantId: role, displayName: role, colour: 0, role })
const present = roles.map((role) => ({ participantId: role, role }))

/** One that would be accepted from an attending who presents. */
const good: Record<CommandType, object> = {
  setVolume: { volumeId: 'same' },
  setVolumePose: { position: [0, 1, 0], rotation: [0, 0, 0, 1], scale: 2 },
  setWindow: { windowCenter: 50, windowWidth: 350 },
  setPreset: { presetId: 'ct-bone' },
  setCurve: {
    curve: [
      { at: 0, r: 0, g: 0, b: 0, opacity: 0 },
      { at: 1, r: 1, g: 0.5, b: 0.2, opacity: 0.9 },
    ],
  },
  setRenderMode: { renderMode: 'mip' },
  setCropBox: { minMm: [-10, -20, -30], maxMm: [10, 20, 30], enabled: true },
  setSegments: { segments: [{ volumeId: 'now', labelId: '2', visible: true, opacity: 0.5 }] },
  setExplode: { explode: 1.5 },
  setSlicing: { crosshairMm: [1, 2, 3], slabMm: 5, projection: 'mip' },
  setPrior: { volumeId: 'other', arrangement: 'blended', blend: 0.4 },
  removePrior: {},
  setClippingPlane: { planeId: 'p2', normal: [0, 0, 1], offsetMm: 3, enabled: true },
  removeClippingPlane: { planeId: 'p' },
  addAnnotation: { annotationId: 'new', kind: 'point', pointsMm: [[1, 2, 3]] },
  updateAnnotation: { annotationId: 'theirs', text: 'changed' },
  deleteAnnotation: { annotationId: 'theirs' },
  takePresenter: {},
  handPresenter: { participantId: 'resident' },
  raiseHand: { raised: true },
  setMuted: { participantId: 'resident', muted: true },
  resetView: {},
  closeConference: {},
}

function conference(presenterId: string): ConferenceState {
  const state = new ConferenceState()
  applyEvent(state, opened('c', facts), 1)
  applyEvent(state, { type: 'presenterChanged', participantId: presenterId }, 2)
  const plane = { planeId: 'p', normal: [1, 0, 0], offsetMm: 1, enabled: true } as const
  applyEvent(state, { type: 'clippingPlaneSet', plane }, 3)
  const annotation = {
    annotationId: 'theirs',
    volumeId: 'now',
    kind: 'point',
    pointsMm: [[0, 0, 0]],
    authorId: 'somebody else',
    authorName: 'Somebody Else',
    authorColour: 1,
    atMs: 0,
  } as const
  applyEvent(state, { type: 'annotationAdded', annotation }, 4)
  return state
}

function ask(state: ConferenceState, type: CommandType, role: Role, fields: object = good[type]) {
  const parsed = parseCommand({ commandId: 'c', type, ...fields })
  if ('rejected' in parsed) return parsed
  return decide(state, parsed.command, asker(role), { facts, present, atMs: 1 })
}

describe('decide', () => {
  for (const type of commandTypes) {
    for (const role of roles) {
      for (const presents of [true, false]) {
        const verdict = may(type, { role, presents, owns: !type.includes('Annotation') })
        const expected = type === 'addAnnotation' ? may(type, { role, presents }) : verdict
        const name = `${role}${presents ? ' who presents' : ''}: ${type} → ${expected}`
        it(`[ROLE-1] ${name}`, () => {
          const state = conference(presents ? role : 'nobody')
          const before = durableState(state)
          const decision = ask(state, type, role)
          if (expected === 'yes') expect(decision).toHaveProperty('event')
          else expect(decision).toMatchObject({ rejected: { reason: expected } })
          expect(durableState(state)).toEqual(before)
        })
      }
    }
  }

  it('[ROLE-2] hands the lead to nobody who is not there, and to no observer', () => {
    const state = conference('attending')
    const hand = (participantId: string) =>
      ask(state, 'handPresenter', 'attending', { participantId })
    expect(hand('gone')).toMatchObject({ rejected: { reason: 'no-such-participant' } })
    expect(hand('observer')).toMatchObject({ rejected: { reason: 'not-allowed' } })
    expect(hand('resident')).toHaveProperty('event')
  })

  it('[CASE-2] keeps planes within a frame of reference and drops them in another', () => {
    const state = conference('attending')
    expect(ask(state, 'setVolume', 'attending', { volumeId: 'same' })).toMatchObject({
      event: { keepPlanes: true },
    })
    expect(ask(state, 'setVolume', 'attending', { volumeId: 'other' })).toMatchObject({
      event: { keepPlanes: false },
    })
    expect(ask(state, 'setVolume', 'attending', { volumeId: 'foreign' })).toMatchObject({
      rejected: { reason: 'no-such-volume' },
    })
  })

  it('[CASE-2] a plane with a long normal is the same plane with a unit one', () => {
    const state = conference('attending')
    const fields = { planeId: 'q', normal: [0, 3, 4], offsetMm: 10, enabled: true }
    const decision = ask(state, 'setClippingPlane', 'attending', fields)
    const plane = 'event' in decision && 'plane' in decision.event && decision.event.plane
    if (!plane) throw new Error('no plane was set')
    for (const [axis, part] of [0, 0.6, 0.8].entries()) {
      expect(plane.normal[axis]).toBeCloseTo(part, 12)
    }
    expect(plane.offsetMm).toBeCloseTo(2, 12)
  })

  it('[MARK-3] an arrow has two points, a text has words, an id is taken once', () => {
    const state = conference('attending')
    const add = (fields: object) => ask(state, 'addAnnotation', 'attending', fields)
    const points = [[1, 2, 3]]
    for (const bad of [
      { annotationId: 'x', kind: 'arrow', pointsMm: points },
      { annotationId: 'x', kind: 'text', pointsMm: points },
      { annotationId: 'x', kind: 'text', pointsMm: points, text: '   ' },
      { annotationId: 'x', kind: 'point', pointsMm: points, text: 'x'.repeat(281) },
      { annotationId: 'x', kind: 'point', pointsMm: [[1, 2, 1e5]] },
      { annotationId: 'x', kind: 'scribble', pointsMm: points },
    ]) {
      expect(add(bad)).toMatchObject({ rejected: { reason: 'malformed-command' } })
    }
    expect(add({ annotationId: 'theirs', kind: 'point', pointsMm: points })).toMatchObject({
      rejected: { reason: 'id-taken' },
    })
    expect(
      ask(state, 'updateAnnotation', 'attending', {
        annotationId: 'theirs',
        pointsMm: [
          [0, 0, 0],
          [1, 1, 1],
        ],
      }),
    ).toMatchObject({ rejected: { reason: 'malformed-command' } })
  })

  it('[CASE-6] who moved a prior last is kept, through a blend, until it lies middle on middle', () => {
    const state = conference('attending')
    const asked = { volumeId: 'other', arrangement: 'blended', blend: 0.5 }
    const set = (role: Role, fields: object) => {
      state.presenterId = role
      const decision = ask(state, 'setPrior', role, { ...asked, ...fields })
      if (!('event' in decision)) throw new Error(decision.rejected.message)
      applyEvent(state, decision.event, state.seq + 1)
      return state.prior.alignedBy
    }
    const moved = { translationMm: [3, -1, 0.5], rotation: [0, 0, 0.6, 0.8] }
    expect(set('attending', {})).toBe('')
    expect(set('attending', moved)).toBe('attending')
    expect(set('resident', { ...moved, blend: 0.9 })).toBe('attending')
    expect(set('resident', { ...moved, translationMm: [3, -1, 0] })).toBe('resident')
    expect(set('resident', { translationMm: [0, 0, 0], rotation: [0, 0, 0, 1] })).toBe('')
    expect(set('resident', { ...moved, volumeId: 'same' })).toBe('')
  })

  it('[AV-1] an attending mutes one or everybody else; nobody opens another’s microphone', () => {
    const state = conference('attending')
    const mute = (role: Role, fields: object) => ask(state, 'setMuted', role, fields)
    expect(mute('attending', { muted: true })).toEqual({
      event: { type: 'participantsMuted', participantIds: ['resident', 'observer'], muted: true },
    })
    expect(mute('attending', { participantId: 'resident', muted: true })).toEqual({
      event: { type: 'participantsMuted', participantIds: ['resident'], muted: true },
    })
    const own = { participantId: 'resident', muted: false }
    expect(mute('resident', own)).toHaveProperty('event')
    for (const [role, fields, reason] of [
      ['attending', { participantId: 'resident', muted: false }, 'not-yours'],
      ['attending', { muted: false }, 'not-yours'],
      ['attending', { participantId: 'gone', muted: true }, 'no-such-participant'],
      ['resident', { muted: true }, 'not-yours'],
      ['resident', { participantId: 'attending', muted: true }, 'not-yours'],
      ['observer', { participantId: 'observer', muted: false }, 'not-allowed'],
    ] as const) {
      expect(mute(role, fields)).toMatchObject({ rejected: { reason } })
    }
  })

  it('[AV-1] muting changes nothing that lasts but the count of events', () => {
    const state = conference('attending')
    const { seq: before, ...lasting } = durableState(state)
    const mutes = { type: 'participantsMuted', participantIds: ['resident'], muted: true } as const
    applyEvent(state, mutes, state.seq + 1)
    expect(durableState(state)).toEqual({ ...lasting, seq: Number(before) + 1 })
  })
})
