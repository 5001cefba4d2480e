import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { openDatabase } from '../../server/storage/database.ts'
import { SqlImports } from '../../server/storage/sql-imports.ts'

const names = ['a', 'b', 'c', 'd']
const importsOfEach = 50

it('[OPS-2] processes that open one empty SQLite at the same moment all write to it', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'caseroom-at-once-'))
  const script = join(import.meta.dirname, 'library-writer-child.ts')
  const writers = names.map((name) =>
    spawn(process.execPath, [script, dataDir, name, `${importsOfEach}`], { stdio: 'pipe' }),
  )
  try {
    const ends = writers.map(async (writer) => {
      const [said, [code]] = await Promise.all([text(writer.stderr), once(writer, 'exit')])
      return [code, said]
    })
    await Promise.all(writers.map((writer) => once(writer.stdout, 'data')))
    for (const writer of writers) writer.stdin.write('.')
    expect(await Promise.all(ends)).toEqual(names.map(() => [0, '']))
    const database = await openDatabase({ dataDir, onIdleError: () => {} })
    const stored = await new SqlImports(database.db).recent(1000)
    await database.close()
    expect(stored).toHaveLength(names.length * importsOfEach)
    expect(new Set(stored.map(({ state }) => state))).toEqual(new Set(['ready']))
  } finally {
    for (const writer of writers) writer.kill('SIGKILL')
    rmSync(dataDir, { recursive: true, force: true })
  }
})
