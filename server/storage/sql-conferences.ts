import type { Kysely, Selectable } from 'kysely'
import type { ConferenceRecord, ConferenceRepository } from '../conference/ports.ts'
import type { Tables } from './tables.ts'

export class SqlConferences implements ConferenceRepository {
  readonly #db: Kysely<Tables>

  constructor(db: Kysely<Tables>) {
    this.#db = db
  }

  /** Throws where an open conference has the code. */
  async add(conference: ConferenceRecord): Promise<void> {
    await this.#db
      .insertInto('conferences')
      .values({
        conference_id: conference.conferenceId,
        case_id: conference.caseId,
        prior_case_id: conference.priorCaseId ?? null,
        code: conference.code,
        opened_by: conference.openedBy,
        opened_at_ms: conference.openedAtMs,
        closed_at_ms: conference.closedAtMs ?? null,
      })
      .execute()
  }

  async find(conferenceId: string): Promise<ConferenceRecord | undefined> {
    const row = await this.#db
      .selectFrom('conferences')
      .selectAll()
      .where('conference_id', '=', conferenceId)
      .executeTakeFirst()
    return row && toRecord(row)
  }

  async findOpenByCode(code: string): Promise<ConferenceRecord | undefined> {
    const row = await this.#db
      .selectFrom('conferences')
      .selectAll()
      .where('code', '=', code)
      .where('closed_at_ms', 'is', null)
      .executeTakeFirst()
    return row && toRecord(row)
  }

  async list(filter: { open: boolean; limit: number }): Promise<ConferenceRecord[]> {
    const rows = await this.#db
      .selectFrom('conferences')
      .selectAll()
      .where('closed_at_ms', filter.open ? 'is' : 'is not', null)
      .orderBy('opened_at_ms', 'desc')
      .orderBy('conference_id')
      .limit(filter.limit)
      .execute()
    return rows.map(toRecord)
  }

  async isOpenOn(caseId: string): Promise<boolean> {
    const row = await this.#db
      .selectFrom('conferences')
      .select('conference_id')
      .where((eb) => eb.or([eb('case_id', '=', caseId), eb('prior_case_id', '=', caseId)]))
      .where('closed_at_ms', 'is', null)
      .limit(1)
      .executeTakeFirst()
    return row !== undefined
  }

  /** Closing twice keeps the first time. */
  async markClosed(conferenceId: string, atMs: number): Promise<void> {
    await this.#db
      .updateTable('conferences')
      .set({ closed_at_ms: atMs })
      .where('conference_id', '=', conferenceId)
      .where('closed_at_ms', 'is', null)
      .execute()
  }
}

function toRecord(row: Selectable<Tables['conferences']>): ConferenceRecord {
  return {
    conferenceId: row.conference_id,
    caseId: row.case_id,
    ...(row.prior_case_id !== null && { priorCaseId: row.prior_case_id }),
    code: row.code,
    openedBy: row.opened_by,
    openedAtMs: row.opened_at_ms,
    ...(row.closed_at_ms !== null && { closedAtMs: row.closed_at_ms }),
  }
}
