import type { Insertable, Kysely, Selectable } from 'kysely'
import { endStates, type ImportState } from '../../shared/case/import.ts'
import type { CaseRecord, ImportRecord, ImportRepository } from '../library/ports.ts'
import { addCase } from './sql-cases.ts'
import type { Tables } from './tables.ts'

type Row = Selectable<Tables['imports']>

export class SqlImports implements ImportRepository {
  readonly #db: Kysely<Tables>

  constructor(db: Kysely<Tables>) {
    this.#db = db
  }

  async add(record: ImportRecord): Promise<void> {
    await this.#db.insertInto('imports').values(toRow(record)).execute()
  }

  async update(record: ImportRecord): Promise<void> {
    await replaceImport(this.#db, record)
  }

  async complete(record: ImportRecord, cases: readonly CaseRecord[]): Promise<void> {
    await this.#db.transaction().execute(async (transaction) => {
      await replaceImport(transaction, record)
      for (const each of cases) await addCase(transaction, each)
    })
  }

  async find(importId: string): Promise<ImportRecord | undefined> {
    const row = await this.#db
      .selectFrom('imports')
      .selectAll()
      .where('import_id', '=', importId)
      .executeTakeFirst()
    return row && toRecord(row)
  }

  async recent(limit: number): Promise<ImportRecord[]> {
    const rows = await this.#db
      .selectFrom('imports')
      .selectAll()
      .orderBy('created_at_ms', 'desc')
      .orderBy('import_id')
      .limit(limit)
      .execute()
    return rows.map(toRecord)
  }

  async unfinished(): Promise<ImportRecord[]> {
    const rows = await this.#db
      .selectFrom('imports')
      .selectAll()
      .where('state', 'not in', endStates)
      .orderBy('created_at_ms')
      .orderBy('import_id')
      .execute()
    return rows.map(toRecord)
  }
}

async function replaceImport(db: Kysely<Tables>, record: ImportRecord): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('imports')
    .set(toRow(record))
    .where('import_id', '=', record.importId)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) throw new Error(`there is no import ${record.importId} to update`)
}

function toRow(record: ImportRecord): Insertable<Tables['imports']> {
  return {
    import_id: record.importId,
    state: record.state,
    progress: record.progress,
    problems: JSON.stringify(record.problems),
    case_ids: JSON.stringify(record.caseIds),
    report: JSON.stringify(record.report),
    title: record.title ?? null,
    demo: record.demo ? 1 : 0,
    created_at_ms: record.createdAtMs,
    updated_at_ms: record.updatedAtMs,
  }
}

function toRecord(row: Row): ImportRecord {
  return {
    importId: row.import_id,
    state: row.state as ImportState,
    progress: row.progress,
    problems: JSON.parse(row.problems),
    caseIds: JSON.parse(row.case_ids),
    report: JSON.parse(row.report),
    ...(row.title !== null && { title: row.title }),
    demo: row.demo === 1,
    createdAtMs: row.created_at_ms,
    updatedAtMs: row.updated_at_ms,
  }
}
