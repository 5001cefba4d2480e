import type { Kysely } from 'kysely'
import type {
  AccessAction,
  AccessActor,
  AccessEntry,
  AccessFilter,
  AccessLog,
  ListedEntry,
} from '../audit/access-log.ts'
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

  async recent(limit: number, { before, subjectId }: AccessFilter = {}): Promise<ListedEntry[]> {
    const rows = await this.#db
      .selectFrom('access_log')
      .selectAll()
      .$if(before !== undefined, (select) => select.where('entry_id', '<', before ?? 0))
      .$if(subjectId !== undefined, (select) => select.where('subject_id', '=', subjectId ?? ''))
      .orderBy('entry_id', 'desc')
      .limit(limit)
      .execute()
    return rows.map((row) => ({
      entryId: row.entry_id,
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
