import { type Kysely, sql } from 'kysely'
import type { DatabaseKind } from '../database-kind.ts'

/** What conferences write down, keep as pictures, and send to the PACS. */
export async function findings(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  await db.schema
    .createTable('findings_minutes')
    .addColumn('conference_id', 'text', (c) =>
      c.primaryKey().references('conferences.conference_id'),
    )
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('saved_by', 'text', (c) => c.notNull())
    .addColumn('saved_at_ms', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('findings_key_images')
    .addColumn('key_image_id', 'text', (c) => c.primaryKey())
    .addColumn('conference_id', 'text', (c) => c.notNull().references('conferences.conference_id'))
    .addColumn('taken_at_ms', 'bigint', (c) => c.notNull())
    .addColumn('taken_by', 'text', (c) => c.notNull())
    .addColumn('columns', 'integer', (c) => c.notNull())
    .addColumn('rows', 'integer', (c) => c.notNull())
    .addColumn('png', kind === 'sqlite' ? 'blob' : 'bytea', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('findings_sendings')
    .addColumn('sending_id', 'text', (c) => c.primaryKey())
    .addColumn('conference_id', 'text', (c) => c.notNull().references('conferences.conference_id'))
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('digest', 'text', (c) => c.notNull())
    .addColumn('signed_by', 'text', (c) => c.notNull())
    .addColumn('signed_at_ms', 'bigint', (c) => c.notNull())
    .addColumn('begun_at_ms', 'bigint', (c) => c.notNull())
    .addColumn('kinds', 'text', (c) => c.notNull())
    .addColumn('message', 'text')
    .execute()
  for (const table of ['findings_key_images', 'findings_sendings']) {
    await db.schema
      .createIndex(`${table}_by_conference`)
      .on(table)
      .column('conference_id')
      .execute()
  }
  await sql`create unique index findings_one_sending on findings_sendings (conference_id)
    where state = 'sending'`.execute(db)
}
