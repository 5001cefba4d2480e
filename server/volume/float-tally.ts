import type { Dims } from './pyramid-plan.ts'
import type { Counted } from './statistics.ts'

/**
 * Floats are counted by the first 20 bits of an unsigned number that orders as they do: sign,
 * exponent, and 11 bits of the fraction, so that what is counted together differs by 1/2048 at most.
 * Behind the counts stand the greatest such number and the complement of the least: zero is none.
 */
const keyBits = 20
const shift = 32 - keyBits
const tallySize = 2 ** keyBits
const greatestAt = tallySize
const leastAt = tallySize + 1

export const floatTallyBytes = (tallySize + 2) * Uint32Array.BYTES_PER_ELEMENT

/** Adds the voxels of rows [from, to) of every slice, but for padding and what is not finite. */
export function countFloats(
  slab: Float32Array,
  [ni, nj, nk]: Dims,
  [from, to]: readonly [number, number],
  paddingValue: number | undefined,
  tally: ArrayBufferLike,
): void {
  const counts = new Uint32Array(tally)
  const bits = new Uint32Array(slab.buffer, slab.byteOffset, slab.length)
  const padding = paddingValue === undefined ? undefined : Math.fround(paddingValue)
  let greatest = counts[greatestAt]!
  let least = ~counts[leastAt]! >>> 0
  for (let k = 0; k < nk; k++) {
    const end = (k * nj + to) * ni
    for (let n = (k * nj + from) * ni; n < end; n++) {
      if (slab[n] === padding || !Number.isFinite(slab[n])) continue
      const key = keyOf(bits[n]!)
      const at = key >>> shift
      counts[at] = counts[at]! + 1
      if (key > greatest) greatest = key
      if (key < least) least = key
    }
  }
  counts[greatestAt] = greatest
  counts[leastAt] = ~least >>> 0
}

/** Where all is padding the range is that value, and nothing is counted. */
export function floatCounts(
  tallies: readonly ArrayBufferLike[],
  paddingValue: number | undefined,
): Counted {
  const counts = new Uint32Array(tallySize)
  let greatest = 0
  let least = 0xffffffff
  for (const tally of tallies) {
    const some = new Uint32Array(tally)
    for (let n = 0; n < tallySize; n++) counts[n] = counts[n]! + some[n]!
    greatest = Math.max(greatest, some[greatestAt]!)
    least = Math.min(least, ~some[leastAt]! >>> 0)
  }
  if (least > greatest) {
    const padding = Math.fround(paddingValue ?? 0)
    return { valueRange: [padding, padding], values: [] }
  }
  const valueRange: [number, number] = [floatOf(least), floatOf(greatest)]
  const values = []
  for (let at = least >>> shift; at <= greatest >>> shift; at++) {
    const count = counts[at]!
    if (count === 0) continue
    const middle = floatOf(((at << shift) | (1 << (shift - 1))) >>> 0)
    values.push({ value: Math.min(Math.max(middle, valueRange[0]), valueRange[1]), count })
  }
  return { valueRange, values }
}

const float = new Float32Array(1)
const word = new Uint32Array(float.buffer)

/** Orders as the floats do: a negative one's bits count backwards. Both zeros lie next to each other. */
const keyOf = (bits: number) => (bits >>> 31 ? ~bits >>> 0 : (bits | 0x80000000) >>> 0)

function floatOf(key: number): number {
  word[0] = key >>> 31 ? key & 0x7fffffff : ~key >>> 0
  return float[0]! || 0
}
