import { describe, expect, it } from 'vitest'
import { EventLogConflictError, type LoggedEvent } from '../../../server/conference/ports.ts'
import { SqlEventLog } from '../../../server/storage/sql-event-log.ts'
import type { StorageContext } from '../storage-suite.ts'

export function eventLogSuite(context: StorageContext): void {
  const log = () => new SqlEventLog(context.database.db)

  describe('the event log', () => {
    it('[CASE-9] gives back what was appended, number for number, after a restart too', async () => {
      const numbers = [0.1, -0.30000000000000004, 1e-300, 1.7976931348623157e308]
      const events = numbers.map((offsetMm, n) => planeAt(offsetMm, { seq: n + 1 }))
      await log().append(events.slice(0, 1))
      await log().append(events.slice(1))
      await context.reopen()
      expect(await log().read('c1')).toEqual(events)
      expect(await log().read('c2')).toEqual([])
    })

    it('appends a whole batch or nothing of it', async () => {
      await log().append([planeAt(1, { seq: 1 })])
      const batch = [planeAt(2, { seq: 2 }), planeAt(3, { seq: 3 }), planeAt(4, { seq: 2 })]
      await expect(log().append(batch)).rejects.toThrow(EventLogConflictError)
      expect(await log().read('c1')).toHaveLength(1)
    })

    it('refuses a number that is taken', async () => {
      await log().append([planeAt(1, { seq: 1 })])
      await expect(log().append([planeAt(2, { seq: 1 })])).rejects.toThrow(EventLogConflictError)
      await log().append([planeAt(2, { seq: 1, conferenceId: 'c2' })])
      expect(await log().read('c1')).toEqual([planeAt(1, { seq: 1 })])
    })

    it('refuses a command that is in it, but takes any number of events without one', async () => {
      const one = planeAt(1, { seq: 1, participantId: 'p', commandId: 'k' })
      await log().append([one])
      await expect(log().append([{ ...one, seq: 2 }])).rejects.toThrow(EventLogConflictError)
      await log().append([
        { ...one, seq: 2, participantId: 'q' },
        planeAt(3, { seq: 3, participantId: '', commandId: '' }),
        planeAt(4, { seq: 4, participantId: '', commandId: '' }),
      ])
      expect(await log().read('c1')).toHaveLength(4)
    })

    it('of two writers of one number lets one through', async () => {
      const writers = Array.from({ length: 8 }, (_, n) =>
        log().append([planeAt(n, { seq: 1, participantId: `p${n}` })]),
      )
      const outcomes = await Promise.allSettled(writers)
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') {
          expect(outcome.reason).toBeInstanceOf(EventLogConflictError)
        }
      }
      expect(await log().read('c1')).toHaveLength(1)
    })

    it('takes thousands of events in one batch', async () => {
      const many = Array.from({ length: 7000 }, (_, n) => planeAt(n, { seq: n + 1 }))
      await log().append(many)
      expect(await log().read('c1')).toEqual(many)
    })

    it('has nothing to do with an empty batch', async () => {
      await log().append([])
      expect(await log().read('c1')).toEqual([])
    })
  })
}

function planeAt(offsetMm: number, some: Partial<LoggedEvent> & { seq: number }): LoggedEvent {
  const plane = { planeId: 'p1', normal: [0, 0.6, 0.8], offsetMm, enabled: true } as const
  return {
    conferenceId: 'c1',
    participantId: 'participant',
    commandId: `command-${some.seq}`,
    event: { type: 'clippingPlaneSet', plane: { ...plane, normal: [...plane.normal] } },
    atMs: 1_790_000_000_000 + some.seq,
    ...some,
  }
}
