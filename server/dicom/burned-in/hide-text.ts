import type { PixelBox, SliceSource } from '../slice-source.ts'
import type { PictureText } from './find-text.ts'
import type { SliceText } from './inspect-slice.ts'
import { maskFor } from './mask.ts'

/** Text found in the slices of one series, by slice k. */
export type SeriesText = ReadonlyMap<number, SliceText>

export interface HiddenText {
  /** As they were, but for what is to be hidden. */
  readonly slices: readonly SliceSource[]
  readonly slicesMasked: number
  /** Slices that a person has to look at, with the places that matter; none: all is well. */
  readonly doubtful: readonly DoubtfulSlice[]
}

export interface DoubtfulSlice {
  readonly k: number
  readonly boxes: readonly PixelBox[]
}

const nothing: PictureText = { findings: [], doubtful: [], body: undefined }

/** Decides what of a series is not to be seen. */
export function hideText(slices: readonly SliceSource[], text: SeriesText): HiddenText {
  const pictures = slices.map((_, k) => {
    const found = text.get(k)
    return found === undefined || found === 'unchecked' ? nothing : found
  })
  const [{ columns, rows }] = slices as [SliceSource]
  const { masks, quarantine } = maskFor(pictures, { columns, rows })
  const unchecked = [...text].flatMap(([k, found]) =>
    found === 'unchecked' ? [{ k, boxes: [] }] : [],
  )
  const shown = quarantine ? [...masks].map(([k, boxes]) => ({ k, boxes })) : []
  return {
    slices: slices.map((source, k) => masked(source, masks.get(k) ?? [])),
    slicesMasked: masks.size,
    doubtful: [...unchecked, ...shown].toSorted((a, b) => a.k - b.k),
  }
}

/** The same slice with more hidden. */
export function masked(source: SliceSource, boxes: readonly PixelBox[]): SliceSource {
  if (boxes.length === 0) return source
  if (source.kind === 'stored') return { ...source, masks: [...(source.masks ?? []), ...boxes] }
  const of = (neighbour: typeof source.before) => ({
    ...neighbour,
    masks: [...(neighbour.masks ?? []), ...boxes],
  })
  return { ...source, before: of(source.before), after: of(source.after) }
}
