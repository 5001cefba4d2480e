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
