import { countFloats, floatCounts, floatTallyBytes } from './float-tally.ts'
import type { Dims } from './pyramid-plan.ts'
import { countWhole, wholeCounts, wholeTallyBytes } from './tally.ts'
import type { Voxels, VoxelType } from './voxels.ts'

/** How many voxels have a value, or one of the values around it; ascending where listed. */
export interface ValueCount {
  readonly value: number
  readonly count: number
}

export interface Counted {
  /** Exact, padding left out. */
  readonly valueRange: [number, number]
  readonly values: readonly ValueCount[]
}

export interface ValueStatistics {
  readonly valueRange: [number, number]
  readonly histogram: number[]
  /** The window from the 2nd to the 98th percentile. */
  readonly percentileWindow: { windowCenter: number; windowWidth: number }
}

const bins = 256

export const tallyBytes = (type: VoxelType) =>
  type === 'float32' ? floatTallyBytes : wholeTallyBytes

/** Adds the voxels of rows [from, to) of every slice to a tally. */
export function countValues(
  slab: Voxels,
  dims: Dims,
  rows: readonly [number, number],
  paddingValue: number | undefined,
  tally: ArrayBufferLike,
): void {
  if (slab instanceof Float32Array) countFloats(slab, dims, rows, paddingValue, tally)
  else countWhole(slab, dims, rows, tally)
}

/**
 * Of all the rows' tallies together. Padding is left out, unless there is nothing else. Exact for
 * whole numbers; of floats the range is, while a voxel's bin and the percentiles are those of a value
 * that differs from its own by at most 1/4096 of it.
 */
export function statistics(
  tallies: readonly ArrayBufferLike[],
  type: VoxelType,
  paddingValue: number | undefined,
): ValueStatistics {
  const counted =
    type === 'float32'
      ? floatCounts(tallies, paddingValue)
      : wholeCounts(tallies, type, paddingValue)
  const { valueRange, values } = counted
  const [least, greatest] = valueRange
  const width = greatest - least || 1
  const histogram = new Array<number>(bins).fill(0)
  let total = 0
  for (const { value, count } of values) {
    const bin = Math.min(bins - 1, Math.floor(((value - least) / width) * bins))
    histogram[bin] = histogram[bin]! + count
    total += count
  }
  const percentile = (fraction: number) => {
    let below = 0
    for (const { value, count } of values) {
      below += count
      if (below >= fraction * total) return value
    }
    return greatest
  }
  const [low, high] = [percentile(0.02), percentile(0.98)]
  const windowWidth = type === 'float32' ? high - low || width : Math.max(1, high - low)
  return {
    valueRange,
    histogram,
    percentileWindow: { windowCenter: (low + high) / 2, windowWidth },
  }
}
