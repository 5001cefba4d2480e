import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import type { DatabaseKind } from './database-kind.ts'
import { firstTables } from './migrations/0001-first-tables.ts'
import { accessLogBySubject } from './migrations/0002-access-log-by-subject.ts'
import { importsByProcess } from './migrations/0003-imports-by-process.ts'
import { vault } from './migrations/0004-vault.ts'
import { findings } from './migrations/0005-findings.ts'
import { faces } from './migrations/0006-faces.ts'
import { quarantine } from './migrations/0007-quarantine.ts'
import { priors } from './migrations/0008-priors.ts'
import type { Tables } from './tables.ts'

/** Forward only, in the order of their names; a name, once released, keeps its meaning. */
const migrations = (kind: DatabaseKind): Record<string, Migration> => ({
  '0001-first-tables': { up: (db) => firstTables(db, kind) },
  '0002-access-log-by-subject': { up: (db) => accessLogBySubject(db) },
  '0003-imports-by-process': { up: (db) => importsByProcess(db) },
  '0004-vault': { up: (db) => vault(db) },
  '0005-findings': { up: (db) => findings(db, kind) },
  '0006-faces': { up: (db) => faces(db, kind) },
  '0007-quarantine': { up: (db) => quarantine(db) },
  '0008-priors': { up: (db) => priors(db) },
})

/**
 * Brings the database to this version's tables, in one process at a time; throws where a step fails,
 * and nothing is changed then.
 */
export async function migrate(db: Kysely<Tables>, kind: DatabaseKind): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations(kind) },
  })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}
