import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { VolumePool } from '../../server/volume/volume-pool.ts'
import { VolumeStore } from '../../server/volume/volume-store.ts'
import { importSeries } from './import-series.ts'

// One import in a process of its own, so that its memory can be told: prints the figures as JSON.
const folder = process.argv[2]
if (!folder) throw new Error('usage: import-process.ts FOLDER')
const root = mkdtempSync(join(tmpdir(), 'caseroom-bench-'))
const pool = new VolumePool()
try {
  const store = new VolumeStore(root)
  await store.open()
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const figures = await importSeries(paths, { pool, store })
  const peakMb = (process.resourceUsage().maxRSS * 1024) / 1e6
  process.stdout.write(`${JSON.stringify({ ...figures, peakMb })}\n`)
} finally {
  await pool.close()
  rmSync(root, { recursive: true, force: true })
}
