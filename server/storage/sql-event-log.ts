import type { Insertable, Kysely } from 'kysely'
import type { ConferenceEvent } from '../../shared/conference/event.ts'
import { type EventLog, EventLogConflictError, type LoggedEvent } from '../conference/ports.ts'
import type { Tables } from './tables.ts'
import { isUniqueViolation } from './unique-violation.ts'

/** Six parameters a row, and SQLite takes at most 32,766 in one statement. */
const rowsPerStatement = 1000

export class SqlEventLog implements EventLog {
  readonly #db: Kysely<Tables>

  constructor(db: Kysely<Tables>) {
    this.#db = db
  }

  async append(batch: readonly LoggedEvent[]): Promise<void> {
    if (batch.length === 0) return
    const rows = batch.map((logged) => ({
      conference_id: logged.conferenceId,
      seq: logged.seq,
      participant_id: logged.participantId,
      command_id: logged.commandId,
      event: JSON.stringify(logged.event),
      at_ms: logged.atMs,
    }))
    try {
      if (rows.length <= rowsPerStatement) await insert(this.#db, rows)
      else {
        await this.#db.transaction().execute(async (transaction) => {
          for (let from = 0; from < rows.length; from += rowsPerStatement) {
            await insert(transaction, rows.slice(from, from + rowsPerStatement))
          }
        })
      }
    } catch (cause) {
      if (!isUniqueViolation(cause)) throw cause
      throw new EventLogConflictError('an event of this number or command is already in the log', {
        cause,
      })
    }
  }

  async read(conferenceId: string): Promise<LoggedEvent[]> {
    const rows = await this.#db
      .selectFrom('conference_events')
      .selectAll()
      .where('conference_id', '=', conferenceId)
      .orderBy('seq')
      .execute()
    return rows.map((row) => ({
      conferenceId: row.conference_id,
      seq: row.seq,
      participantId: row.participant_id,
      commandId: row.command_id,
      event: JSON.parse(row.event) as ConferenceEvent,
      atMs: row.at_ms,
    }))
  }
}

/** One statement is a transaction: a host that freezes holds no lock that the next one waits for. */
async function insert(
  db: Kysely<Tables>,
  rows: readonly Insertable<Tables['conference_events']>[],
): Promise<void> {
  await db.insertInto('conference_events').values(rows).execute()
}
