import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../server/storage/database.ts'
import { storageSuite } from './storage-suite.ts'

storageSuite('SQLite', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'caseroom-storage-'))
  return {
    open: () => openDatabase({ dataDir, onIdleError: () => {} }),
    remove: async () => rmSync(dataDir, { recursive: true, force: true }),
  }
})
