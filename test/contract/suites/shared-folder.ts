import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import type { Siblings } from '../../../server/scaling/siblings.ts'
import { SqlCases } from '../../../server/storage/sql-cases.ts'
import { SqlImports } from '../../../server/storage/sql-imports.ts'
import { VolumeStore } from '../../../server/volume/volume-store.ts'
import type { StorageContext } from '../storage-suite.ts'

/** One database and one folder for several processes; a test sets who of them lives. */
export function sharedFolder(context: StorageContext) {
  let dataDir: string
  let living: readonly string[]
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'caseroom-shared-'))
    mkdirSync(join(dataDir, 'volumes'))
    living = []
  })
  afterEach(() => {
    rmSync(dataDir, { recursive: true, force: true })
  })
  const records = () => new SqlImports(context.database.db)
  const spoolRoot = () => join(dataDir, 'spool')
  const volumesRoot = () => join(dataDir, 'volumes')
  return {
    records,
    spoolRoot,
    quarantineRoot: () => join(dataDir, 'quarantine'),
    volumesRoot,
    spools: () => readdirSync(spoolRoot()).toSorted(),
    setLiving: (...ids: string[]) => {
      living = ids
    },
    /** What one of the processes is made of. */
    of: (processId: string) => {
      const siblings: Siblings = {
        processId,
        living: async () => living.filter((id) => id !== processId),
        exclusively: (_, work) => work(),
      }
      return {
        imports: records(),
        cases: new SqlCases(context.database.db),
        store: new VolumeStore(volumesRoot()),
        siblings,
        spoolRoot: spoolRoot(),
      }
    },
  }
}
