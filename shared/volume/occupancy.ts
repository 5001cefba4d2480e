import type { Vec3 } from '../geometry/transform.ts'
import { floatsFromHalves } from './half-float.ts'
import type { TransferTable } from './transfer-function.ts'

/** Empty space is left out brick by brick: cubes of 8 texels on each side. */
export const brickSize = 8

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

const paddingBits = 0xfbff
/** Half-float bits in the order of their values. */
const orderOf = (bits: number) => (bits & 0x8000 ? 0xffff - bits : bits | 0x8000)
const bitsOf = (order: number) => (order & 0x8000 ? order & 0x7fff : 0xffff - order)

/** `texels`: half-float bits, x fastest. Goes slice by slice, so that it needs little memory. */
export function brickRanges(texels: Uint16Array, dims: Vec3): BrickRanges {
  const [ni, nj, nk] = dims
  const bricks = brickDims(dims)
  const [bi, bj, bk] = bricks
  const low = new Uint16Array(bi * bj * bk).fill(0xffff)
  const high = new Uint16Array(bi * bj * bk)
  const rowLow = new Uint16Array(bi)
  const rowHigh = new Uint16Array(bi)
  const sliceLow = new Uint16Array(bi * bj)
  const sliceHigh = new Uint16Array(bi * bj)
  for (let k = 0; k < nk; k++) {
    sliceLow.fill(0xffff)
    sliceHigh.fill(0)
    for (let j = 0; j < nj; j++) {
      rangesOfRow(texels, (k * nj + j) * ni, ni, rowLow, rowHigh)
      eachBrickReaching(j, bj, (brick) => {
        widen(sliceLow, sliceHigh, brick * bi, rowLow, rowHigh)
      })
    }
    eachBrickReaching(k, bk, (brick) => {
      widen(low, high, brick * bi * bj, sliceLow, sliceHigh)
    })
  }
  const floats = floatsFromHalves()
  const decode = (orders: Uint16Array) =>
    Float32Array.from(orders, (order) => floats[bitsOf(order)] as number)
  const ranges = { dims: bricks, low: decode(low), high: decode(high) }
  for (let n = 0; n < low.length; n++) {
    if ((low[n] as number) > (high[n] as number)) {
      ranges.low[n] = Infinity
      ranges.high[n] = -Infinity
    }
  }
  return ranges
}

function rangesOfRow(
  texels: Uint16Array,
  start: number,
  ni: number,
  rowLow: Uint16Array,
  rowHigh: Uint16Array,
): void {
  for (let brick = 0; brick < rowLow.length; brick++) {
    const from = Math.max(brick * brickSize - 1, 0)
    const to = Math.min((brick + 1) * brickSize, ni - 1)
    let low = 0xffff
    let high = 0
    for (let i = from; i <= to; i++) {
      const bits = texels[start + i] as number
      if (bits === paddingBits) continue
      const order = orderOf(bits)
      if (order < low) low = order
      if (order > high) high = order
    }
    rowLow[brick] = low
    rowHigh[brick] = high
  }
}

/** Interpolation in a brick reads one texel beyond it on either side. */
function eachBrickReaching(texel: number, bricks: number, visit: (brick: number) => void): void {
  const own = Math.floor(texel / brickSize)
  visit(own)
  if (texel % brickSize === brickSize - 1 && own + 1 < bricks) visit(own + 1)
  if (texel % brickSize === 0 && own > 0) visit(own - 1)
}

function widen(
  low: Uint16Array,
  high: Uint16Array,
  at: number,
  byLow: Uint16Array,
  byHigh: Uint16Array,
): void {
  for (let n = 0; n < byLow.length; n++) {
    if ((byLow[n] as number) < (low[at + n] as number)) low[at + n] = byLow[n] as number
    if ((byHigh[n] as number) > (high[at + n] as number)) high[at + n] = byHigh[n] as number
  }
}

/** 1 for each brick in which something can absorb light, else 0. `table` is over stored values. */
export function visibleBricks(
  { low, high }: BrickRanges,
  { low: first, high: last, size, rgbk }: TransferTable,
  texelScale: number,
): Uint8Array<ArrayBuffer> {
  const absorbingBelow = new Uint32Array(size + 1)
  for (let n = 0; n < size; n++) {
    absorbingBelow[n + 1] =
      (absorbingBelow[n] as number) + ((rgbk[4 * n + 3] as number) > 0 ? 1 : 0)
  }
  const perTexel = (size - 1) / ((last - first) * texelScale)
  const firstTexel = first * texelScale
  const within = (entry: number) => Math.min(Math.max(entry, 0), size - 1)
  const visible = new Uint8Array(low.length)
  for (let n = 0; n < low.length; n++) {
    if ((low[n] as number) > (high[n] as number)) continue
    // One entry more on either side: the table is read between its entries.
    const from = within(Math.floor(((low[n] as number) - firstTexel) * perTexel) - 1)
    const to = within(Math.ceil(((high[n] as number) - firstTexel) * perTexel) + 1)
    visible[n] = (absorbingBelow[to + 1] as number) > (absorbingBelow[from] as number) ? 1 : 0
  }
  return visible
}

/**
 * How many bricks to the nearest visible one, the largest of the three axes' distances: 0 for a
 * visible brick, n where every brick less than n away is empty. Two sweeps of a chamfer transform.
 */
export function distanceToVisible(
  visible: Uint8Array,
  [bi, bj, bk]: Vec3,
): Uint8Array<ArrayBuffer> {
  // A rim of far bricks spares the sweeps every test for an edge.
  const [wi, wj] = [bi + 2, bj + 2]
  const rim = new Uint8Array(wi * wj * (bk + 2)).fill(255)
  const at = (i: number, j: number, k: number) => ((k + 1) * wj + j + 1) * wi + i + 1
  const before: number[] = []
  for (let dk = -1; dk <= 0; dk++) {
    for (let dj = -1; dj <= 1; dj++) {
      for (let di = -1; di <= 1; di++) {
        const step = (dk * wj + dj) * wi + di
        if (step < 0) before.push(step)
      }
    }
  }
  const sweep = (n: number, sign: 1 | -1) => {
    let nearest = rim[n] as number
    for (let s = 0; s < before.length; s++) {
      const far = (rim[n + sign * (before[s] as number)] as number) + 1
      if (far < nearest) nearest = far
    }
    rim[n] = nearest
  }
  for (let k = 0; k < bk; k++)
    for (let j = 0; j < bj; j++)
      for (let i = 0; i < bi; i++) {
        if (visible[(k * bj + j) * bi + i]) rim[at(i, j, k)] = 0
        sweep(at(i, j, k), 1)
      }
  const distance = new Uint8Array(bi * bj * bk)
  for (let k = bk - 1; k >= 0; k--)
    for (let j = bj - 1; j >= 0; j--)
      for (let i = bi - 1; i >= 0; i--) {
        sweep(at(i, j, k), -1)
        distance[(k * bj + j) * bi + i] = rim[at(i, j, k)] as number
      }
  return distance
}
