import { join } from 'node:path'
import type { ValueUnit, VolumeManifest } from '../../shared/volume/manifest.ts'
import type { ValueWindow } from '../../shared/volume/transfer-function.ts'
import { allSettled } from './all-settled.ts'
import type { DurableTree } from './durable-tree.ts'
import type { Slab } from './level-memory.ts'
import { Pyramid } from './pyramid.ts'
import { chunkEdge, type Dims } from './pyramid-plan.ts'
import { statistics } from './statistics.ts'
import type { VolumePool } from './volume-pool.ts'
import { thumbnailFile, zarrFolder } from './volume-store.ts'
import { arrayMetadata, groupMetadata } from './zarr-metadata.ts'

/** What a volume is, apart from its voxels. */
export interface VolumeDescription {
  readonly modality: string
  readonly label: string
  /** Remapped. */
  readonly frameOfReferenceUID: string
  readonly dims: Dims
  readonly patientFromVoxel: readonly number[]
  readonly dataType: VolumeManifest['dataType']
  readonly unit: ValueUnit
  readonly paddingValue?: number | undefined
  readonly suvbwFactor?: number | undefined
  /** Absent: from percentiles. */
  readonly defaultWindow?: ValueWindow
}

/** Puts the slices from 64 · `index` on into a slab. */
export type SlabFeed = (slab: Slab, index: number) => Promise<void>

/** What a chunk is filled up with beyond the volume's edge, where a CT names no padding. */
const airHu = -1024

/**
 * Writes the pyramid, the documents and the thumbnail of a volume, 64 slices at a time: while one
 * slab is halved and compressed the next is fed. Holds two slabs of the finest level and one of
 * each other.
 */
export async function writeVolume(
  description: VolumeDescription,
  feed: SlabFeed,
  { volumeId, tree, pool }: { volumeId: string; tree: DurableTree; pool: VolumePool },
  signal?: AbortSignal,
): Promise<VolumeManifest> {
  const { label, dims, patientFromVoxel, dataType, defaultWindow, ...rest } = description
  const { unit, paddingValue } = rest
  const fill = paddingValue ?? (unit === 'HU' ? airHu : 0)
  const source = { dims, patientFromVoxel, type: dataType, fill, paddingValue }
  const pyramid = new Pyramid({ ...source, kind: 'image' }, pool)
  const sink = {
    folder: join(tree.path, zarrFolder),
    wrote: (paths: readonly string[]) => tree.syncLater(paths),
  }
  let flushing = Promise.resolve()
  for (let index = 0; index * chunkEdge < dims[2]; index++) {
    await allSettled([feed(pyramid.slab(index), index), flushing])
    signal?.throwIfAborted()
    flushing = pyramid.flush(index, sink)
    flushing.catch(() => undefined) // heard where it is awaited: with the next slab, or below
  }
  await flushing

  const figures = statistics(pyramid.tallies, dataType, paddingValue)
  const { valueRange, histogram, percentileWindow } = figures
  const openingWindow = defaultWindow ?? percentileWindow
  const scene = {
    ...pyramid.overview(),
    type: dataType,
    unit,
    window: unit === 'Bq/ml' ? openingWindow : percentileWindow,
  }
  const drawThumbnail = async () => tree.write(thumbnailFile, await pool.drawThumbnail(scene))
  const writeDocument = (folder: string, document: object) =>
    tree.write(join(zarrFolder, folder, 'zarr.json'), JSON.stringify(document))
  const { levels } = pyramid
  const { modality, frameOfReferenceUID, suvbwFactor } = rest
  const shown = {
    modality,
    unit,
    frameOfReferenceUID,
    ...(paddingValue !== undefined && { paddingValue }),
    ...(suvbwFactor !== undefined && { suvbwFactor }),
  }
  await allSettled([
    drawThumbnail(),
    writeDocument('.', groupMetadata(levels, shown)),
    ...levels.map((level) => writeDocument(level.path, arrayMetadata(level, dataType, fill))),
  ])
  return {
    volumeId,
    label,
    ...shown,
    dims: [...dims],
    patientFromVoxel: [...patientFromVoxel],
    dataType,
    valueRange,
    defaultWindow: { ...openingWindow },
    histogram,
    levels: levels.map(({ path, dims, patientFromVoxel }) => ({ path, dims, patientFromVoxel })),
  }
}
