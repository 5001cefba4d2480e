import type { Kysely } from 'kysely'

/** Null in the rows that are there already: the process that ran them has ended. */
export async function importsByProcess(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('imports').addColumn('process_id', 'text').execute()
}
