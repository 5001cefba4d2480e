import type { Instance } from '../instance.ts'
import type { SliceSource, StoredSlice } from '../slice-source.ts'

export interface FilledSlices {
  readonly slices: readonly SliceSource[]
  /** The k of those made of their neighbours, ascending. */
  readonly interpolated: readonly number[]
}

/** Slices that are missing between others are made of the two beside them, linearly. */
export function filledSlices(
  bySlice: readonly (Instance | undefined)[],
  sourceOf: (instance: Instance) => StoredSlice,
): FilledSlices {
  const stored = bySlice.map((instance) => instance && sourceOf(instance))
  const slices = stored.map((source, k) => source ?? between(stored, k))
  const interpolated = stored.flatMap((source, k) => (source ? [] : [k]))
  return { slices, interpolated }
}

function between(stored: readonly (StoredSlice | undefined)[], k: number): SliceSource {
  const beforeK = stored.findLastIndex((source, n) => n < k && source !== undefined)
  const afterK = stored.findIndex((source, n) => n > k && source !== undefined)
  const [before, after] = [stored[beforeK]!, stored[afterK]!]
  const { fileIndex, rows, columns, dataType } = before
  const fraction = (k - beforeK) / (afterK - beforeK)
  return { kind: 'interpolated', fileIndex, rows, columns, dataType, before, after, fraction }
}
