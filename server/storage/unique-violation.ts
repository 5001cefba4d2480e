const sqlitePrimaryKey = 1555
const sqliteUnique = 2067
const postgresUnique = '23505'

/** Whether a database refused a row because its key is taken. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { errcode, code } = error as { errcode?: number; code?: string }
  return errcode === sqlitePrimaryKey || errcode === sqliteUnique || code === postgresUnique
}
