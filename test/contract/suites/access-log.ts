import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { AccessEntry } from '../../../server/audit/access-log.ts'
import { SqlAccessLog } from '../../../server/storage/sql-access-log.ts'
import type { StorageContext } from '../storage-suite.ts'

export function accessLogSuite(context: StorageContext): void {
  const log = () => new SqlAccessLog(context.database.db)
  const saw = (subjectId: string): AccessEntry => ({
    atMs: 1_790_000_000_000,
    actor: { kind: 'participant', id: 'p1', name: 'Dr Okafor' },
    action: 'saw',
    subjectId,
  })

  describe('the access log', () => {
    it('keeps every entry, newest first, after a restart too', async () => {
      for (const subjectId of ['v1', 'v2', 'v1']) await log().record(saw(subjectId))
      await context.reopen()
      expect(await log().recent(10)).toEqual(['v1', 'v2', 'v1'].map(saw))
      expect(await log().recent(2)).toEqual(['v1', 'v2'].map(saw))
    })

    it('cannot be changed or shortened, not even by whoever holds the database', async () => {
      await log().record(saw('v1'))
      const { db, kind } = context.database
      const attempts = [
        sql`update access_log set actor_name = 'nobody'`,
        sql`delete from access_log`,
        ...(kind === 'postgres' ? [sql`truncate access_log`] : []),
      ]
      for (const attempt of attempts) {
        await expect(attempt.execute(db)).rejects.toThrow('append-only')
      }
      expect(await log().recent(10)).toEqual([saw('v1')])
    })
  })
}
