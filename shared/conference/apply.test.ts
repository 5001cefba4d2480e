import { Decoder, Encoder } from '@colyseus/schema'
import { describe, expect, it } from 'vitest'
import { applyEvent } from './apply.ts'
import type { CaseFacts } from './case-facts.ts'
import { type Asker, decide, opened } from './decide.ts'
import { canonicalState } from './durable.ts'
import type { ConferenceEvent } from './event.ts'
import { ConferenceState } from './state.ts'
import { anyCommand, dice } from './test-support/any-command.ts'

Encoder.BUFFER_SIZE = 256 * 1024

const facts: CaseFacts = {
  caseId: 'case',
  volumes: ['ct', 'pt', 'mr'].map((volumeId) => ({
    volumeId,
    frameOfReferenceUID: volumeId === 'mr' ? '2.25.1' : '2.25.0', // one machine took ct and pt
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
