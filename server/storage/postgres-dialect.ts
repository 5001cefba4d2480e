import { PostgresDialect } from 'kysely'
import pg from 'pg'

/** 64-bit integers are epoch milliseconds and counts here: exact as numbers. */
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format as 'text'),
}

/** `onIdleError` hears of connections lost while nobody used them; the pool makes new ones. */
export function postgresDialect(
  databaseUrl: string,
  onIdleError: (error: Error) => void,
): PostgresDialect {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 10,
    connectionTimeoutMillis: 5000,
    types: types as pg.CustomTypesConfig,
  })
  pool.on('error', onIdleError)
  return new PostgresDialect({ pool })
}
