import type { PixelBox, SliceSource, StoredSlice } from '../slice-source.ts'
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
    slices: withMasks(slices, masks),
    slicesMasked: masks.size,
    doubtful: [...unchecked, ...shown].toSorted((a, b) => a.k - b.k),
  }
}

/** The same slices with more hidden; one made of its neighbours hides what is hidden in them. */
export function withMasks(
  slices: readonly SliceSource[],
  masks: ReadonlyMap<number, readonly PixelBox[]>,
): readonly SliceSource[] {
  const at = (k: number) => masks.get(k) ?? []
  return slices.map((source, k) => {
    if (source.kind === 'stored') return hidden(source, at(k))
    const before = slices.findLastIndex((other, n) => n < k && other.kind === 'stored')
    const after = slices.findIndex((other, n) => n > k && other.kind === 'stored')
    return {
      ...source,
      before: hidden(source.before, [...at(k), ...at(before)]),
      after: hidden(source.after, [...at(k), ...at(after)]),
    }
  })
}

function hidden(source: StoredSlice, boxes: readonly PixelBox[]): StoredSlice {
  return boxes.length === 0 ? source : { ...source, masks: [...(source.masks ?? []), ...boxes] }
}
