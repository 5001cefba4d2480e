import type { Kysely } from 'kysely'

/** Imports that a person has to look at; what to know of their files is sealed. */
export async function quarantine(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('quarantine')
    .addColumn('import_id', 'text', (c) => c.primaryKey().references('imports.import_id'))
    .addColumn('sealed', 'text', (c) => c.notNull())
    .addColumn('created_at_ms', 'bigint', (c) => c.notNull())
    .execute()
}
