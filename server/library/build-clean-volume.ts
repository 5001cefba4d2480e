import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import {
  type AssembledSeries,
  type DoubtfulSlice,
  hideText,
  type PixelBox,
  type SliceText,
  withMasks,
} from '../dicom/index.ts'
import { inspectSeries } from '../volume/inspect-series.ts'
import { type BuildOptions, buildVolume, TextSeenError } from '../volume/volume-builder.ts'
import type { VolumePool } from '../volume/volume-pool.ts'
import type { VolumeStore } from '../volume/volume-store.ts'

export interface CleanVolume {
  readonly manifest: VolumeManifest
  readonly slicesMasked: number
}

/** What a person hid in slices that they looked at, by k; empty where they saw no text. */
export type ReviewedSlices = ReadonlyMap<number, readonly PixelBox[]>

/** Nobody but a person can tell whether these slices show text; no volume is made of them. */
export interface DoubtfulSeries {
  readonly series: AssembledSeries
  readonly doubtful: readonly DoubtfulSlice[]
}

/**
 * Builds a volume in which no text is left. The pixels are looked at while they are decoded; where
 * text is found nothing of it is written: the whole series is looked through, the text hidden, and
 * the volume built anew and looked at again. A series that says it has text, and shows none, is for a
 * person to look at.
 */
export async function buildCleanVolume(
  series: AssembledSeries,
  tools: { pool: VolumePool; store: VolumeStore },
  options: BuildOptions & { readonly reviewed?: ReviewedSlices | undefined },
): Promise<CleanVolume | DoubtfulSeries> {
  const { reviewed = new Map(), ...building } = options
  const shown = withMasks(series.slices, reviewed)
  const byPerson = [...reviewed.values()].filter((boxes) => boxes.length > 0).length
  const manifest = await builtUnlessText({ ...series, slices: shown }, tools, building, reviewed)
  if (manifest && series.saysText && reviewed.size === 0) {
    await tools.store.remove(manifest.volumeId)
    return { series, doubtful: series.slices.map((_, k) => ({ k, boxes: [] })) }
  }
  if (manifest) return { manifest, slicesMasked: byPerson }
  const look = async (slices: AssembledSeries['slices']) => {
    const text = await inspectSeries({ ...series, slices }, tools.pool, building.signal)
    return hideText(slices, new Map([...text].filter(([k]) => !reviewed.has(k))))
  }
  const { slices, slicesMasked, doubtful } = await look(shown)
  if (doubtful.length > 0) return { series, doubtful }
  const hidden = await builtUnlessText({ ...series, slices }, tools, building, reviewed)
  if (hidden) return { manifest: hidden, slicesMasked: slicesMasked + byPerson }
  const left = await look(slices)
  const still = left.slices.flatMap((slice, k) => (slice === slices[k] ? [] : [{ k, boxes: [] }]))
  return { series, doubtful: still }
}

async function builtUnlessText(
  series: AssembledSeries,
  tools: { pool: VolumePool; store: VolumeStore },
  options: BuildOptions,
  reviewed: ReviewedSlices,
): Promise<VolumeManifest | undefined> {
  const onText = (k: number, text: SliceText) =>
    reviewed.has(k) || (text !== 'unchecked' && text.findings.length === 0)
  try {
    return await buildVolume(series, tools, { ...options, onText })
  } catch (error) {
    if (error instanceof TextSeenError) return undefined
    throw error
  }
}
