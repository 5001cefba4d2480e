import type { Kysely } from 'kysely'

/** The other case on the table; null where a conference compares with none. */
export async function priors(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('conferences').addColumn('prior_case_id', 'text').execute()
}
