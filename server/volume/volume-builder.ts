import { join } from 'node:path'
import type { ImportProblem } from '../../shared/case/import.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import type { AssembledSeries } from '../dicom/index.ts'
import { allSettled } from './all-settled.ts'
import type { DurableTree } from './durable-tree.ts'
import { Pyramid } from './pyramid.ts'
import { chunkEdge } from './pyramid-plan.ts'
import { statistics } from './tally.ts'
import type { VolumePool } from './volume-pool.ts'
import { thumbnailFile, type VolumeStore, zarrFolder } from './volume-store.ts'
import { arrayMetadata, groupMetadata } from './zarr-metadata.ts'

export interface BuildOptions {
  readonly onProgress?: (slicesDone: number, slices: number) => void
  readonly signal?: AbortSignal
}

/** What a chunk is filled up with beyond the volume's edge, where a CT names no padding. */
const airHu = -1024

/** A slab of 64 slices of this size takes 512 MiB, and two are held. */
const mostPixelsPerSlice = 2048 * 2048

/** A slice that could not be decoded; the volume is not made. */
export class SliceRefusedError extends Error {
  readonly problem: ImportProblem

  constructor(problem: ImportProblem) {
    super(problem.message)
    this.problem = problem
  }
}

/**
 * Builds the pyramid of a series and writes it, 64 slices at a time: while one slab is halved and
 * compressed the next is decoded. Holds two slabs of the finest level and one of each other.
 *
 * Throws SliceRefusedError on pixels that cannot be decoded, and leaves nothing behind then.
 */
export async function buildVolume(
  series: AssembledSeries,
  { pool, store }: { pool: VolumePool; store: VolumeStore },
  options: BuildOptions = {},
): Promise<VolumeManifest> {
  const { volumeId, tree } = store.newTree()
  try {
    await tree.start()
    const manifest = await build(series, volumeId, tree, pool, options)
    await tree.commit()
    return manifest
  } catch (error) {
    await tree.discard()
    throw error
  }
}

async function build(
  series: AssembledSeries,
  volumeId: string,
  tree: DurableTree,
  pool: VolumePool,
  { onProgress, signal }: BuildOptions,
): Promise<VolumeManifest> {
  const [ni, nj, nk] = series.dims
  if (series.slices.length !== nk) throw new RangeError('a series has one slice for each k')
  if (ni * nj > mostPixelsPerSlice) {
    const { seriesIndex } = series
    const message = 'The slices of the series are larger than 2048 × 2048 pixels.'
    throw new SliceRefusedError({ code: 'too-large', message, seriesIndex })
  }
  const { paddingValue, dataType: type } = series
  const fill = paddingValue ?? (series.unit === 'HU' ? airHu : 0)
  const { dims, patientFromVoxel } = series
  const pyramid = new Pyramid({ dims, patientFromVoxel, type, fill, paddingValue }, tree, pool)
  let done = 0
  let flushing = Promise.resolve()
  for (let index = 0; index * chunkEdge < nk; index++) {
    const { buffer, offset } = pyramid.slab(index)
    const sources = series.slices.slice(index * chunkEdge, (index + 1) * chunkEdge)
    const decoding = sources.map(async (source, n) => {
      const place = { buffer, type, offset: offset + n * ni * nj, length: ni * nj }
      const { problem } = await pool.decode({ kind: 'decode', source, ...place })
      if (problem) throw new SliceRefusedError({ ...problem, seriesIndex: series.seriesIndex })
      done += 1
      onProgress?.(done, nk)
    })
    await allSettled([...decoding, flushing])
    signal?.throwIfAborted()
    flushing = pyramid.flush(index)
    flushing.catch(() => undefined) // heard where it is awaited: with the next slab, or below
  }
  await flushing

  const { valueRange, histogram, percentileWindow } = statistics(
    pyramid.tally(),
    type,
    paddingValue,
  )
  const shown = {
    modality: series.modality,
    unit: series.unit,
    frameOfReferenceUID: series.frameOfReferenceUID,
    ...(paddingValue === undefined ? {} : { paddingValue }),
  }
  const header = series.headerWindow
  const defaultWindow = header && header.windowWidth > 0 ? { ...header } : percentileWindow
  const scene = { ...pyramid.overview(), type, unit: series.unit, window: percentileWindow }
  const drawThumbnail = async () => tree.write(thumbnailFile, await pool.drawThumbnail(scene))
  const writeDocument = (folder: string, document: object) =>
    tree.write(join(zarrFolder, folder, 'zarr.json'), JSON.stringify(document))
  await allSettled([
    drawThumbnail(),
    writeDocument('.', groupMetadata(pyramid.levels, shown)),
    ...pyramid.levels.map((level) => writeDocument(level.path, arrayMetadata(level, type, fill))),
  ])
  return {
    volumeId,
    label: series.label,
    ...shown,
    dims: [ni, nj, nk],
    patientFromVoxel: [...patientFromVoxel],
    dataType: type,
    valueRange,
    defaultWindow,
    histogram,
    levels: pyramid.levels.map(({ path, dims, patientFromVoxel }) => ({
      path,
      dims,
      patientFromVoxel,
    })),
  }
}
