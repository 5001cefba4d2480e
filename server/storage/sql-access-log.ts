import type { Kysely } from 'kysely'
import type { AccessAction, AccessActor, AccessEntry, AccessLog } from '../audit/access-log.ts'
import type { Tables } from './tables.ts'

export class SqlAccessLog implements AccessLog {
  readonly #db: Kysely<Tables>

  constructor(db: Kysely<Tables>) {
    this.#db = db
  }

  async record(entry: AccessEntry): Promise<void> {
    await this.#db
      .insertInto('access_log')
      .values({
        at_ms: entry.atMs,
        actor_kind: entry.actor.kind,
        actor_id: entry.actor.id,
        actor_name: entry.actor.name,
        action: entry.action,
        subject_id: entry.subjectId,
      })
      .execute()
  }

  async recent(limit: number): Promise<AccessEntry[]> {
    const rows = await this.#db
      .selectFrom('access_log')
      .selectAll()
      .orderBy('entry_id', 'desc')
      .limit(limit)
      .execute()
    return rows.map((row) => ({
      atMs: row.at_ms,
      actor: {
        kind: row.actor_kind as AccessActor['kind'],
        id: row.actor_id,
        name: row.actor_name,
      },
      action: row.action as AccessAction,
      subjectId: row.subject_id,
    }))
  }
}
