import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ensureDemoCase } from '../../server/library/demo.ts'
import type { ImportRecord } from '../../server/library/ports.ts'
import type { Siblings } from '../../server/scaling/siblings.ts'
import { type Database, openDatabase } from '../../server/storage/database.ts'
import { SqlImports } from '../../server/storage/sql-imports.ts'
import { type ImportStatus, importStatus } from '../../shared/case/import.ts'
import { testFiles } from '../support/test-data.ts'
import { until } from '../support/until.ts'
import { asStaff, formOf, type LibraryApp, startLibraryApp } from './library-app.ts'

let dataDir: string
let database: Database
let living: string[]
let apps: LibraryApp[]
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'caseroom-shared-'))
  database = await openDatabase({ dataDir, onIdleError: () => {} })
  living = []
  apps = []
})
afterEach(async () => {
  for (const app of apps) await app.stop({ keepData: true })
  await database.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const turns = new Map<string, Promise<unknown>>()
/** As Redis would have it: who lives is set by the test, and who is exclusive goes one by one. */
const siblings = (processId: string): Siblings => ({
  processId,
  living: async () => living.filter((id) => id !== processId),
  exclusively: (name, work) => {
    const turn = (turns.get(name) ?? Promise.resolve()).then(work)
    turns.set(name, turn)
    return turn
  },
})

async function start(processId: string, records?: SqlImports): Promise<LibraryApp> {
  const app = await startLibraryApp({
    dataDir,
    database,
    siblings: siblings(processId),
    sweepEveryMs: 20,
    ...(records && { records }),
  })
  apps.push(app)
  living.push(processId)
  return app
}

const volumes = () => readdirSync(join(dataDir, 'volumes'))
const inodeOf = (volume: string) => statSync(join(dataDir, 'volumes', volume)).ino
const chest = () => testFiles('dicom', 'petct-lung-acrin042', 'ct')

async function send(app: LibraryApp, paths: readonly string[]): Promise<string> {
  const answer = await app.post(await formOf(paths))
  return ((await answer.json()) as { importId: string }).importId
}

it('[OPS-2] a process that starts while another builds a volume lets it, and tells how it goes', async () => {
  const a = await start('a')
  const importId = await send(a, chest())
  await until('a builds', () => volumes().some((name) => name.startsWith('.building-')))
  const [building = ''] = volumes()
  const inode = inodeOf(building)
  const b = await start('b')
  expect(inodeOf(building)).toBe(inode)
  expect((await b.json<ImportStatus>(`/api/imports/${importId}`)).state).toBe('building')
  const stream = await b.get(`/api/imports/${importId}/events`)
  const told = (await stream.text())
    .split('\n\n')
    .filter((event) => event.startsWith('event: import\n'))
    .map((event) => importStatus.parse(JSON.parse(event.split('\ndata: ')[1] as string)))
  const progress = told.filter(({ state }) => state === 'building').map((each) => each.progress)
  expect(new Set(progress).size).toBeGreaterThan(2)
  expect(told.at(-1)).toMatchObject({ state: 'ready', progress: 1, problems: [] })
  expect(told.at(-1)).toEqual(await a.json(`/api/imports/${importId}`))
  const { volumes: made } = await b.caseOf(told.at(-1) as ImportStatus)
  expect(volumes()).toEqual(made.map(({ volumeId }) => volumeId))
  // The very tree that was being built, not one begun anew after its removal.
  expect(volumes().map(inodeOf)).toEqual([inode])
  expect((await b.get(`/api/volumes/${made[0]?.volumeId}/zarr/zarr.json`)).status).toBe(200)
  expect(b.spooled()).toEqual([])
  expect([...a.errors, ...b.errors]).toEqual([])
})

it('[OPS-2] an import ended by others, who took its process for dead, stays ended there too', async () => {
  const a = await start('a')
  const b = await start('b')
  const importId = await send(a, chest())
  const told: ImportStatus[] = []
  a.imports.watch(importId, (status) => told.push(status))
  await until('a builds', () => volumes().some((name) => name.startsWith('.building-')))
  living = ['b']
  await until('b has ended it', async () => (await b.imports.status(importId))?.state === 'failed')
  living = ['a', 'b']
  await until('a hears that it is over', () => told.some(({ state }) => state === 'failed'))
  const over = await a.ended(importId)
  expect(over).toMatchObject({ state: 'failed', problems: [{ code: 'interrupted' }], caseIds: [] })
  expect(over).toEqual(await b.imports.status(importId))
  const next = await a.bring(await formOf(testFiles('dicom', 'ct-gantry-tilt-16.5')))
  expect(next.state).toBe('ready')
  const { volumes: made } = await b.caseOf(next)
  expect(volumes()).toEqual(made.map(({ volumeId }) => volumeId))
  expect(b.spooled()).toEqual([])
})

class CountedImports extends SqlImports {
  readonly finds = new Map<string, number>()

  override async find(importId: string): Promise<ImportRecord | undefined> {
    this.finds.set(importId, (this.finds.get(importId) ?? 0) + 1)
    return await super.find(importId)
  }
}

it('[OPS-2] nobody looks at the import of another process when the browser has gone', async () => {
  const a = await start('a')
  const records = new CountedImports(database.db)
  const b = await start('b', records)
  const looks = (importId: string) => records.finds.get(importId) ?? 0
  const left = await a.imports.receive()
  const watched = await a.imports.receive()
  const pages = [left, watched].map(({ importId }) => {
    const page = request(`${b.url}/api/imports/${importId}/events`, { headers: asStaff })
    page.on('error', () => undefined) // it goes away below
    page.end()
    return page
  })
  const several = (importId: string) => {
    const before = looks(importId)
    return until('a few looks', () => looks(importId) >= before + 5)
  }
  await several(left.importId)
  pages[0]?.destroy()
  await until('the looks at the one that was left end', async () => {
    const before = looks(left.importId)
    await several(watched.importId)
    return looks(left.importId) === before
  })
  pages[1]?.destroy()
})

it('[OPS-2] two processes that start on an empty library make one demo case', async () => {
  const a = await start('a')
  const b = await start('b')
  const [ofA, ofB] = await Promise.all([ensureDemoCase(a), ensureDemoCase(b)])
  expect(ofA).toBe(ofB)
  expect(await a.cases.count()).toBe(1)
  expect(await b.imports.recent()).toHaveLength(1)
})
