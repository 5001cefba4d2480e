import type { Vec3 } from '../geometry/transform.ts'
import { floatsFromHalves } from './half-float.ts'

/** Empty space is left out brick by brick: cubes of 4 texels on each side. */
export const brickSize = 4

/**
 * The least and greatest texel that interpolation can meet in each brick, x fastest: the brick's
 * own texels and one more on every side. Padding is left out; where nothing is left, low > high.
 */
export interface BrickRanges {
  readonly dims: Vec3
  readonly low: Float32Array
  readonly high: Float32Array
}

const bricksAlong = (texels: number) => Math.ceil(texels / brickSize)
export const brickDims = ([x, y, z]: Vec3): Vec3 => [bricksAlong(x), bricksAlong(y), bricksAlong(z)]

/** Signed half-float bits in the order of their values; the same turns them back. */
const ordered = (bits: number) => bits ^ ((bits >> 15) & 0x7fff)
const paddingOrder = ordered((0xfbff << 16) >> 16)
const [least, greatest] = [-0x8000, 0x7fff]
/** Math.min and Math.max look for −0 and not-a-number, which costs half of the time here. */
function least2(a: number, b: number): number {
  if (a < b) return a
  return b
}

function greatest2(a: number, b: number): number {
  if (a > b) return a
  return b
}

/**
 * `texels`: half-float bits, x fastest. Goes slice by slice, so that it needs little memory. With
 * `rim` there is a brick more on every side: what the texels add to bricks beyond them.
 */
export function brickRanges(texels: Uint16Array, dims: Vec3, rim: 0 | 1 = 0): BrickRanges {
  const [ni, nj, nk] = dims
  const bits = new Int16Array(texels.buffer, texels.byteOffset, texels.length)
  const [bi, bj, bk] = brickDims(dims).map((count) => count + 2 * rim) as [number, number, number]
  const low = new Int16Array(bi * bj * bk).fill(greatest)
  const high = new Int16Array(bi * bj * bk).fill(least)
  const row = rangesOf(bi)
  const slice = rangesOf(bi * bj)
  for (let k = 0; k < nk; k++) {
    slice.low.fill(greatest)
    slice.high.fill(least)
    for (let j = 0; j < nj; j++) {
      rangesOfRow(bits, (k * nj + j) * ni, ni, row, rim)
      const [first, last] = bricksReachedBy(j, bj, rim)
      for (let brick = first; brick <= last; brick++) {
        widen(slice.low, slice.high, brick * bi, row.low, row.high)
      }
    }
    const [first, last] = bricksReachedBy(k, bk, rim)
    for (let brick = first; brick <= last; brick++) {
      widen(low, high, brick * bi * bj, slice.low, slice.high)
    }
  }
  return { dims: [bi, bj, bk], ...inTexels(low, high) }
}

const rangesOf = (count: number) => ({ low: new Int16Array(count), high: new Int16Array(count) })

/** The bricks of a row; with a rim also what its first texel and its last add beyond it. */
function rangesOfRow(
  bits: Int16Array,
  start: number,
  ni: number,
  { low, high }: { low: Int16Array; high: Int16Array },
  rim: 0 | 1,
): void {
  // A brick's last texel belongs to the next one as well, and its first to the one before.
  let lowest = greatest
  let highest = least
  let lastLow = greatest
  let lastHigh = least
  let brick = rim - 1
  const end = start + ni
  for (let at = start; at < end; at += brickSize, brick++) {
    const whole = at + brickSize <= end
    const a = ordered(bits[at] as number)
    const b = whole ? ordered(bits[at + 1] as number) : paddingOrder
    const c = whole ? ordered(bits[at + 2] as number) : paddingOrder
    const d = whole ? ordered(bits[at + 3] as number) : paddingOrder
    let firstLow = a
    let firstHigh = a
    let nextLow = d
    let nextHigh = d
    let ownLow = least2(least2(a, b), least2(c, d))
    let ownHigh = greatest2(greatest2(a, b), greatest2(c, d))
    if (ownLow === paddingOrder) {
      ownLow = nextLow = greatest
      ownHigh = nextHigh = least
      for (let n = at; n < Math.min(at + brickSize, end); n++) {
        const order = ordered(bits[n] as number)
        nextLow = order === paddingOrder ? greatest : order
        nextHigh = order === paddingOrder ? least : order
        if (n === at) {
          firstLow = nextLow
          firstHigh = nextHigh
        }
        ownLow = least2(ownLow, nextLow)
        ownHigh = greatest2(ownHigh, nextHigh)
      }
    }
    if (brick >= 0) {
      low[brick] = least2(lowest, firstLow)
      high[brick] = greatest2(highest, firstHigh)
    }
    lowest = least2(ownLow, lastLow)
    highest = greatest2(ownHigh, lastHigh)
    lastLow = nextLow
    lastHigh = nextHigh
  }
  low[brick] = lowest
  high[brick] = highest
  if (rim === 0) return
  const reaches = ni % brickSize === 0
  low[brick + 1] = reaches ? lastLow : greatest
  high[brick + 1] = reaches ? lastHigh : least
}

/** Interpolation in a brick reads one texel beyond it on either side. */
function bricksReachedBy(texel: number, bricks: number, rim: 0 | 1): [number, number] {
  const own = Math.floor(texel / brickSize) + rim
  const within = texel % brickSize
  const first = within === 0 && own > 0 ? own - 1 : own
  return [first, within === brickSize - 1 && own + 1 < bricks ? own + 1 : own]
}

function widen(
  low: Int16Array,
  high: Int16Array,
  at: number,
  byLow: Int16Array,
  byHigh: Int16Array,
): void {
  for (let n = 0; n < byLow.length; n++) {
    if ((byLow[n] as number) < (low[at + n] as number)) low[at + n] = byLow[n] as number
    if ((byHigh[n] as number) > (high[at + n] as number)) high[at + n] = byHigh[n] as number
  }
}

function inTexels(low: Int16Array, high: Int16Array): Omit<BrickRanges, 'dims'> {
  const floats = floatsFromHalves()
  const texels = { low: new Float32Array(low.length), high: new Float32Array(low.length) }
  for (let n = 0; n < low.length; n++) {
    const [lowest, highest] = [low[n] as number, high[n] as number]
    const some = lowest <= highest
    texels.low[n] = some ? (floats[ordered(lowest) & 0xffff] as number) : Infinity
    texels.high[n] = some ? (floats[ordered(highest) & 0xffff] as number) : -Infinity
  }
  return texels
}
