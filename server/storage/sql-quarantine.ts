import type { Kysely } from 'kysely'
import type { QuarantineRow, QuarantineRows } from '../library/ports.ts'
import type { Tables } from './tables.ts'

export class SqlQuarantine implements QuarantineRows {
  readonly #db: Kysely<Tables>

  constructor(db: Kysely<Tables>) {
    this.#db = db
  }

  async add({ importId, sealed, createdAtMs }: QuarantineRow): Promise<void> {
    await this.#db
      .insertInto('quarantine')
      .values({ import_id: importId, sealed, created_at_ms: createdAtMs })
      .execute()
  }

  async find(importId: string): Promise<QuarantineRow | undefined> {
    const row = await this.#db
      .selectFrom('quarantine')
      .selectAll()
      .where('import_id', '=', importId)
      .executeTakeFirst()
    return row && { importId, sealed: row.sealed, createdAtMs: row.created_at_ms }
  }

  async remove(importId: string): Promise<boolean> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('quarantine')
      .where('import_id', '=', importId)
      .executeTakeFirst()
    return numDeletedRows === 1n
  }

  async list(): Promise<readonly string[]> {
    const rows = await this.#db.selectFrom('quarantine').select('import_id').execute()
    return rows.map((row) => row.import_id)
  }
}
