import { performance } from 'node:perf_hooks'
import { readStudy } from '../../server/dicom/index.ts'
import { memoryVault } from '../../server/dicom/test-support/memory-vault.ts'
import { spoolFiles } from '../../server/dicom/test-support/spool-files.ts'
import { buildVolume } from '../../server/volume/volume-builder.ts'
import type { VolumePool } from '../../server/volume/volume-pool.ts'
import type { VolumeStore } from '../../server/volume/volume-store.ts'

export interface ImportFigures {
  readonly decodedMb: number
  readonly wallMs: number
}

/** What the server does with a series from files in the spool to a volume that survives a power cut. */
export async function importSeries(
  paths: readonly string[],
  tools: { pool: VolumePool; store: VolumeStore },
): Promise<ImportFigures> {
  using spooled = spoolFiles(paths)
  const startedMs = performance.now()
  const { series } = await readStudy(spooled.files, {
    vault: memoryVault(),
    threads: tools.pool,
  })
  const volumes = []
  for (const each of series) volumes.push(await buildVolume(each, tools))
  const wallMs = performance.now() - startedMs
  for (const { volumeId } of volumes) await tools.store.remove(volumeId)
  const voxels = volumes.reduce((sum, { dims: [i, j, k] }) => sum + i * j * k, 0)
  return { decodedMb: (voxels * 2) / 1e6, wallMs }
}
