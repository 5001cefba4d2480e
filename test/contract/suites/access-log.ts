import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { AccessEntry, AccessFilter, ListedEntry } from '../../../server/audit/access-log.ts'
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
      const entries = await log().recent(10)
      expect(entries.map(withoutId)).toEqual(['v1', 'v2', 'v1'].map(saw))
      expect(await log().recent(2)).toEqual(entries.slice(0, 2))
    })

    it('is read a page at a time, and by what was seen', async () => {
      for (const subjectId of ['v1', 'v2', 'v1', 'v3', 'v1']) await log().record(saw(subjectId))
      const subjects = async (filter: AccessFilter) =>
        (await log().recent(2, filter)).map(({ subjectId }) => subjectId)
      const [, second] = await log().recent(2)
      const before = second?.entryId
      expect(await subjects({ before })).toEqual(['v1', 'v2'])
      const [, ofV1] = await log().recent(2, { subjectId: 'v1' })
      expect(await subjects({ subjectId: 'v1', before: ofV1?.entryId })).toEqual(['v1'])
      expect(await subjects({ subjectId: 'v4' })).toEqual([])
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
      expect((await log().recent(10)).map(withoutId)).toEqual([saw('v1')])
    })
  })
}

function withoutId({ entryId: _, ...entry }: ListedEntry): AccessEntry {
  return entry
}
