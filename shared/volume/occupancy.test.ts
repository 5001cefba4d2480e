import { describe, expect, it } from 'vitest'
import type { Vec3 } from '../geometry/transform.ts'
import { floatFromHalf, halfBits, paddingTexel } from './half-float.ts'
import { brickRanges, distanceToVisible, visibleBricks } from './occupancy.ts'
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
    [Math.max(8 * brick[axis] - 1, 0), Math.min(8 * brick[axis] + 8, dims[axis] - 1)] as const
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
    expect(ranges.dims).toEqual([3, 3, 4])
    let n = 0
    for (let k = 0; k < 4; k++)
      for (let j = 0; j < 3; j++)
        for (let i = 0; i < 3; i++) {
          expect([ranges.low[n], ranges.high[n]], `${i} ${j} ${k}`).toEqual(
            rangeByHand(texels, [i, j, k]),
          )
          n++
        }
  })

  it('a brick of nothing but padding is never visible', () => {
    const ranges = brickRanges(new Uint16Array(512).fill(halfBits(paddingTexel)), [8, 8, 8])
    const everything = transferTable([{ value: -1e5, r: 1, g: 1, b: 1, opacity: 1 }])
    expect([...visibleBricks(ranges, everything, 1)]).toEqual([0])
  })
})

describe('visible bricks', () => {
  const knots = [
    { value: 100, r: 1, g: 1, b: 1, opacity: 0 },
    { value: 200, r: 1, g: 1, b: 1, opacity: 0.5 },
    { value: 300, r: 1, g: 1, b: 1, opacity: 0 },
    { value: 1000, r: 1, g: 1, b: 1, opacity: 0 },
  ]
  const seen = (low: number, high: number, scale = 1) =>
    visibleBricks(
      { dims: [1, 1, 1], low: Float32Array.of(low), high: Float32Array.of(high) },
      transferTable(knots),
      scale,
    )[0]

  it('are those whose range meets what absorbs', () => {
    expect(seen(-500, 90)).toBe(0)
    expect(seen(-500, 110)).toBe(1)
    expect(seen(150, 150)).toBe(1)
    expect(seen(-500, 5000)).toBe(1)
    expect(seen(310, 5000)).toBe(0)
    expect(seen(40, 80, 0.25)).toBe(1)
    expect(seen(100, 200, 0.25)).toBe(0)
  })

  it('beyond the last point what it says there goes on', () => {
    const open = transferTable([knots[0]!, knots[1]!])
    const far = { dims: [1, 1, 1] as Vec3, low: Float32Array.of(5000), high: Float32Array.of(6000) }
    expect([...visibleBricks(far, open, 1)]).toEqual([1])
  })
})

it('the distance to what is visible is the largest of the three axes’ distances', () => {
  const grid: Vec3 = [9, 7, 11]
  const next = random(7)
  const visible = Uint8Array.from({ length: 9 * 7 * 11 }, () => (next() < 0.01 ? 1 : 0))
  const places = [...visible.keys()].filter((n) => visible[n])
  expect(places.length).toBeGreaterThan(2)
  const at = (n: number): Vec3 => [n % 9, Math.floor(n / 9) % 7, Math.floor(n / 63)]
  const distance = distanceToVisible(visible, grid)
  for (const n of visible.keys()) {
    const nearest = Math.min(
      ...places.map((place) => Math.max(...at(place).map((c, axis) => Math.abs(c - at(n)[axis]!)))),
    )
    expect(distance[n]).toBe(nearest)
  }
})

it('where nothing is visible every distance is at its cap', () => {
  expect(new Set(distanceToVisible(new Uint8Array(8), [2, 2, 2]))).toEqual(new Set([255]))
})
