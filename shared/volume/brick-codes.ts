import type { Vec3 } from '../geometry/transform.ts'
import { BrickReach } from './brick-codes-reach.ts'
import type { BrickRanges } from './occupancy.ts'
import type { TransferTable } from './transfer-function.ts'

/** The shares that tissue absorbs over one voxel below which two steps, and four, are one. */
const thinForTwo = 0.012
const thinForFour = 0.004

/** Farther than this many bricks a ray does not leap at once, nor look for another kind of tissue. */
const farthest = 31
const farthestInTissue = 7
const codesPerKind = 64

export const kindOf = (code: number): number => Math.floor(code / codesPerKind)
/** Every brick nearer than this, the largest of the three axes' distances, is of the same kind. */
export const reachOf = (code: number): number => code % codesPerKind

/**
 * The kind of each brick under a transfer function: 0 is leapt over, 1 sampled at every step, 2 and 3
 * at every second and fourth: where even the densest tissue a brick may hold absorbs next to nothing,
 * nobody sees more. `voxelMm` is a step of one voxel.
 */
export function brickKinds(
  { low, high }: BrickRanges,
  table: TransferTable,
  { texelScale, voxelMm }: { texelScale: number; voxelMm: number },
): Uint8Array {
  const perTexel = (table.size - 1) / ((table.high - table.low) * texelScale)
  const firstTexel = table.low * texelScale
  const last = table.size - 1
  const [steps, twos, fours] = [thinForTwo / voxelMm, thinForFour / voxelMm, 0].map((share) =>
    nextAbove(table, share),
  ) as [Uint16Array, Uint16Array, Uint16Array]
  const kinds = new Uint8Array(low.length)
  for (let n = 0; n < kinds.length; n++) {
    const lowest = low[n] as number
    const highest = high[n] as number
    if (lowest > highest) continue
    // One entry more on either side: the table is read between its entries.
    const first = (lowest - firstTexel) * perTexel - 1
    const end = (highest - firstTexel) * perTexel + 1
    const from = first > 0 ? (first < last ? Math.floor(first) : last) : 0
    const to = end > 0 ? (end < last ? Math.ceil(end) : last) : 0
    if ((fours[from] as number) > to) continue
    kinds[n] = (steps[from] as number) <= to ? 1 : (twos[from] as number) <= to ? 2 : 3
  }
  return kinds
}

/** For each entry of a table the first, itself or after it, that absorbs more; none: the size. */
function nextAbove({ size, rgbk }: TransferTable, extinction: number): Uint16Array {
  const next = new Uint16Array(size)
  for (let n = size - 1, above = size; n >= 0; n--) {
    if ((rgbk[4 * n + 3] as number) > extinction) above = n
    next[n] = above
  }
  return next
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

/**
 * A byte for each brick: its kind, and how far the nearest brick of another kind is. What lies
 * outside the volume is of every kind.
 */
export function brickCodes(kinds: Uint8Array, dims: Vec3): Uint8Array<ArrayBuffer> {
  return new BrickCoder(dims).code(kinds)
}

/** Writes the codes of volumes of one size again and again, into the same bytes. */
export class BrickCoder {
  readonly codes: Uint8Array<ArrayBuffer>
  readonly #reach: BrickReach

  constructor(dims: Vec3) {
    this.codes = new Uint8Array(dims[0] * dims[1] * dims[2])
    this.#reach = new BrickReach(dims)
  }

  code(kinds: Uint8Array): Uint8Array<ArrayBuffer> {
    const steps = this.coding(kinds)
    let step = steps.next()
    while (!step.done) step = steps.next()
    return this.codes
  }

  /** The same in short steps; before the last the codes are not true. A new one ends the one before. */
  coding(kinds: Uint8Array): Generator<void, void> {
    return this.#reach.write(this.codes, kinds, codesPerKind, [farthest, farthestInTissue])
  }
}
