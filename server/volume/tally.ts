import type { Dims } from './pyramid-plan.ts'
import type { Counted } from './statistics.ts'
import type { VoxelType } from './voxels.ts'

type Whole = Int16Array | Uint16Array | Uint8Array

/** How often each 16-bit value occurs, at the value's two's complement. */
const tallySize = 65536

export const wholeTallyBytes = tallySize * Uint32Array.BYTES_PER_ELEMENT

/** Adds the voxels of rows [from, to) of every slice. */
export function countWhole(
  slab: Whole,
  [ni, nj, nk]: Dims,
  [from, to]: readonly [number, number],
  tally: ArrayBufferLike,
): void {
  const counts = new Uint32Array(tally)
  for (let k = 0; k < nk; k++) {
    const end = (k * nj + to) * ni
    for (let n = (k * nj + from) * ni; n < end; n++) {
      const at = slab[n]! & 0xffff
      counts[at] = counts[at]! + 1
    }
  }
}

/** How often each 16-bit value occurs in all that was counted. */
export function summed(tallies: readonly ArrayBufferLike[]): Uint32Array {
  const counts = new Uint32Array(tallySize)
  for (const tally of tallies) {
    const some = new Uint32Array(tally)
    for (let n = 0; n < tallySize; n++) counts[n] = counts[n]! + some[n]!
  }
  return counts
}

/** Padding is left out, unless there is nothing else. */
export function wholeCounts(
  tallies: readonly ArrayBufferLike[],
  type: VoxelType,
  paddingValue: number | undefined,
): Counted {
  const counts = summed(tallies)
  const first = type === 'int16' ? -32768 : 0
  const values = Array.from({ length: tallySize }, (_, n) => first + n)
    .map((value) => ({ value, count: counts[value & 0xffff]! }))
    .filter(({ count }) => count > 0)
  const kept = values.filter(({ value }) => value !== paddingValue)
  const present = kept.length > 0 ? kept : values
  const [least, greatest] = [present[0], present.at(-1)]
  if (!least || !greatest) throw new RangeError('a volume has at least one voxel')
  return { valueRange: [least.value, greatest.value], values: present }
}
