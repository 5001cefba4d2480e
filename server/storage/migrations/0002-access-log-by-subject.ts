import type { Kysely } from 'kysely'

export async function accessLogBySubject(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('access_log_by_subject')
    .on('access_log')
    .columns(['subject_id', 'entry_id'])
    .execute()
}
