import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import { SqliteAdapter, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely'

/**
 * Kysely over Node's own SQLite. WAL with synchronous=FULL: a commit that has resolved survives the
 * loss of power. Processes of one host may share the file: `busy_timeout` lets the one that writes
 * finish, and covers a reader such as a backup.
 */
export function sqliteDialect(path: string): SqliteDialect {
  return new MigratingSqliteDialect({ database: async () => adapt(await openSqlite(path)) })
}

/** All steps of a migration are one transaction, as SQLite can: another process sees all or none. */
class MigratingSqliteDialect extends SqliteDialect {
  override createAdapter() {
    return new TransactionalSqliteAdapter()
  }
}

class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl() {
    return true
  }
}

const longestWaitMs = 5_000

async function openSqlite(path: string): Promise<DatabaseSync> {
  const database = new DatabaseSync(path)
  try {
    database.exec(`pragma busy_timeout = ${longestWaitMs}`)
    await changeToWal(database)
    database.exec('pragma synchronous = full')
    database.exec('pragma foreign_keys = on')
    // A patient who is forgotten is not left in free pages.
    database.exec('pragma secure_delete = on')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/**
 * Of processes that change a new file to WAL at the same moment all but one are refused at once:
 * `busy_timeout` does not cover a lock that is upgraded (sqlite.org/c3ref/busy_handler.html). The
 * file stays WAL, so a process that waits finds it changed.
 */
async function changeToWal(database: DatabaseSync): Promise<void> {
  const untilMs = performance.now() + longestWaitMs
  for (;;) {
    try {
      if (database.prepare('pragma journal_mode').get()?.journal_mode === 'wal') return
      database.exec('pragma journal_mode = wal')
      return
    } catch (error) {
      if (!isBusy(error) || performance.now() > untilMs) throw error
    }
    await setTimeout(5 + 20 * Math.random()) // not all of them at the same moment again
  }
}

/** SQLITE_BUSY and its extended codes. */
const isBusy = (error: unknown): boolean =>
  error instanceof Error &&
  'errcode' in error &&
  typeof error.errcode === 'number' &&
  (error.errcode & 0xff) === 5

/**
 * Takes its turn among the writers of all processes at once: a transaction that reads first and writes
 * later is refused, without waiting, where another process wrote in between.
 */
const begin = 'begin immediate'

/** The subset of better-sqlite3 that Kysely speaks; statements are kept, as their texts recur. */
function adapt(database: DatabaseSync): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>()
  return {
    close: () => database.close(),
    prepare: (text) => {
      const known = statements.get(text)
      if (known) return known
      const statement = adaptStatement(database.prepare(text === 'begin' ? begin : text))
      if (statements.size < 500) statements.set(text, statement)
      return statement
    },
  }
}

function adaptStatement(statement: StatementSync): SqliteStatement {
  const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[]
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...values(parameters)),
    run: (parameters) => statement.run(...values(parameters)),
    iterate: (parameters) => statement.iterate(...values(parameters)),
  }
}
