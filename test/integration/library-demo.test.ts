import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ensureDemoCase } from '../../server/library/demo.ts'
import { type LibraryApp, startLibraryApp } from './library-app.ts'

const folder = join(import.meta.dirname, '../../infra/demo/ct')

let app: LibraryApp
beforeEach(async () => {
  app = await startLibraryApp()
})
afterEach(async () => {
  await app.stop()
})

it('the demo case is imported once, as any upload is', async () => {
  const caseId = await ensureDemoCase(app)
  expect(await ensureDemoCase(app)).toBe(caseId)
  const { cases } = await app.json<{ cases: { caseId: string; title: string }[] }>('/api/cases')
  expect(cases).toMatchObject([{ caseId, title: 'Chest CT, demo case', modality: 'CT' }])
  const { volumes } = (await app.cases.find(caseId)) ?? { volumes: [] }
  expect(volumes.map(({ dims }) => dims)).toEqual([[512, 512, 135]])
  expect(app.spooled()).toEqual([])
})

it('the demo case is small enough to be carried in the repository', () => {
  const bytes = readdirSync(folder).reduce(
    (sum, name) => sum + statSync(join(folder, name)).size,
    0,
  )
  expect(bytes).toBeLessThan(25 * 2 ** 20)
})

it('a demo case that makes no volume is said', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'caseroom-no-demo-'))
  try {
    await expect(ensureDemoCase(app, empty)).rejects.toThrow('There was no file in it.')
    await expect(ensureDemoCase(app, import.meta.dirname)).rejects.toThrow('rejected: ')
  } finally {
    rmSync(empty, { recursive: true })
  }
})
