import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ImportStatus } from '../../shared/case/import.ts'
import { testFiles } from '../support/test-data.ts'
import { until } from '../support/until.ts'
import { asStaff, formOf, startLibraryApp } from './library-app.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'caseroom-restart-'))
})
afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true })
})

it('[IN-1] an import that was killed in the middle has failed in words, and nothing of it is left', async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'library-child.ts'), dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const url = line.toString().trim()
  const send = async (...path: string[]) => {
    const body = await formOf(testFiles(...path))
    const answer = await fetch(`${url}/api/imports`, { method: 'POST', body, headers: asStaff })
    return ((await answer.json()) as { importId: string }).importId
  }
  const stateOf = async (importId: string) => {
    const answer = await fetch(`${url}/api/imports/${importId}`, { headers: asStaff })
    return (await answer.json()) as ImportStatus
  }
  const finished = await send('dicom', 'ct-gantry-tilt-16.5')
  await until('the first is ready', async () => (await stateOf(finished)).state === 'ready')
  const underWay = await send('dicom', 'petct-lung-acrin042', 'ct')
  const queued = await send('dicom', 'ct-gantry-tilt-16.5')
  await until('the second is built', async () => {
    const { state, progress } = await stateOf(underWay)
    return state === 'building' && progress > 0.5
  })
  child.kill('SIGKILL')
  await exited
  const [processId = ''] = readdirSync(join(dataDir, 'spool'))
  expect(readdirSync(join(dataDir, 'spool', processId))).toHaveLength(2)
  expect(readdirSync(join(dataDir, 'volumes')).some((name) => name.startsWith('.building-'))).toBe(
    true,
  )

  const app = await startLibraryApp({ dataDir })
  try {
    for (const importId of [underWay, queued]) {
      expect(await app.json(`/api/imports/${importId}`)).toMatchObject({
        state: 'failed',
        problems: [{ code: 'interrupted', message: expect.stringContaining('again') }],
      })
    }
    expect(readdirSync(join(dataDir, 'spool'))).toEqual([])
    expect(readdirSync(join(dataDir, 'volumes'))).toHaveLength(1)
    const { cases } = await app.json<{ cases: { caseId: string }[] }>('/api/cases')
    expect(cases).toHaveLength(1)
    const again = await app.bring(await formOf(testFiles('dicom', 'petct-lung-acrin042', 'ct')))
    expect(again.state).toBe('ready')
  } finally {
    await app.stop({ keepData: true })
  }
})

it('an import under way when Caseroom is stopped has failed, and stopping does not wait for its end', async () => {
  const app = await startLibraryApp({ dataDir })
  const answer = await app.post(await formOf(testFiles('dicom', 'petct-lung-acrin042', 'ct')))
  const { importId } = (await answer.json()) as { importId: string }
  await until('it is built', async () => {
    return (await app.imports.status(importId))?.state === 'building'
  })
  await app.imports.close()
  expect(await app.imports.status(importId)).toMatchObject({
    state: 'failed',
    problems: [{ code: 'interrupted' }],
  })
  expect(readdirSync(join(dataDir, 'spool'))).toEqual([])
  expect(readdirSync(join(dataDir, 'volumes'))).toEqual([])
  await app.stop({ keepData: true })
})
