import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ImportSweeper } from '../../../server/library/import-sweeper.ts'
import type { ImportStatus } from '../../../shared/case/import.ts'
import type { StorageContext } from '../storage-suite.ts'
import { sharedFolder } from './shared-folder.ts'

export function importSweeperSuite(context: StorageContext): void {
  const folder = sharedFolder(context)
  const swept: ImportStatus[] = []
  const sweeper = (processId: string) => {
    swept.length = 0
    return new ImportSweeper({
      ...folder.of(processId),
      everyMs: 3_600_000,
      onEnded: (status) => swept.push(status),
      onTrouble: (error) => expect.unreachable(String(error)),
    })
  }
  /** An import in the middle of its upload, with a file on disk. */
  const leave = async (processId: string, importId: string) => {
    await folder.records().add({
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
    const spool = join(folder.spoolRoot(), processId, importId)
    mkdirSync(spool, { recursive: true })
    writeFileSync(join(spool, '0'), 'OKONKWO^ADA')
  }
  const stateOf = async (importId: string) => (await folder.records().find(importId))?.state

  describe('the library of several processes', () => {
    it('[OPS-2] whoever starts alone ends at once what others left, and removes their files', async () => {
      await leave('gone', 'one')
      await leave('gone', 'two')
      await leave('', 'older')
      mkdirSync(join(folder.spoolRoot(), 'gone-without-an-import'))
      const starting = sweeper('here')
      await starting.start()
      await starting.stop()
      expect(folder.spools()).toEqual([])
      expect(swept.map(({ importId }) => importId).toSorted()).toEqual(['older', 'one', 'two'])
      for (const importId of ['one', 'two', 'older']) {
        expect(await folder.records().find(importId)).toMatchObject({
          state: 'failed',
          progress: 1,
          problems: [{ code: 'interrupted', message: expect.stringContaining('again') }],
        })
      }
    })

    it('[OPS-2] whoever starts beside others leaves theirs alone', async () => {
      folder.setLiving('here', 'sibling')
      await leave('sibling', 'theirs')
      const starting = sweeper('here')
      await starting.start()
      await starting.look()
      await starting.look()
      await starting.stop()
      expect(await stateOf('theirs')).toBe('receiving')
      expect(existsSync(join(folder.spoolRoot(), 'sibling', 'theirs', '0'))).toBe(true)
    })

    it('[OPS-2] only who is missing at two looks in a row is taken for dead', async () => {
      folder.setLiving('here', 'sibling', 'other')
      await leave('sibling', 'theirs')
      const watching = sweeper('here')
      await watching.start()
      for (const now of [['here', 'other'], ['here', 'sibling', 'other'], ['here']]) {
        folder.setLiving(...now)
        await watching.look()
        expect(await stateOf('theirs')).toBe('receiving')
      }
      expect(folder.spools()).toEqual(['sibling'])
      await watching.look()
      await watching.stop()
      expect(await stateOf('theirs')).toBe('failed')
      expect(folder.spools()).toEqual([])
    })

    it('[OPS-2] a look that could not be taken takes nobody for dead', async () => {
      folder.setLiving('here', 'sibling')
      await leave('sibling', 'theirs')
      const lost = new Error('Redis does not answer')
      const { siblings, ...rest } = folder.of('here')
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
      expect(folder.spools()).toEqual(['sibling'])
    })

    it('[OPS-2] several that look at once end each import once', async () => {
      for (let n = 0; n < 6; n++) await leave('gone', `import-${n}`)
      const looking = ['a', 'b', 'c'].map(sweeper)
      await Promise.all(looking.map((each) => each.look({ atStart: true })))
      expect(swept.map(({ importId }) => importId).toSorted()).toEqual(
        Array.from({ length: 6 }, (_, n) => `import-${n}`),
      )
      const problems = (await folder.records().recent(10)).map((record) => record.problems.length)
      expect(problems).toEqual([1, 1, 1, 1, 1, 1])
      expect(folder.spools()).toEqual([])
    })

    it('[OPS-2] trees that nobody holds go when nobody imports, and not before', async () => {
      folder.setLiving('here', 'sibling')
      await leave('sibling', 'theirs')
      const volumes = folder.volumesRoot()
      const whole = '0123456789abcdef0123456789abcdef'
      for (const name of [whole, `.building-${whole.replaceAll('0', 'f')}`, 'thumbnail-cache']) {
        mkdirSync(join(volumes, name))
      }
      const starting = sweeper('here')
      await starting.start()
      expect(readdirSync(volumes)).toHaveLength(3)
      const record = await folder.records().find('theirs')
      await folder.records().update({ ...record!, state: 'rejected', progress: 1 })
      await starting.look()
      await starting.stop()
      expect(readdirSync(volumes)).toEqual(['thumbnail-cache'])
    })
  })
}
