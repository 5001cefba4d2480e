import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { sqliteDialect } from './sqlite-dialect.ts'

it('[OPS-2] waits for somebody who holds the file while it is changed to WAL', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'caseroom-wal-'))
  const path = join(folder, 'new.sqlite')
  using other = new DatabaseSync(path)
  try {
    other.exec('create table held (n)')
    other.exec('begin immediate')
    const driver = sqliteDialect(path).createDriver()
    const opening = driver.init()
    other.exec('commit')
    await opening
    await driver.destroy()
    using later = new DatabaseSync(path)
    expect(later.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' })
  } finally {
    rmSync(folder, { recursive: true })
  }
})
