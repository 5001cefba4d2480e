import { Decoder, Encoder } from '@colyseus/schema'
import { describe, expect, it } from 'vitest'
import { applyEvent } from './apply.ts'
import type { CaseFacts } from './case-facts.ts'
import { type Command, command } from './command.ts'
import { type Asker, decide, opened } from './decide.ts'
import { canonicalState } from './durable.ts'
import type { ConferenceEvent } from './event.ts'
import { ConferenceState } from './state.ts'

const facts: CaseFacts = {
  caseId: 'case',
  volumes: ['ct', 'mr'].map((volumeId, n) => ({
    volumeId,
    frameOfReferenceUID: `2.25.${n}`,
    centreMm: [1.5, -20, 700],
    labelIds: ['1', '2'],
    defaultWindow: { windowCenter: 40, windowWidth: 400 },
    presets: [
      { presetId: `${volumeId}-a`, window: { windowCenter: 50, windowWidth: 350 } },
      { presetId: `${volumeId}-b`, window: { windowCenter: 400, windowWidth: 1800 } },
    ],
  })),
}
const asker: Asker = { participantId: 'p1', displayName: 'Dr One', role: 'attending', colour: 3 }

/** Mulberry32: the same seed is the same walk. */
function dice(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

function anyCommand(roll: () => number): Command {
  const pick = <T>(...of: T[]): T => of[Math.floor(roll() * of.length)] as T
  const n = () => (roll() - 0.5) * 200
  const body = pick(
    () => ({ type: 'setVolume', volumeId: pick('ct', 'mr') }),
    () => ({
      type: 'setVolumePose',
      position: [n() / 50, n() / 50, n() / 50],
      rotation: pick([0, 0, 0, 1], [0.6, 0, 0.8, 0], [0.5, 0.5, 0.5, 0.5]),
      scale: 0.1 + roll(),
    }),
    () => ({ type: 'setWindow', windowCenter: n(), windowWidth: 1 + roll() * 2000 }),
    () => ({ type: 'setPreset', presetId: pick('ct-a', 'ct-b', 'mr-a') }),
    () => ({
      type: 'setClippingPlane',
      planeId: `plane${Math.floor(roll() * 8)}`,
      normal: [n(), n(), 1],
      offsetMm: n(),
      enabled: roll() > 0.5,
    }),
    () => ({ type: 'removeClippingPlane', planeId: `plane${Math.floor(roll() * 8)}` }),
    () => ({
      type: 'addAnnotation',
      annotationId: `a${Math.floor(roll() * 40)}`,
      kind: 'arrow',
      pointsMm: [
        [n(), n(), n()],
        [n(), n(), n()],
      ],
      text: pick(undefined, 'nodule', 'Ödem 12 mm'),
    }),
    () => ({
      type: 'updateAnnotation',
      annotationId: `a${Math.floor(roll() * 40)}`,
      pointsMm: [
        [n(), 0, -0],
        [n(), 1e-9, n()],
      ],
    }),
    () => ({
      type: 'updateAnnotation',
      annotationId: `a${Math.floor(roll() * 40)}`,
      text: 'changed',
    }),
    () => ({ type: 'deleteAnnotation', annotationId: `a${Math.floor(roll() * 40)}` }),
    () => ({ type: 'takePresenter' }),
    () => ({ type: 'resetView' }),
  )()
  return command.parse({ commandId: 'c', ...body })
}

describe('applyEvent', () => {
  const seeds = [1, 7, 42, Math.floor(Math.random() * 1e9)]
  for (const seed of seeds) {
    it(`[CASE-9] patches, a late join and a replay reach the same state (seed ${seed})`, () => {
      const roll = dice(seed)
      const live = new ConferenceState()
      const encoder = new Encoder(live)
      const follower = new Decoder(new ConferenceState())
      const log: ConferenceEvent[] = [opened('conference', facts)]
      applyEvent(live, log[0] as ConferenceEvent, 1)
      follower.decode(encoder.encodeAll())
      encoder.discardChanges()

      let late: Decoder<ConferenceState> | undefined
      for (let n = 0; n < 600; n++) {
        const decision = decide(live, anyCommand(roll), asker, {
          facts,
          present: [],
          atMs: 1000 + n,
        })
        if ('event' in decision) {
          log.push(decision.event)
          applyEvent(live, decision.event, log.length)
        }
        if (n % 7 === 0) {
          const patch = encoder.encode().slice()
          encoder.discardChanges()
          follower.decode(patch)
          late?.decode(patch)
        }
        if (n === 301) {
          late = new Decoder(new ConferenceState())
          late.decode(encoder.encodeAll().slice())
        }
      }
      const last = encoder.encode().slice()
      follower.decode(last)
      late?.decode(last)
      const replayed = new ConferenceState()
      JSON.parse(JSON.stringify(log)).forEach((event: ConferenceEvent, n: number) => {
        applyEvent(replayed, event, n + 1)
      })

      const wanted = canonicalState(live)
      expect(live.annotations.size).toBeGreaterThan(3)
      expect(canonicalState(follower.state as ConferenceState)).toBe(wanted)
      expect(canonicalState(late?.state as ConferenceState)).toBe(wanted)
      expect(canonicalState(replayed)).toBe(wanted)
    })
  }

  it('refuses an event that does not follow', () => {
    const state = new ConferenceState()
    expect(() => applyEvent(state, opened('c', facts), 2)).toThrow(RangeError)
    expect(state.seq).toBe(0)
  })
})
