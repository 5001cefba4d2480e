import type { ImportRecord } from '../../server/library/ports.ts'
import { openDatabase } from '../../server/storage/database.ts'
import { SqlImports } from '../../server/storage/sql-imports.ts'

// A process of its own that opens the database of DATA_DIR when it is told to, by a byte on standard
// input, and takes imports through their states under its name.
const [, , dataDir, processId, count] = process.argv
if (!dataDir || !processId) throw new Error('usage: library-writer-child.ts DATA_DIR NAME COUNT')
process.stdout.write('here\n')
process.stdin.once('data', async () => {
  process.stdin.destroy()
  const database = await openDatabase({ dataDir, onIdleError: () => {} })
  const imports = new SqlImports(database.db)
  for (let n = 0; n < Number(count); n++) {
    const record: ImportRecord = {
      importId: `${processId}-${n}`,
      processId,
      state: 'building',
      progress: 0,
      problems: [],
      caseIds: [],
      report: { files: 0, bytes: 0, volumes: 0, setAside: [] },
      createdAtMs: n,
      updatedAtMs: n,
      demo: false,
    }
    await imports.add(record)
    await imports.updateProgress({ ...record, progress: 0.5 })
    await imports.complete({ ...record, state: 'ready', progress: 1 }, [], [])
  }
  await database.close()
})
