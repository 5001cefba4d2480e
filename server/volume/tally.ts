import type { Dims } from './pyramid-plan.ts'
import type { Voxels, VoxelType } from './voxels.ts'

/** How often each 16-bit value occurs, at the value's two's complement. */
export type Tally = Uint32Array

export const tallySize = 65536

export interface ValueStatistics {
  readonly valueRange: [number, number]
  readonly histogram: number[]
  /** The window from the 2nd to the 98th percentile. */
  readonly percentileWindow: { windowCenter: number; windowWidth: number }
}

const bins = 256

/** Padding is left out, unless there is nothing else. */
export function statistics(
  tally: Tally,
  type: VoxelType,
  paddingValue: number | undefined,
): ValueStatistics {
  const first = type === 'int16' ? -32768 : 0
  const kept = (value: number) => (value === paddingValue ? 0 : (tally[value & 0xffff] as number))
  const present: number[] = []
  let total = 0
  for (let value = first; value < first + tallySize; value++) {
    if (kept(value) > 0) present.push(value)
    total += kept(value)
  }
  if (present.length === 0) {
    if (paddingValue === undefined) throw new RangeError('a volume has at least one voxel')
    return statistics(tally, type, undefined)
  }
  const valueRange: [number, number] = [present[0] as number, present.at(-1) as number]
  const histogram = new Array<number>(bins).fill(0)
  const width = valueRange[1] - valueRange[0] || 1
  for (const value of present) {
    const bin = Math.min(bins - 1, Math.floor(((value - valueRange[0]) / width) * bins))
    histogram[bin] = (histogram[bin] as number) + kept(value)
  }
  const percentile = (fraction: number) => {
    let below = 0
    for (const value of present) {
      below += kept(value)
      if (below >= fraction * total) return value
    }
    return valueRange[1]
  }
  const [low, high] = [percentile(0.02), percentile(0.98)]
  return {
    valueRange,
    histogram,
    percentileWindow: { windowCenter: (low + high) / 2, windowWidth: Math.max(1, high - low) },
  }
}

/** Adds the voxels of rows [from, to) of every slice. */
export function countValues(
  slab: Voxels,
  [ni, nj, nk]: Dims,
  [from, to]: readonly [number, number],
  tally: Tally,
): void {
  for (let k = 0; k < nk; k++) {
    const end = (k * nj + to) * ni
    for (let n = (k * nj + from) * ni; n < end; n++) {
      const at = (slab[n] as number) & 0xffff
      tally[at] = (tally[at] as number) + 1
    }
  }
}
