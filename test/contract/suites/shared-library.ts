import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ImportRefusedError } from '../../../server/library/import-refused.ts'
import { ImportService } from '../../../server/library/import-service.ts'
import { ImportSweeper } from '../../../server/library/import-sweeper.ts'
import { SqlCases } from '../../../server/storage/sql-cases.ts'
import { SqlImports } from '../../../server/storage/sql-imports.ts'
import { VolumePool } from '../../../server/volume/volume-pool.ts'
import { VolumeStore } from '../../../server/volume/volume-store.ts'
import type { ImportStatus } from '../../../shared/case/import.ts'
import { until } from '../../support/until.ts'
import type { StorageContext } from '../storage-suite.ts'

/** One library of several processes: one database, one folder, and who lives is set by the test. */
export function sharedLibrarySuite(context: StorageContext): void {
  let dataDir: string
  let living: string[]
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'caseroom-shared-'))
    mkdirSync(join(dataDir, 'volumes'))
    living = []
  })
  afterEach(() => {
    rmSync(dataDir, { recursive: true, force: true })
  })

  const spoolRoot = () => join(dataDir, 'spool')
  const records = () => new SqlImports(context.database.db)
  const shared = (processId: string) => ({
    imports: records(),
    cases: new SqlCases(context.database.db),
    store: new VolumeStore(join(dataDir, 'volumes')),
    siblings: {
      processId,
      living: async () => living.filter((id) => id !== processId),
      exclusively: <T>(_: string, work: () => Promise<T>) => work(),
    },
    spoolRoot: spoolRoot(),
  })
  const swept: ImportStatus[] = []
  const sweeper = (processId: string) => {
    swept.length = 0
    return new ImportSweeper({
      ...shared(processId),
      everyMs: 3_600_000,
      onEnded: (status) => swept.push(status),
      onTrouble: (error) => expect.unreachable(String(error)),
    })
  }
  /** An import in the middle of its upload, with a file on disk. */
  const leave = async (processId: string, importId: string) => {
    await records().add({
      importId,
      state: 'receiving',
      progress: 0.1,
      problems: [],
      caseIds: [],
      report: { files: 0, bytes: 0, volumes: 0, setAside: [] },
      createdAtMs: 1_790_000_000_000,
      updatedAtMs: 1_790_000_000_001,
      demo: false,
      ...(processId && { processId }),
    })
    const folder = join(spoolRoot(), processId, importId)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, '0'), 'OKONKWO^ADA')
  }
  const stateOf = async (importId: string) => (await records().find(importId))?.state
  const spools = () => readdirSync(spoolRoot()).toSorted()

  describe('the library of several processes', () => {
    it('[OPS-2] whoever starts alone ends at once what others left, and removes their files', async () => {
      await leave('gone', 'one')
      await leave('gone', 'two')
      await leave('', 'older')
      mkdirSync(join(spoolRoot(), 'gone-without-an-import'))
      const starting = sweeper('here')
      await starting.start()
      await starting.stop()
      expect(spools()).toEqual([])
      expect(swept.map(({ importId }) => importId).toSorted()).toEqual(['older', 'one', 'two'])
      for (const importId of ['one', 'two', 'older']) {
        expect(await records().find(importId)).toMatchObject({
          state: 'failed',
          progress: 1,
          problems: [{ code: 'interrupted', message: expect.stringContaining('again') }],
        })
      }
    })

    it('[OPS-2] whoever starts beside others leaves theirs alone', async () => {
      living = ['here', 'sibling']
      await leave('sibling', 'theirs')
      const starting = sweeper('here')
      await starting.start()
      await starting.look()
      await starting.look()
      await starting.stop()
      expect(await stateOf('theirs')).toBe('receiving')
      expect(existsSync(join(spoolRoot(), 'sibling', 'theirs', '0'))).toBe(true)
    })

    it('[OPS-2] only who is missing at two looks in a row is taken for dead', async () => {
      living = ['here', 'sibling', 'other']
      await leave('sibling', 'theirs')
      const watching = sweeper('here')
      await watching.start()
      for (const now of [['here', 'other'], ['here', 'sibling', 'other'], ['here']]) {
        living = now
        await watching.look()
        expect(await stateOf('theirs')).toBe('receiving')
      }
      expect(spools()).toEqual(['sibling'])
      await watching.look()
      await watching.stop()
      expect(await stateOf('theirs')).toBe('failed')
      expect(spools()).toEqual([])
    })

    it('[OPS-2] a look that could not be taken takes nobody for dead', async () => {
      living = ['here', 'sibling']
      await leave('sibling', 'theirs')
      const lost = new Error('Redis does not answer')
      const { siblings, ...rest } = shared('here')
      const watching = new ImportSweeper({
        ...rest,
        siblings: { ...siblings, living: () => Promise.reject(lost) },
        everyMs: 3_600_000,
        onEnded: () => expect.unreachable(),
        onTrouble: () => expect.unreachable(),
      })
      await expect(watching.start()).rejects.toThrow(lost)
      await expect(watching.look()).rejects.toThrow(lost)
      expect(await stateOf('theirs')).toBe('receiving')
      expect(spools()).toEqual(['sibling'])
    })

    it('[OPS-2] several that look at once end each import once', async () => {
      for (let n = 0; n < 6; n++) await leave('gone', `import-${n}`)
      const looking = ['a', 'b', 'c'].map(sweeper)
      await Promise.all(looking.map((each) => each.look({ atStart: true })))
      expect(swept.map(({ importId }) => importId).toSorted()).toEqual(
        Array.from({ length: 6 }, (_, n) => `import-${n}`),
      )
      const problems = (await records().recent(10)).map((record) => record.problems.length)
      expect(problems).toEqual([1, 1, 1, 1, 1, 1])
      expect(spools()).toEqual([])
    })

    it('[OPS-2] trees that nobody holds go when nobody imports, and not before', async () => {
      living = ['here', 'sibling']
      await leave('sibling', 'theirs')
      const volumes = join(dataDir, 'volumes')
      const whole = '0123456789abcdef0123456789abcdef'
      for (const name of [whole, `.building-${whole.replaceAll('0', 'f')}`, 'thumbnail-cache']) {
        mkdirSync(join(volumes, name))
      }
      const starting = sweeper('here')
      await starting.start()
      expect(readdirSync(volumes)).toHaveLength(3)
      const record = await records().find('theirs')
      await records().update({ ...record!, state: 'rejected', progress: 1 })
      await starting.look()
      await starting.stop()
      expect(readdirSync(volumes)).toEqual(['thumbnail-cache'])
    })
  })

  describe('imports of two processes', () => {
    let pool: VolumePool
    let services: ImportService[]
    beforeEach(() => {
      pool = new VolumePool()
      services = []
      living = ['a', 'b']
    })
    afterEach(async () => {
      for (const service of services) await service.close()
      await pool.close()
    })
    const service = async (processId: string) => {
      const made = new ImportService({
        ...shared(processId),
        pool,
        secret: new Uint8Array(32).fill(7),
        sweepEveryMs: 20,
        lookEveryMs: 20,
        onTrouble: (error) => expect.unreachable(String(error)),
      })
      services.push(made)
      await made.start()
      return made
    }

    it('[OPS-2] each is told of the other’s, as they go on and as they end', async () => {
      const a = await service('a')
      const b = await service('b')
      const upload = await a.receive()
      await upload.addFile(Readable.from([Buffer.from('no image')]))
      const told: ImportStatus[] = []
      b.watch(upload.importId, (status) => told.push(status))
      let fraction = 0
      await until('b hears how far it is', () => {
        fraction += 0.001
        upload.progress(fraction)
        return new Set(told.map(({ progress }) => progress)).size >= 3
      })
      expect((await b.status(upload.importId))?.state).toBe('receiving')
      expect((await b.recent()).map(({ importId }) => importId)).toEqual([upload.importId])
      await upload.refuse(new ImportRefusedError('bad-upload', 'It is not as it should be.'))
      const last = await until('b hears its end', () =>
        told.find(({ state }) => state === 'rejected'),
      )
      expect(last).toEqual(await a.status(upload.importId))
      const progress = told.map((status) => status.progress)
      expect(progress).toEqual(progress.toSorted((x, y) => x - y))
      expect(told.at(-1)).toEqual(last)
    })

    it('[OPS-2] one that dies leaves neither an import under way nor a file', async () => {
      const a = await service('a')
      const b = await service('b')
      const upload = await a.receive()
      await upload.addFile(Readable.from([Buffer.from('OKONKWO^ADA')]))
      expect(existsSync(join(spoolRoot(), 'a', upload.importId, '0'))).toBe(true)
      const told: ImportStatus[] = []
      b.watch(upload.importId, (status) => told.push(status))
      living = ['b']
      await until('b says that it has failed', () => told.some(({ state }) => state === 'failed'))
      expect(await b.status(upload.importId)).toMatchObject({
        state: 'failed',
        problems: [{ code: 'interrupted' }],
      })
      expect(spools()).toEqual([])
    })
  })
}
