import type { Insertable, Kysely, Selectable } from 'kysely'
import { endStates, type ImportState } from '../../shared/case/import.ts'
import type { SealedOrigin } from '../dicom/index.ts'
import {
  type CaseRecord,
  ImportOverError,
  type ImportRecord,
  type ImportRepository,
} from '../library/ports.ts'
import { addCase } from './sql-cases.ts'
import { addOrigin } from './sql-vault.ts'
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

  async update(record: ImportRecord): Promise<boolean> {
    return await replaceUnfinished(this.#db, record)
  }

  async updateProgress({
    importId,
    state,
    progress,
  }: Pick<ImportRecord, 'importId' | 'state' | 'progress'>): Promise<void> {
    await this.#db
      .updateTable('imports')
      .set({ progress })
      .where('import_id', '=', importId)
      .where('state', '=', state)
      .where('state', 'not in', endStates)
      .where('progress', '<', progress)
      .execute()
  }

  async complete(
    record: ImportRecord,
    cases: readonly CaseRecord[],
    origins: readonly SealedOrigin[],
  ): Promise<void> {
    await this.#db.transaction().execute(async (transaction) => {
      if (!(await replaceUnfinished(transaction, record))) {
        throw new ImportOverError(record.importId)
      }
      for (const each of cases) await addCase(transaction, each)
      for (const each of origins) await addOrigin(transaction, each)
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

async function replaceUnfinished(db: Kysely<Tables>, record: ImportRecord): Promise<boolean> {
  const { processId } = record
  const { numUpdatedRows } = await db
    .updateTable('imports')
    .set(toRow(record))
    .where('import_id', '=', record.importId)
    .where('process_id', processId === undefined ? 'is' : '=', processId ?? null)
    .where('state', 'not in', endStates)
    .executeTakeFirst()
  return numUpdatedRows === 1n
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
    process_id: record.processId ?? null,
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
    ...(row.process_id !== null && { processId: row.process_id }),
    ...(row.title !== null && { title: row.title }),
    demo: row.demo === 1,
    createdAtMs: row.created_at_ms,
    updatedAtMs: row.updated_at_ms,
  }
}
