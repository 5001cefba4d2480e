import { createReadStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Quarantine } from '../../server/library/quarantine.ts'
import type { ReviewedSlice } from '../../server/library/review.ts'
import { Spool } from '../../server/library/spool.ts'
import { type Database, openDatabase } from '../../server/storage/database.ts'
import { SqlImports } from '../../server/storage/sql-imports.ts'
import { SqlQuarantine } from '../../server/storage/sql-quarantine.ts'
import { anImport } from '../contract/suites/library.ts'
import { testFiles } from '../support/test-data.ts'
import { type LibraryApp, startLibraryApp } from './library-app.ts'

const secretKey = new Uint8Array(32).fill(7)

let app: LibraryApp
let beside: Database
beforeAll(async () => {
  app = await startLibraryApp({ secretKey })
  beside = await openDatabase({ dataDir: app.dataDir, onIdleError: () => expect.fail() })
})
afterAll(async () => {
  await beside.close()
  await app.stop()
  expect(app.errors).toEqual([])
})

/** As an import that was looked at before and held back again for other slices. */
async function holdAgain(
  importId: string,
  reviewed: readonly ReviewedSlice[],
): Promise<Quarantine> {
  const folder = join(app.dataDir, 'quarantine')
  await new SqlImports(beside.db).add(anImport({ importId, state: 'quarantined' }))
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const spool = new Spool(folder, `of-${importId}`)
  await spool.create()
  for (const path of testFiles('dicom', 'ct-missing-slice').slice(0, 4)) {
    await spool.add(createReadStream(path))
  }
  const quarantine = new Quarantine(new SqlQuarantine(beside.db), folder, secretKey)
  await quarantine.hold(importId, spool, [], { title: undefined, reviewed })
  return quarantine
}

it('[PRIV-2] what a person hid in an earlier round stays hidden when they are asked for more', async () => {
  const boxes = [[10, 10, 60, 30] as [number, number, number, number]]
  const importId = 'ab'.repeat(16)
  await holdAgain(importId, [{ seriesIndex: 0, k: 0, boxes }])
  const released = await app.imports.release(importId, [{ seriesIndex: 0, k: 1, boxes }])
  expect(await app.ended(released!)).toMatchObject({
    state: 'ready',
    report: { slicesMasked: 2 },
  })
})

it('[PRIV-2] nothing is given up to a process that is stopping: it would be lost with it', async () => {
  const importId = 'cd'.repeat(16)
  const quarantine = await holdAgain(importId, [])
  const closing = app.imports.close()
  await expect(app.imports.release(importId, [])).rejects.toThrow()
  await closing
  expect(await quarantine.find(importId)).toBeDefined()
})
