import { describe, expect, it } from 'vitest'
import type { Vec3 } from '../geometry/transform.ts'
import { halfBits, paddingTexel } from './half-float.ts'
import { brickRanges } from './occupancy.ts'

/** The same pseudo-random numbers for a seed. */
const random = (seed: number) => () => {
  seed = (seed * 1664525 + 1013904223) >>> 0
  return seed / 2 ** 32
}

const dims: Vec3 = [21, 17, 26]

describe('the ranges of a slab’s bricks', () => {
  it('with a rim say what slabs add to the bricks beyond them, so that slabs make the whole', () => {
    const next = random(7)
    const texels = Uint16Array.from({ length: dims[0] * dims[1] * dims[2] }, () =>
      halfBits(next() < 0.9 ? paddingTexel : Math.round(4000 * next() - 2000)),
    )
    const whole = brickRanges(texels, dims)
    const low = new Float32Array(whole.low.length).fill(Infinity)
    const high = new Float32Array(whole.low.length).fill(-Infinity)
    for (let slice = 0; slice < dims[2]; slice += 8) {
      const slices = Math.min(8, dims[2] - slice)
      const area = dims[0] * dims[1]
      const slab = texels.subarray(slice * area, (slice + slices) * area)
      const part = brickRanges(slab, [dims[0], dims[1], slices], 1)
      expect(part.dims).toEqual([8, 7, Math.ceil(slices / 4) + 2])
      for (let n = 0; n < part.low.length; n++) {
        const i = (n % 8) - 1
        const j = (Math.floor(n / 8) % 7) - 1
        const k = Math.floor(n / 56) - 1 + slice / 4
        const isInside = i >= 0 && i < 6 && j >= 0 && j < 5 && k >= 0 && k < 7
        if (!isInside) continue
        const at = (k * 5 + j) * 6 + i
        low[at] = Math.min(low[at]!, part.low[n]!)
        high[at] = Math.max(high[at]!, part.high[n]!)
      }
    }
    expect(low).toEqual(whole.low)
    expect(high).toEqual(whole.high)
  })
})
