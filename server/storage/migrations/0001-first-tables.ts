import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { DatabaseKind } from '../database-kind.ts'

export async function firstTables(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  await libraryTables(db)
  await conferenceTables(db)
  await db.schema
    .createTable('sign_in_links')
    .addColumn('token_hash', 'text', (c) => c.primaryKey())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('expires_at_ms', 'bigint', (c) => c.notNull())
    .addColumn('used_at_ms', 'bigint')
    .execute()
  await accessLogTable(db, kind)
}

async function libraryTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('imports')
    .addColumn('import_id', 'text', (c) => c.primaryKey())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('progress', 'double precision', (c) => c.notNull())
    .addColumn('problems', 'text', (c) => c.notNull())
    .addColumn('case_ids', 'text', (c) => c.notNull())
    .addColumn('report', 'text', (c) => c.notNull())
    .addColumn('title', 'text')
    .addColumn('demo', 'integer', (c) => c.notNull())
    .addColumn('created_at_ms', 'bigint', (c) => c.notNull())
    .addColumn('updated_at_ms', 'bigint', (c) => c.notNull())
    .execute()
  await index(db, 'imports', 'created_at_ms')
  await db.schema
    .createTable('cases')
    .addColumn('case_id', 'text', (c) => c.primaryKey())
    .addColumn('import_id', 'text', (c) => c.notNull().references('imports.import_id'))
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('modality', 'text', (c) => c.notNull())
    .addColumn('body_part', 'text')
    .addColumn('patient_sex', 'text')
    .addColumn('patient_age', 'text')
    .addColumn('study_date', 'text')
    .addColumn('demo', 'integer', (c) => c.notNull())
    .addColumn('created_at_ms', 'bigint', (c) => c.notNull())
    .addColumn('search_text', 'text', (c) => c.notNull())
    .addColumn('body_part_lower', 'text')
    .execute()
  await index(db, 'cases', 'created_at_ms')
  await db.schema
    .createTable('volumes')
    .addColumn('volume_id', 'text', (c) => c.primaryKey())
    .addColumn('case_id', 'text', (c) => c.notNull().references('cases.case_id'))
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('manifest', 'text', (c) => c.notNull())
    .addUniqueConstraint('volumes_in_order', ['case_id', 'position'])
    .execute()
}

async function conferenceTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('conferences')
    .addColumn('conference_id', 'text', (c) => c.primaryKey())
    .addColumn('case_id', 'text', (c) => c.notNull())
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('opened_by', 'text', (c) => c.notNull())
    .addColumn('opened_at_ms', 'bigint', (c) => c.notNull())
    .addColumn('closed_at_ms', 'bigint')
    .execute()
  await index(db, 'conferences', 'opened_at_ms')
  await sql`create unique index conferences_open_code on conferences (code)
    where closed_at_ms is null`.execute(db)
  await db.schema
    .createTable('invitations')
    .addColumn('invitation_hash', 'text', (c) => c.primaryKey())
    .addColumn('conference_id', 'text', (c) => c.notNull().references('conferences.conference_id'))
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('expires_at_ms', 'bigint', (c) => c.notNull())
    .addColumn('signs_in', 'text')
    .execute()
  await db.schema
    .createTable('conference_events')
    .addColumn('conference_id', 'text', (c) => c.notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('participant_id', 'text', (c) => c.notNull())
    .addColumn('command_id', 'text', (c) => c.notNull())
    .addColumn('event', 'text', (c) => c.notNull())
    .addColumn('at_ms', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('conference_events_in_order', ['conference_id', 'seq'])
    .execute()
  await sql`create unique index conference_events_command
    on conference_events (conference_id, participant_id, command_id)
    where command_id <> ''`.execute(db)
}

async function accessLogTable(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  await db.schema
    .createTable('access_log')
    .addColumn('entry_id', kind === 'sqlite' ? 'integer' : 'bigint', (c) =>
      kind === 'sqlite'
        ? c.primaryKey().autoIncrement()
        : c.primaryKey().generatedAlwaysAsIdentity(),
    )
    .addColumn('at_ms', 'bigint', (c) => c.notNull())
    .addColumn('actor_kind', 'text', (c) => c.notNull())
    .addColumn('actor_id', 'text', (c) => c.notNull())
    .addColumn('actor_name', 'text', (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('subject_id', 'text', (c) => c.notNull())
    .execute()
  const refusals = kind === 'sqlite' ? sqliteAppendOnly : postgresAppendOnly
  for (const statement of refusals) await sql.raw(statement).execute(db)
}

const sqliteAppendOnly = ['update', 'delete'].map(
  (change) => `create trigger access_log_no_${change} before ${change} on access_log
    begin select raise(abort, 'the access log is append-only'); end`,
)

const postgresAppendOnly = [
  `create function refuse_access_log_change() returns trigger language plpgsql as $$
    begin raise exception 'the access log is append-only'; end $$`,
  `create trigger access_log_append_only before update or delete or truncate on access_log
    for each statement execute function refuse_access_log_change()`,
]

async function index(db: Kysely<unknown>, table: string, column: string): Promise<void> {
  await db.schema.createIndex(`${table}_by_${column}`).on(table).column(column).execute()
}
