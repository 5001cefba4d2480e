import type { Vec3 } from '../geometry/transform.ts'
import { BrickReach } from './brick-codes-reach.ts'
import type { BrickRanges } from './occupancy.ts'
import type { TransferTable } from './transfer-function.ts'

/** Farther than this many bricks a ray does not leap at once, nor look for another kind of tissue. */
const farthest = 31
const farthestInTissue = 7
const codesPerKind = 32

export const kindOf = (code: number): number => Math.floor(code / codesPerKind)
/** Every brick nearer than this, the largest of the three axes' distances, is of the same kind. */
export const reachOf = (code: number): number => code % codesPerKind

/**
 * Two steps, or four, are taken as one where what tissue absorbs over a voxel is no more than `thin`
 * and differs by no more than `apart` within the brick: shares of the light.
 */
const forTwo = { thin: 0.03, apart: 0.002 }
const forFour = { thin: 0.012, apart: 0.001 }

/** No gradient in an even brick is a greater part than this of one that makes a surface. */
const evenShare = 0.25

/**
 * The kind of each brick under a transfer function: 0 is leapt over; 1, 2 and 3 are sampled at every
 * step, every second and every fourth: where tissue is thin and alike, nobody sees more. 4, 5 and 6
 * are the same in even bricks: light falls on no surface there. `voxelMm` is a step of one voxel;
 * `surfaceTexels` the difference between neighbours that makes a surface.
 */
export function brickKinds(
  { low, high }: BrickRanges,
  table: TransferTable,
  {
    texelScale,
    voxelMm,
    surfaceTexels,
  }: { texelScale: number; voxelMm: number; surfaceTexels: number },
): Uint8Array {
  const perTexel = (table.size - 1) / ((table.high - table.low) * texelScale)
  const firstTexel = table.low * texelScale
  const last = table.size - 1
  const something = nextThatAbsorbs(table)
  const twos = lastAlike(table, forTwo.thin / voxelMm, forTwo.apart / voxelMm)
  const fours = lastAlike(table, forFour.thin / voxelMm, forFour.apart / voxelMm)
  // A gradient is at most half of what the values around it differ by.
  const evenTexels = 2 * evenShare * surfaceTexels
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
    if ((something[from] as number) > to) continue
    const steps = (fours[from] as number) >= to ? 3 : (twos[from] as number) >= to ? 2 : 1
    kinds[n] = highest - lowest <= evenTexels ? steps + 3 : steps
  }
  return kinds
}

/** For each entry of a table the first, itself or after it, that absorbs; none: the size. */
function nextThatAbsorbs({ size, rgbk }: TransferTable): Uint16Array {
  const next = new Uint16Array(size)
  for (let n = size - 1, first = size; n >= 0; n--) {
    if ((rgbk[4 * n + 3] as number) > 0) first = n
    next[n] = first
  }
  return next
}

/**
 * For each entry of a table the last up to which none absorbs more than `most` a mm and no two differ
 * by more than `apart`; before the entry where it absorbs more itself.
 */
function lastAlike({ size, rgbk }: TransferTable, most: number, apart: number): Int16Array {
  const lasts = new Int16Array(size)
  for (let n = size - 1, last = size - 1; n >= 0; n--) {
    const own = rgbk[4 * n + 3] as number
    let m = n
    if (own > most) last = n - 1
    while (m < last && Math.abs((rgbk[4 * (m + 1) + 3] as number) - own) <= apart) m++
    last = Math.min(last, m)
    lasts[n] = last
  }
  return lasts
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
