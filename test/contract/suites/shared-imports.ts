import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Vault } from '../../../server/dicom/index.ts'
import { ImportRefusedError } from '../../../server/library/import-refused.ts'
import { ImportService } from '../../../server/library/import-service.ts'
import { Quarantine } from '../../../server/library/quarantine.ts'
import { SqlQuarantine } from '../../../server/storage/sql-quarantine.ts'
import { SqlVault } from '../../../server/storage/sql-vault.ts'
import { VolumePool } from '../../../server/volume/volume-pool.ts'
import type { ImportStatus } from '../../../shared/case/import.ts'
import { until } from '../../support/until.ts'
import type { StorageContext } from '../storage-suite.ts'
import { sharedFolder } from './shared-folder.ts'

export function sharedImportsSuite(context: StorageContext): void {
  const folder = sharedFolder(context)

  describe('imports of two processes', () => {
    let pool: VolumePool
    let services: ImportService[]
    beforeEach(() => {
      pool = new VolumePool()
      services = []
      folder.setLiving('a', 'b')
    })
    afterEach(async () => {
      for (const service of services) await service.close()
      await pool.close()
    })
    const service = async (processId: string) => {
      const made = new ImportService({
        ...folder.of(processId),
        pool,
        quarantine: new Quarantine(
          new SqlQuarantine(context.database.db),
          folder.quarantineRoot(),
          new Uint8Array(32).fill(7),
        ),
        vault: new Vault(new SqlVault(context.database.db), new Uint8Array(32).fill(7)),
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
      expect(existsSync(join(folder.spoolRoot(), 'a', upload.importId, '0'))).toBe(true)
      const told: ImportStatus[] = []
      b.watch(upload.importId, (status) => told.push(status))
      folder.setLiving('b')
      await until('b says that it has failed', () => told.some(({ state }) => state === 'failed'))
      expect(await b.status(upload.importId)).toMatchObject({
        state: 'failed',
        problems: [{ code: 'interrupted' }],
      })
      expect(folder.spools()).toEqual([])
    })
  })
}
