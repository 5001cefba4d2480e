import { compose, transform } from '../../shared/geometry/transform.ts'
import { BrickMeans } from '../../shared/volume/brick-means.ts'
import { type TexelEncoding, texelEncoder } from '../../shared/volume/half-float.ts'
import { brickRanges } from '../../shared/volume/occupancy.ts'
import { msPerTurn, nextTask } from './turns.ts'
import type { ResidentLevel } from './volume-level.ts'
import type { CheckedVolume } from './volume-source.ts'

/** Reads every voxel once, a little in a task. */
export async function scanned(volume: CheckedVolume, isOver: () => boolean): Promise<BrickMeans> {
  const means = new BrickMeans(volume.data, volume.dims, volume.paddingValue)
  const rows = means.scanning()
  let startMs = performance.now()
  while (!rows.next().done && !isOver()) {
    if (performance.now() - startMs < msPerTurn) continue
    await nextTask()
    startMs = performance.now()
  }
  return means
}

/** The volume four times coarser. */
export function coarserLevel(
  { dims, means }: BrickMeans,
  { patientFromVoxel }: CheckedVolume,
  { scale }: TexelEncoding,
): ResidentLevel {
  const texels = new Uint16Array(means.length)
  // Means are padding only where they are not-a-number, whatever value they have.
  texelEncoder({ scale, paddingValue: undefined })(means, texels, 0)
  const fromCoarser = transform<'voxel', 'voxel'>([
    4, 0, 0, 1.5, 0, 4, 0, 1.5, 0, 0, 4, 1.5, 0, 0, 0, 1,
  ])
  return {
    dims,
    patientFromVoxel: compose(patientFromVoxel, fromCoarser),
    texels,
    ranges: brickRanges(texels, dims),
  }
}
