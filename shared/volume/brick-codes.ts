import type { Vec3 } from '../geometry/transform.ts'
import type { BrickRanges } from './occupancy.ts'
import type { TransferTable } from './transfer-function.ts'

/**
 * What a ray does in a brick: 0 leaps over it, 1 samples at every step, 2 and 3 at every second and
 * fourth: where even the densest tissue a brick may hold absorbs next to nothing, nobody sees more.
 */
export type BrickKind = 0 | 1 | 2 | 3

/** The shares that tissue absorbs over one voxel below which two steps, and four, are one. */
const thinForTwo = 0.012
const thinForFour = 0.004

/** Farther than this many bricks a ray does not leap at once. */
const farthest = 31
const codesPerKind = 64

export const kindOf = (code: number): number => Math.floor(code / codesPerKind)
/** Every brick nearer than this, the largest of the three axes' distances, is of the same kind. */
export const reachOf = (code: number): number => code % codesPerKind

/** The kind of each brick under a transfer function; `voxelMm` is a step of one voxel. */
export function brickKinds(
  { low, high }: BrickRanges,
  table: TransferTable,
  { texelScale, voxelMm }: { texelScale: number; voxelMm: number },
): Uint8Array {
  const densest = densestBetween(table)
  const perTexel = (table.size - 1) / ((table.high - table.low) * texelScale)
  const firstTexel = table.low * texelScale
  const [two, four] = [thinForTwo / voxelMm, thinForFour / voxelMm]
  const kinds = new Uint8Array(low.length)
  for (let n = 0; n < low.length; n++) {
    const [lowest, highest] = [low[n] as number, high[n] as number]
    if (lowest > highest) continue
    // One entry more on either side: the table is read between its entries.
    const k = densest(
      Math.floor((lowest - firstTexel) * perTexel) - 1,
      Math.ceil((highest - firstTexel) * perTexel) + 1,
    )
    kinds[n] = k > two ? 1 : k > four ? 2 : k > 0 ? 3 : 0
  }
  return kinds
}

/** Bricks that hold a value between two: for surfaces at a value, and for what a window shows. */
export function bricksHolding(
  { low, high }: BrickRanges,
  [from, to]: readonly [number, number],
): Uint8Array {
  const kinds = new Uint8Array(low.length)
  for (let n = 0; n < low.length; n++) {
    const holds = (low[n] as number) <= to && (high[n] as number) >= from
    kinds[n] = holds && (low[n] as number) <= (high[n] as number) ? 1 : 0
  }
  return kinds
}

/**
 * The grey, 0…255, of the brightest value of each brick (`mip`) or the darkest (`minip`), rounded away
 * from what a ray may leave out. `grey = texel · scale + offset`, 0…1.
 */
export function brickGreys(
  { low, high }: BrickRanges,
  projection: 'mip' | 'minip',
  { scale, offset }: { scale: number; offset: number },
): Uint8Array {
  const greys = new Uint8Array(low.length)
  for (let n = 0; n < greys.length; n++) {
    const grey = ((projection === 'mip' ? high : low)[n] as number) * scale + offset
    const bytes = projection === 'mip' ? Math.ceil(grey * 255) : Math.floor(grey * 255)
    greys[n] = Math.min(Math.max(bytes, 0), 255)
  }
  return greys
}

/** Answers the greatest extinction of a range of the table's entries, both ends included. */
function densestBetween({ size, rgbk }: TransferTable): (from: number, to: number) => number {
  const levels: Float32Array[] = [Float32Array.from({ length: size }, (_, n) => rgbk[4 * n + 3]!)]
  for (let span = 1; 2 * span <= size; span *= 2) {
    const below = levels.at(-1) as Float32Array
    levels.push(
      Float32Array.from({ length: size - 2 * span + 1 }, (_, n) =>
        Math.max(below[n] as number, below[n + span] as number),
      ),
    )
  }
  const last = size - 1
  return (from, to) => {
    const first = from < 0 ? 0 : Math.min(from , last)
    const end = to < first ? first : Math.min(to , last)
    const level = 31 - Math.clz32(end - first + 1)
    const maxima = levels[level] as Float32Array
    const a = maxima[first] as number
    const b = maxima[end - (1 << level) + 1] as number
    return Math.max(a , b)
  }
}

/**
 * A byte for each brick: its kind, and how far the nearest brick of another kind is. What lies
 * outside the volume is of every kind.
 */
export function brickCodes(kinds: Uint8Array, dims: Vec3): Uint8Array<ArrayBuffer> {
  const codes = new Uint8Array(kinds.length)
  for (let n = 0; n < kinds.length; n++) codes[n] = (kinds[n] as number) * codesPerKind + farthest
  for (const kind of new Set(kinds)) {
    const others = BrickSet.where(dims, (n) => kinds[n] !== kind)
    // Bricks that a growing set of others takes in are as far from them as it has grown.
    for (let reach = 1; reach < farthest; reach++) {
      const grown = others.grown()
      let more = false
      grown.eachNotIn(others, (n) => {
        codes[n] = kind * codesPerKind + reach
        more = true
      })
      if (!more) break
      others.bits.set(grown.bits)
    }
  }
  return codes
}

/** A set of bricks, one bit each: growing it by one brick on every side takes three passes of words. */
class BrickSet {
  readonly bits: Uint32Array
  readonly #dims: Vec3
  readonly #words: number

  constructor(dims: Vec3, bits?: Uint32Array) {
    this.#dims = dims
    this.#words = Math.ceil(dims[0] / 32)
    this.bits = bits ?? new Uint32Array(this.#words * dims[1] * dims[2])
  }

  static where(dims: Vec3, holds: (n: number) => boolean): BrickSet {
    const set = new BrickSet(dims)
    const [ni, nj, nk] = dims
    for (let row = 0, n = 0; row < nj * nk; row++) {
      for (let i = 0; i < ni; i++, n++) {
        if (holds(n)) set.bits[row * set.#words + (i >>> 5)]! |= 1 << (i & 31)
      }
    }
    return set
  }

  grown(): BrickSet {
    const [, nj, nk] = this.#dims
    const words = this.#words
    const along = grownAlongRows(this.bits, words)
    const across = grownAlong(along, words, nj, nk, words * nj)
    return new BrickSet(this.#dims, grownAlong(across, words * nj, nk, 1, 0))
  }

  eachNotIn(other: BrickSet, visit: (n: number) => void): void {
    const [ni, nj, nk] = this.#dims
    const words = this.#words
    for (let row = 0; row < nj * nk; row++) {
      for (let word = 0; word < words; word++) {
        const at = row * words + word
        let fresh = (this.bits[at] as number) & ~(other.bits[at] as number)
        while (fresh !== 0) {
          const bit = 31 - Math.clz32(fresh & -fresh)
          fresh &= fresh - 1
          const i = 32 * word + bit
          if (i < ni) visit(row * ni + i)
        }
      }
    }
  }
}

function grownAlongRows(bits: Uint32Array, words: number): Uint32Array {
  const grown = new Uint32Array(bits.length)
  for (let at = 0; at < bits.length; at++) {
    const word = at % words
    const here = bits[at] as number
    const before = word > 0 ? (bits[at - 1] as number) >>> 31 : 0
    const after = word < words - 1 ? (bits[at + 1] as number) << 31 : 0
    grown[at] = here | (here << 1) | (here >>> 1) | before | after
  }
  return grown
}

/** `count` runs of `run` words, one after another, `groups` times, `apart` words apart. */
function grownAlong(
  bits: Uint32Array,
  run: number,
  count: number,
  groups: number,
  apart: number,
): Uint32Array {
  const grown = bits.slice()
  for (let group = 0; group < groups; group++) {
    const first = group * apart
    for (let n = 0; n < count - 1; n++) {
      const at = first + n * run
      for (let word = at; word < at + run; word++) {
        grown[word]! |= bits[word + run] as number
        grown[word + run]! |= bits[word] as number
      }
    }
  }
  return grown
}
