import { join } from 'node:path'
import { Kysely, sql } from 'kysely'
import type { DatabaseKind } from './database-kind.ts'
import { migrate } from './migrate.ts'
import { postgresDialect } from './postgres-dialect.ts'
import { sqliteDialect } from './sqlite-dialect.ts'
import type { Tables } from './tables.ts'

export interface Database {
  readonly kind: DatabaseKind
  readonly db: Kysely<Tables>
  /** Throws where the database does not answer. */
  ping(): Promise<void>
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** `postgres://…`; without it a file in `dataDir`. */
  databaseUrl?: string | undefined
  dataDir: string
  onIdleError(error: Error): void
}

/** Opens the database and brings its tables up to date. Throws where it cannot be reached. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { databaseUrl, dataDir, onIdleError } = options
  const kind: DatabaseKind = databaseUrl ? 'postgres' : 'sqlite'
  const dialect = databaseUrl
    ? postgresDialect(databaseUrl, onIdleError)
    : sqliteDialect(join(dataDir, 'caseroom.sqlite'))
  const db = new Kysely<Tables>({ dialect })
  try {
    await migrate(db, kind)
  } catch (error) {
    await db.destroy()
    throw error
  }
  return {
    kind,
    db,
    ping: async () => {
      await sql`select 1`.execute(db)
    },
    close: () => db.destroy(),
  }
}
