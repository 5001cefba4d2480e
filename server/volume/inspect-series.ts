import type { AssembledSeries, SliceText } from '../dicom/index.ts'
import { SliceRefusedError } from './volume-builder.ts'
import type { VolumePool } from './volume-pool.ts'
import { bytesPerVoxel } from './voxels.ts'

/** Decodes all slices, keeps none, and says in which of them something looks like text. */
export async function inspectSeries(
  { slices, dims: [ni, nj], dataType: type, seriesIndex }: AssembledSeries,
  pool: VolumePool,
  signal?: AbortSignal,
): Promise<ReadonlyMap<number, SliceText>> {
  const found = new Map<number, SliceText>()
  const queue = slices.entries()
  const length = ni * nj
  const lane = async () => {
    const buffer = new SharedArrayBuffer(length * bytesPerVoxel[type])
    for (const [k, source] of queue) {
      signal?.throwIfAborted()
      const task = { kind: 'decode', source, buffer, type, offset: 0, length } as const
      const { problem, text } = await pool.decode(task)
      if (problem) throw new SliceRefusedError({ ...problem, seriesIndex })
      if (text) found.set(k, text)
    }
  }
  await Promise.all(Array.from({ length: pool.threads }, lane))
  return found
}
