import { statSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { readStudy } from '../../server/dicom/index.ts'
import { buildVolume } from '../../server/volume/volume-builder.ts'
import type { VolumePool } from '../../server/volume/volume-pool.ts'
import type { VolumeStore } from '../../server/volume/volume-store.ts'

export interface ImportFigures {
  readonly decodedMb: number
  readonly wallMs: number
}

/** What the server does with a series from files on disk to a volume that survives a power cut. */
export async function importSeries(
  paths: readonly string[],
  tools: { pool: VolumePool; store: VolumeStore },
): Promise<ImportFigures> {
  const files = paths.map((path, fileIndex) => ({ fileIndex, path, bytes: statSync(path).size }))
  const startedMs = performance.now()
  const { series } = await readStudy(files, { secret: new Uint8Array(32) })
  const volumes = []
  for (const each of series) volumes.push(await buildVolume(each, tools))
  const wallMs = performance.now() - startedMs
  for (const { volumeId } of volumes) await tools.store.remove(volumeId)
  const voxels = volumes.reduce((sum, { dims: [i, j, k] }) => sum + i * j * k, 0)
  return { decodedMb: (voxels * 2) / 1e6, wallMs }
}
