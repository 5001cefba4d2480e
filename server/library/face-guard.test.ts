import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aCase, anImport } from '../../test/contract/suites/library.ts'
import { type Database, openDatabase } from '../storage/database.ts'
import { SqlCases } from '../storage/sql-cases.ts'
import { SqlConferences } from '../storage/sql-conferences.ts'
import { SqlFaces } from '../storage/sql-faces.ts'
import { SqlImports } from '../storage/sql-imports.ts'
import { FaceGuard, type FaceGuardOptions } from './face-guard.ts'

const caseId = 'head'
const keep = { normal: [0, 1, 0] as [number, number, number], offsetMm: 0 }

let dataDir: string
let database: Database
let gone: string[]
let made: string[]
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'caseroom-faces-'))
  database = await openDatabase({ dataDir, onIdleError: () => expect.fail() })
  gone = []
  made = []
  const record = anImport()
  await new SqlImports(database.db).add(record)
  const head = aCase({ caseId, importId: record.importId, bodyPart: 'HEAD' })
  await new SqlImports(database.db).complete({ ...record, state: 'ready' }, [head], [])
})
afterEach(async () => {
  await database.close()
  rmSync(dataDir, { recursive: true })
})

/** Of one process; its masks take no time but are volumes of their own. */
function guard(options: Partial<FaceGuardOptions> = {}): FaceGuard {
  return new FaceGuard({
    cases: new SqlCases(database.db),
    decisions: new SqlFaces(database.db),
    mask: async (manifest) => {
      const volumeId = randomBytes(16).toString('hex')
      made.push(volumeId)
      return { ...manifest, volumeId }
    },
    discard: async (volumeId) => void gone.push(volumeId),
    isShown: (id) => new SqlConferences(database.db).isOpenOn(id),
    exclusively: (work) => work(),
    now: Date.now,
    ...options,
  })
}

const volumesNow = async () =>
  (await new SqlCases(database.db).find(caseId))!.volumes.map(({ volumeId }) => volumeId)

const refusals = (results: readonly PromiseSettledResult<unknown>[]) =>
  results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []))

describe('[PRIV-4] masking a face', () => {
  it('is done once where two ask for it at once, in one process', async () => {
    const faces = guard()
    const asked = [faces.mask(caseId, 'Ada', keep), faces.mask(caseId, 'Bea', keep)]
    expect(refusals(await Promise.allSettled(asked))).toEqual(['conference-open'])
    expect(await volumesNow()).toEqual(made)
  })

  it('is done once where two ask for it at once, in two processes', async () => {
    const before = await volumesNow()
    const asked = [guard().mask(caseId, 'Ada', keep), guard().mask(caseId, 'Bea', keep)]
    expect(refusals(await Promise.allSettled(asked))).toEqual(['conference-open'])
    const now = await volumesNow()
    expect(now).toHaveLength(before.length)
    expect(gone.toSorted()).toEqual(
      [...before, ...made.filter((volumeId) => !now.includes(volumeId))].toSorted(),
    )
  })

  it('leaves all as it was where a conference opened meanwhile', async () => {
    const before = await volumesNow()
    const faces = guard({
      mask: async (manifest) => {
        await new SqlConferences(database.db).add({
          conferenceId: 'opened-meanwhile',
          caseId,
          code: 'ABCDEF',
          openedBy: 'Cleo',
          openedAtMs: 0,
        })
        made.push('33'.repeat(16))
        return { ...manifest, volumeId: '33'.repeat(16) }
      },
    })
    expect(refusals(await Promise.allSettled([faces.mask(caseId, 'Ada', keep)]))).toEqual([
      'conference-open',
    ])
    expect(await volumesNow()).toEqual(before)
    expect(gone).toEqual(made)
    expect(await faces.mayShow(caseId)).toBe(false)
  })

  it('may be asked for again after a disk failed', async () => {
    const failing = async () => {
      throw new Error('the disk')
    }
    const faces = guard({ discard: failing })
    await expect(faces.mask(caseId, 'Ada', keep)).rejects.toThrow('the disk')
    await expect(faces.mask(caseId, 'Ada', keep)).rejects.toThrow('the disk')
    expect(await faces.mayShow(caseId)).toBe(true)
  })

  it('refuses a plane that cuts nothing', async () => {
    const beyond = { normal: [0, 1, 0] as [number, number, number], offsetMm: -1e5 }
    await expect(guard().mask(caseId, 'Ines', beyond)).rejects.toMatchObject({
      code: 'cuts-nothing',
    })
    expect(made).toEqual([])
  })
})
