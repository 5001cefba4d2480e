import { describe, expect, it } from 'vitest'
import type { CommandAnswer } from '../../shared/conference/rejection.ts'
import { decodeUp, encodeUp } from '../../shared/protocol/pose-frame.ts'
import { CommandLedger } from './command-ledger.ts'
import { LatencyHistogram } from './latency-histogram.ts'
import { ageMs, timedSample } from './timed-sample.ts'

describe('latencies', () => {
  it('keep their quantiles in a quarter of a millisecond, over processes too', () => {
    const histogram = new LatencyHistogram()
    for (let ms = 1; ms <= 100; ms++) histogram.add(ms)
    expect(histogram.quantileMs(0.5)).toBeCloseTo(50, 0)
    expect(histogram.quantileMs(0.99)).toBeCloseTo(99, 0)
    histogram.add(60_000)
    expect(histogram.quantileMs(1)).toBe(2_000)
    const both = LatencyHistogram.of([...histogram.bins(), ...histogram.bins()])
    expect(both.count).toBe(202)
    expect(both.quantileMs(0.5)).toBe(histogram.quantileMs(0.5))
    expect(new LatencyHistogram().quantileMs(0.5)).toBeNaN()
  })
})

describe('a timed sample', () => {
  it('tells its age after the way over the wire, across the end of its clock', () => {
    for (const sentAtMs of [65_535.5, 65_536 * 412 + 12.25, 3]) {
      const arrived = decodeUp(encodeUp(timedSample(sentAtMs, 2))) ?? {}
      expect(ageMs(arrived, sentAtMs + 33.4, 2)).toBeCloseTo(33.4, 1)
      expect(ageMs(arrived, sentAtMs + 33.4, 3)).toBeUndefined()
    }
    expect(ageMs({}, 5, 1)).toBeUndefined()
  })
})

describe('a ledger of commands', () => {
  it('asks again under the same id what died with its line, and accounts for it once', async () => {
    const ids: string[] = []
    const ledger = new CommandLedger('a', async ({ commandId }): Promise<CommandAnswer> => {
      ids.push(commandId)
      if (ids.length === 1) throw new Error('the line is down')
      return { ok: true, seq: 7 }
    })
    await ledger.ask({ type: 'resetView' })
    expect(new Set(ids).size).toBe(1)
    expect(ledger.entries).toMatchObject([{ commandId: ids[0], sends: 2, seq: 7 }])
    expect(ledger.unanswered).toBe(0)
  })

  it('keeps why it was refused, and what nobody answered', async () => {
    const answers: CommandAnswer[] = [{ ok: false, reason: 'not-presenter', message: 'no' }]
    const ledger = new CommandLedger('a', async () => {
      const answer = answers.shift()
      if (answer) return answer
      ledger.close()
      throw new Error('the line is down')
    })
    await ledger.ask({ type: 'resetView' })
    await ledger.ask({ type: 'resetView' })
    expect(ledger.entries[0]).toMatchObject({ refused: 'not-presenter' })
    expect(ledger.unanswered).toBe(1)
    expect(ledger.entries[0]?.commandId).not.toBe(ledger.entries[1]?.commandId)
  })
})
