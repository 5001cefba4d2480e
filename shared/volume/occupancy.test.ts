import { describe, expect, it } from 'vitest'
import type { Vec3 } from '../geometry/transform.ts'
import { brickKinds } from './brick-codes.ts'
import { floatFromHalf, halfBits, paddingTexel } from './half-float.ts'
import { brickRanges } from './occupancy.ts'
import { transferTable } from './transfer-function.ts'

/** The same pseudo-random numbers for a seed. */
const random = (seed: number) => () => {
  seed = (seed * 1664525 + 1013904223) >>> 0
  return seed / 2 ** 32
}

const dims: Vec3 = [21, 17, 26]

function rangeByHand(texels: Uint16Array, brick: Vec3): [number, number] {
  let [low, high] = [Infinity, -Infinity]
  const span = (axis: 0 | 1 | 2) =>
    [Math.max(4 * brick[axis] - 1, 0), Math.min(4 * brick[axis] + 4, dims[axis] - 1)] as const
  const [i, j, k] = [span(0), span(1), span(2)]
  for (let z = k[0]; z <= k[1]; z++)
    for (let y = j[0]; y <= j[1]; y++)
      for (let x = i[0]; x <= i[1]; x++) {
        const value = floatFromHalf(texels[(z * dims[1] + y) * dims[0] + x]!)
        if (value === paddingTexel) continue
        low = Math.min(low, value)
        high = Math.max(high, value)
      }
  return [low, high]
}

describe('the ranges of bricks', () => {
  it('reach one texel beyond each brick, and leave padding out', () => {
    const next = random(42)
    const texels = Uint16Array.from({ length: dims[0] * dims[1] * dims[2] }, () =>
      halfBits(next() < 0.3 ? paddingTexel : Math.round(4000 * next() - 2000)),
    )
    const ranges = brickRanges(texels, dims)
    expect(ranges.dims).toEqual([6, 5, 7])
    let n = 0
    for (let k = 0; k < 7; k++)
      for (let j = 0; j < 5; j++)
        for (let i = 0; i < 6; i++) {
          expect([ranges.low[n], ranges.high[n]], `${i} ${j} ${k}`).toEqual(
            rangeByHand(texels, [i, j, k]),
          )
          n++
        }
  })

  it('a brick of nothing but padding is never visible', () => {
    const ranges = brickRanges(new Uint16Array(64).fill(halfBits(paddingTexel)), [4, 4, 4])
    const everything = transferTable([{ value: -1e5, r: 1, g: 1, b: 1, opacity: 1 }])
    const of = { texelScale: 1, voxelMm: 1, surfaceTexels: 1 }
    expect([...brickKinds(ranges, everything, of)]).toEqual([0])
  })
})
