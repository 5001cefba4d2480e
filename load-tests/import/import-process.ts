import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { filesIn } from './files-in.ts'
import { ImportLibrary } from './import-library.ts'

// One import in a process of its own, so that its memory can be told: prints the figures as JSON.
const folder = process.argv[2]
if (!folder) throw new Error('usage: import-process.ts FOLDER')
const root = mkdtempSync(join(tmpdir(), 'caseroom-bench-'))
const library = await ImportLibrary.open(root)
try {
  const figures = await library.bring(filesIn(folder))
  const peakMb = (process.resourceUsage().maxRSS * 1024) / 1e6
  process.stdout.write(`${JSON.stringify({ ...figures, peakMb })}\n`)
} finally {
  await library.close()
  rmSync(root, { recursive: true, force: true })
}
