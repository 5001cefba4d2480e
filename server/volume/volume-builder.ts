import type { ImportProblem } from '../../shared/case/import.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import { suvWindow } from '../../shared/volume/suv.ts'
import type { AssembledLabel, AssembledSeries, SliceText } from '../dicom/index.ts'
import { allSettled } from './all-settled.ts'
import { type LabelMap, LabelRefusedError, writeLabels } from './label-writer.ts'
import { chunkEdge } from './pyramid-plan.ts'
import type { VolumePool } from './volume-pool.ts'
import type { VolumeStore } from './volume-store.ts'
import { type SlabFeed, type VolumeDescription, writeVolume } from './write-volume.ts'

/** What server/dicom assembles, as far as a volume is made of it. */
export type VolumeSeries = Pick<
  AssembledSeries,
  | Exclude<keyof VolumeDescription, 'defaultWindow'>
  | 'volumeId'
  | 'seriesIndex'
  | 'headerWindow'
  | 'slices'
  | 'labels'
  | 'interpolatedSlices'
>

export interface BuildOptions {
  /** Hears of a label that was left out. */
  readonly onProblem?: (problem: ImportProblem) => void
  readonly onProgress?: (slicesDone: number, slices: number) => void
  /**
   * Hears of slices in which something looks like text, before anything of them is written. False
   * ends the building with a TextSeenError.
   */
  readonly onText?: (k: number, text: SliceText) => boolean
  readonly signal?: AbortSignal
}

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

/** There is text in a slice; nothing of it was written. */
export class TextSeenError extends Error {}

/**
 * Builds the pyramid of a series and writes it.
 *
 * Throws SliceRefusedError on pixels that cannot be decoded, or TextSeenError, and leaves nothing
 * behind then.
 */
export async function buildVolume(
  series: VolumeSeries,
  { pool, store }: { pool: VolumePool; store: VolumeStore },
  options: BuildOptions = {},
): Promise<VolumeManifest> {
  checkSize(series)
  const { volumeId } = series
  const tree = store.newTree(volumeId)
  try {
    await tree.start()
    const place = { volumeId, tree, pool }
    const feed = decodedSlabs(series, pool, options)
    const manifest = await writeVolume(descriptionOf(series), feed, place, options.signal)
    const maps = (series.labels ?? []).map((label) => labelMap(label, series, pool))
    const labels = await writeLabels(maps, series, place, options)
    await tree.commit()
    const { interpolatedSlices } = series
    return {
      ...manifest,
      ...(labels.length > 0 && { labels }),
      ...(interpolatedSlices.length > 0 && { interpolatedSlices: [...interpolatedSlices] }),
    }
  } catch (error) {
    await tree.discard()
    throw error
  }
}

function checkSize({ dims: [ni, nj, nk], slices, seriesIndex }: VolumeSeries): void {
  if (slices.length !== nk) throw new RangeError('a series has one slice for each k')
  if (ni * nj > mostPixelsPerSlice) {
    const message = 'The slices of the series are larger than 2048 × 2048 pixels.'
    throw new SliceRefusedError({ code: 'too-large', message, seriesIndex })
  }
}

function descriptionOf(series: VolumeSeries): VolumeDescription {
  const { modality, label, frameOfReferenceUID, dims, patientFromVoxel, dataType, unit } = series
  const { paddingValue, suvbwFactor, headerWindow } = series
  const header = headerWindow && headerWindow.windowWidth > 0 ? headerWindow : undefined
  const defaultWindow = suvbwFactor === undefined ? header : suvWindow(suvbwFactor)
  return {
    modality,
    label,
    frameOfReferenceUID,
    dims,
    patientFromVoxel,
    dataType,
    unit,
    ...(paddingValue !== undefined && {
      paddingValue: dataType === 'float32' ? Math.fround(paddingValue) : paddingValue,
    }),
    ...(suvbwFactor !== undefined && { suvbwFactor }),
    ...(defaultWindow && { defaultWindow }),
  }
}

function decodedSlabs(
  { dims: [ni, nj, nk], slices, dataType: type, seriesIndex }: VolumeSeries,
  pool: VolumePool,
  { onProgress, onText }: BuildOptions,
): SlabFeed {
  let done = 0
  return async ({ buffer, offset }, index) => {
    const sources = slices.slice(index * chunkEdge, (index + 1) * chunkEdge)
    const decoding = sources.map(async (source, n) => {
      const place = { buffer, type, offset: offset + n * ni * nj, length: ni * nj }
      const { problem, text } = await pool.decode({ kind: 'decode', source, ...place })
      if (problem) throw new SliceRefusedError({ ...problem, seriesIndex })
      if (text && onText?.(index * chunkEdge + n, text) === false) throw new TextSeenError()
      done += 1
      onProgress?.(done, nk)
    })
    await allSettled(decoding)
  }
}

/** A label's slices are decoded into the slab that they lie in. */
function labelMap(
  { slices, ...label }: AssembledLabel,
  { dims: [ni, nj], seriesIndex }: VolumeSeries,
  pool: VolumePool,
): LabelMap {
  const length = ni * nj
  return {
    ...label,
    slices,
    feed: async ({ buffer, offset }, index) => {
      const here = slices.filter(({ k }) => Math.floor(k / chunkEdge) === index)
      const decoding = here.map(async ({ k, source }) => {
        const at = offset + (k % chunkEdge) * length
        const { problem } = await pool.decodeLabel({ source, buffer, offset: at, length })
        if (problem) throw new LabelRefusedError({ ...problem, seriesIndex })
      })
      await allSettled(decoding)
    },
  }
}
