import { describe, expect, it } from 'vitest'
import {
  type CaseRecord,
  ImportOverError,
  type ImportRecord,
} from '../../../server/library/ports.ts'
import { SqlCases } from '../../../server/storage/sql-cases.ts'
import { SqlImports } from '../../../server/storage/sql-imports.ts'
import { casesPerPage } from '../../../shared/case/case.ts'
import type { ImportState } from '../../../shared/case/import.ts'
import type { VolumeManifest } from '../../../shared/volume/manifest.ts'
import type { StorageContext } from '../storage-suite.ts'

export function librarySuite(context: StorageContext): void {
  const imports = () => new SqlImports(context.database.db)
  const cases = () => new SqlCases(context.database.db)
  const importReady = async (...made: CaseRecord[]) => {
    const caseIds = made.map(({ caseId }) => caseId)
    const record = anImport({ importId: made[0]!.importId })
    await imports().add(record)
    await imports().complete({ ...record, state: 'ready', progress: 1, caseIds }, made, [])
  }

  describe('imports', () => {
    it('are found as they were last stored, after a restart too', async () => {
      const record = anImport({ title: 'Lung, 62 y' })
      await imports().add(record)
      expect(await imports().find(record.importId)).toEqual(record)
      const { title: _, ...untitled } = record
      const changed: ImportRecord = {
        ...untitled,
        state: 'rejected',
        progress: 0.437,
        problems: [{ code: 'truncated', message: 'File 3 ends early.', fileIndex: 3 }],
        updatedAtMs: record.updatedAtMs + 1,
      }
      await imports().update(changed)
      await context.reopen()
      expect(await imports().find(record.importId)).toEqual(changed)
      expect(await imports().find('none')).toBeUndefined()
    })

    it('that are not there cannot be updated', async () => {
      expect(await imports().update(anImport())).toBe(false)
    })

    it('[OPS-2] are changed by the process that runs them alone, and not once they have ended', async () => {
      const record = anImport({ processId: 'here' })
      await imports().add(record)
      const { processId: _, ...unknown } = record
      expect(await imports().update({ ...unknown, state: 'reading' })).toBe(false)
      expect(await imports().update({ ...record, processId: 'there' })).toBe(false)
      const failed: ImportRecord = { ...record, state: 'failed', progress: 1 }
      expect(await imports().update(failed)).toBe(true)
      expect(await imports().update({ ...record, state: 'reading' })).toBe(false)
      const ready: ImportRecord = { ...record, state: 'ready', progress: 1, caseIds: ['a'] }
      await expect(imports().complete(ready, [aCase({ caseId: 'a' })], [])).rejects.toThrow(
        ImportOverError,
      )
      expect(await imports().find(record.importId)).toEqual(failed)
      expect(await cases().count()).toBe(0)
    })

    it('[OPS-2] end once, however many say so at the same moment', async () => {
      const record = anImport({ processId: 'gone' })
      await imports().add(record)
      const failed: ImportRecord = { ...record, state: 'failed', progress: 1 }
      const answers = await Promise.all(Array.from({ length: 8 }, () => imports().update(failed)))
      expect(answers.filter(Boolean)).toEqual([true])
    })

    it('[OPS-2] go forward only, and a late word of progress does not bring a state back', async () => {
      const record = anImport({ processId: 'here', state: 'building', progress: 0.4 })
      await imports().add(record)
      const { importId } = record
      const note = async (state: ImportState, progress: number) => {
        await imports().updateProgress({ importId, state, progress })
        return await imports().find(importId)
      }
      expect(await note('building', 0.6)).toEqual({ ...record, progress: 0.6 })
      expect(await note('building', 0.5)).toMatchObject({ progress: 0.6 })
      expect(await note('reading', 0.9)).toMatchObject({ state: 'building', progress: 0.6 })
      const failed: ImportRecord = { ...record, state: 'failed', progress: 0.7 }
      await imports().update(failed)
      expect(await note('building', 0.9)).toEqual(failed)
      expect(await note('failed', 0.9)).toEqual(failed)
    })

    it('come newest first, as many as asked', async () => {
      for (const n of [2, 3, 1]) {
        await imports().add(anImport({ importId: `i${n}`, createdAtMs: n }))
      }
      const ids = (await imports().recent(2)).map(({ importId }) => importId)
      expect(ids).toEqual(['i3', 'i2'])
    })

    it('under way are told from those that ended', async () => {
      const states = [
        'receiving',
        'reading',
        'deidentifying',
        'building',
        'ready',
        'rejected',
        'quarantined',
        'failed',
      ] as const
      for (const [n, state] of states.entries()) {
        await imports().add(anImport({ importId: state, state, createdAtMs: n }))
      }
      const ids = (await imports().unfinished()).map(({ importId }) => importId)
      expect(ids).toEqual(['receiving', 'reading', 'deidentifying', 'building'])
    })

    it('complete with all of their cases or none', async () => {
      const record = anImport()
      await imports().add(record)
      const ready: ImportRecord = { ...record, state: 'ready', progress: 1, caseIds: ['a', 'b'] }
      const twice = [aCase({ caseId: 'a' }), aCase({ caseId: 'a' })]
      await expect(imports().complete(ready, twice, [])).rejects.toThrow()
      expect(await imports().find(record.importId)).toEqual(record)
      expect(await cases().count()).toBe(0)
      await imports().complete(ready, [aCase({ caseId: 'a' }), aCase({ caseId: 'b' })], [])
      expect(await imports().find(record.importId)).toEqual(ready)
      expect(await cases().count()).toBe(2)
    })
  })

  describe('cases', () => {
    it('are found whole, their volumes in order, after a restart too', async () => {
      const volumes = ['v9', 'v1', 'v5'].map(aManifest)
      const record = aCase({ volumes, volumeCount: 3, patientAge: '062Y', studyDate: '2011-03-02' })
      await importReady(record)
      await context.reopen()
      expect(await cases().find(record.caseId)).toEqual(record)
      expect(await cases().find('none')).toBeUndefined()
      expect(await cases().caseOfVolume('v5')).toBe(record.caseId)
      expect(await cases().caseOfVolume('v2')).toBeUndefined()
    })

    it('are searched by words, whatever their case and script, and nothing is a wildcard', async () => {
      await importReady(
        aCase({ caseId: 'liver', title: 'LEBER: Ödem, 50% necrotic', bodyPart: 'ABDOMEN' }),
        aCase({ caseId: 'lung', title: 'Lung nodule under_score', bodyPart: 'CHEST' }),
      )
      const found = async (q: string) =>
        (await cases().search({ q, page: 1 })).cases.map(({ caseId }) => caseId)
      expect(await found('ödem leber')).toEqual(['liver'])
      expect(await found('LUNG chest')).toEqual(['lung'])
      expect(await found('lung abdomen')).toEqual([])
      expect(await found('50%')).toEqual(['liver'])
      expect(await found('5%necrotic')).toEqual([])
      expect(await found('r_score')).toEqual(['lung'])
      expect(await found('e_score')).toEqual([])
      expect(await found("'; drop table cases; --")).toEqual([])
      expect(await found('!')).toEqual([])
      expect((await found('')).toSorted()).toEqual(['liver', 'lung'])
    })

    it('are narrowed by modality, one of several, and by body part', async () => {
      await importReady(
        aCase({ caseId: 'both', modality: 'CT, MR', bodyPart: 'CHEST' }),
        aCase({ caseId: 'ct', modality: 'CT', bodyPart: 'HEAD' }),
        aCase({ caseId: 'pt', modality: 'PT', bodyPart: 'CHEST' }),
      )
      const found = async (narrow: { modality?: string; bodyPart?: string }) =>
        (await cases().search({ ...narrow, page: 1 })).cases.map(({ caseId }) => caseId).toSorted()
      expect(await found({ modality: 'CT' })).toEqual(['both', 'ct'])
      expect(await found({ modality: 'mr' })).toEqual(['both'])
      expect(await found({ modality: 'C' })).toEqual([])
      expect(await found({ bodyPart: 'chest' })).toEqual(['both', 'pt'])
      expect(await found({ bodyPart: 'ches' })).toEqual([])
      expect(await found({ modality: 'CT', bodyPart: 'CHEST' })).toEqual(['both'])
    })

    it('come newest first, a page at a time, with the number of all', async () => {
      const total = casesPerPage + 3
      const made = Array.from({ length: total }, (_, n) =>
        aCase({ caseId: `c${String(n).padStart(3, '0')}`, createdAtMs: 1000 + n }),
      )
      await importReady(...made)
      const first = await cases().search({ page: 1 })
      expect(first.total).toBe(total)
      expect(first.cases).toHaveLength(casesPerPage)
      expect(first.cases[0]).toMatchObject({ caseId: `c0${total - 1}`, volumeCount: 1 })
      const second = await cases().search({ page: 2 })
      expect(second.cases.map(({ caseId }) => caseId)).toEqual(['c002', 'c001', 'c000'])
      expect(await cases().search({ page: 3 })).toEqual({ cases: [], total })
    })

    it('know the demo case', async () => {
      await importReady(aCase({ caseId: 'own' }))
      expect(await cases().findDemo()).toBeUndefined()
      const demo = aCase({ caseId: 'demo', importId: 'demo-import', demo: true })
      await importReady(demo)
      expect(await cases().findDemo()).toEqual(demo)
    })
  })
}

export function anImport(some: Partial<ImportRecord> = {}): ImportRecord {
  return {
    importId: 'import',
    state: 'receiving',
    progress: 0,
    problems: [],
    caseIds: [],
    report: { files: 0, bytes: 0, volumes: 0, setAside: [] },
    createdAtMs: 1_790_000_000_000,
    updatedAtMs: 1_790_000_000_001,
    demo: false,
    ...some,
  }
}

export function aCase(some: Partial<CaseRecord> = {}): CaseRecord {
  const caseId = some.caseId ?? 'case'
  return {
    caseId,
    importId: 'import',
    title: 'Chest',
    modality: 'CT',
    createdAtMs: 1_790_000_000_000,
    volumeCount: 1,
    volumes: [aManifest(`volume-of-${caseId}`)],
    demo: false,
    ...some,
  }
}

function aManifest(volumeId: string): VolumeManifest {
  const patientFromVoxel = [0.7, 0, 0.1, -180.5, 0, 0.7, 0, -170.25, 0, 0, 1.25, -300, 0, 0, 0, 1]
  return {
    volumeId,
    modality: 'CT',
    label: 'CT · 1.25 mm',
    frameOfReferenceUID: '2.25.1',
    dims: [3, 4, 5],
    patientFromVoxel,
    dataType: 'int16',
    valueRange: [-1024, 3071],
    unit: 'HU',
    defaultWindow: { windowCenter: 40, windowWidth: 400 },
    histogram: [1, 2, 57],
    levels: [{ path: '0', dims: [3, 4, 5], patientFromVoxel }],
  }
}
