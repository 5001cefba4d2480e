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
  let voxels = 0
  for (const each of series) {
    const { dims, volumeId } = await buildVolume(each, tools)
    voxels += dims[0] * dims[1] * dims[2]
    await tools.store.remove(volumeId)
  }
  return { decodedMb: (voxels * 2) / 1e6, wallMs: performance.now() - startedMs }
}
