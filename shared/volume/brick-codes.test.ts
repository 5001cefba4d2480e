import { describe, expect, it } from 'vitest'
import type { Vec3 } from '../geometry/transform.ts'
import {
  BrickCoder,
  brickCodes,
  brickKinds,
  bricksHolding,
  kindOf,
  reachOf,
} from './brick-codes.ts'
import { transferTable } from './transfer-function.ts'

/** The same pseudo-random numbers for a seed. */
const random = (seed: number) => () => {
  seed = (seed * 1664525 + 1013904223) >>> 0
  return seed / 2 ** 32
}

const one = (low: number, high: number) => ({
  dims: [1, 1, 1] as Vec3,
  low: Float32Array.of(low),
  high: Float32Array.of(high),
})

describe('the kind of a brick', () => {
  const knots = [
    { value: 100, r: 1, g: 1, b: 1, opacity: 0 },
    { value: 200, r: 1, g: 1, b: 1, opacity: 0.5 },
    { value: 300, r: 1, g: 1, b: 1, opacity: 0 },
    { value: 1000, r: 1, g: 1, b: 1, opacity: 0 },
  ]
  const kind = (low: number, high: number, texelScale = 1) =>
    brickKinds(one(low, high), transferTable(knots), {
      texelScale,
      voxelMm: 1,
      surfaceTexels: 0.1,
    })[0]

  it('is empty where its values meet nothing that absorbs', () => {
    expect(kind(-500, 90)).toBe(0)
    expect(kind(-500, 110)).toBe(1)
    expect(kind(150, 151)).toBe(1)
    expect(kind(-500, 5000)).toBe(1)
    expect(kind(310, 5000)).toBe(0)
    expect(kind(40, 80, 0.25)).toBe(1)
    expect(kind(100, 200, 0.25)).toBe(0)
  })

  it('beyond the last point what it says there goes on', () => {
    const open = transferTable([knots[0]!, knots[1]!])
    const of = { texelScale: 1, voxelMm: 1, surfaceTexels: 10 }
    expect([...brickKinds(one(5000, 6000), open, of)]).toEqual([1])
  })

  it('is stepped through faster the less it can absorb over a voxel', () => {
    const veil = (opacity: number, voxelMm = 1) => {
      const table = transferTable([{ value: 0, r: 1, g: 1, b: 1, opacity }])
      return brickKinds(one(1, 9), table, { texelScale: 1, voxelMm, surfaceTexels: 10 })[0]
    }
    expect([0.5, 0.02, 0.003, 0].map((opacity) => veil(opacity))).toEqual([1, 2, 3, 0])
    expect(veil(0.003, 5)).toBe(2)
  })

  it('is stepped through slower the more what it absorbs differs in it, up or down', () => {
    for (const slope of [1, -1]) {
      const ramp = [-100, 100].map((value) => {
        const opacity = 0.005 + (slope * value) / 100 / 250
        return { value, r: 1, g: 1, b: 1, opacity }
      })
      const over = (values: number) =>
        brickKinds(one(-values / 2, values / 2), transferTable(ramp), {
          texelScale: 1,
          voxelMm: 1,
          surfaceTexels: 1,
        })[0]
      // Over 200 values 8 in a thousand.
      expect([10, 20, 40, 60].map(over)).toEqual([3, 3, 2, 1])
    }
  })

  it('is even where no gradient in it can be a quarter of what makes a surface', () => {
    const table = transferTable([{ value: 0, r: 1, g: 1, b: 1, opacity: 0.5 }])
    const over = (values: number) =>
      brickKinds(one(1, 1 + values), table, { texelScale: 1, voxelMm: 1, surfaceTexels: 100 })[0]
    expect([0, 50, 51].map(over)).toEqual([4, 4, 1])
  })
})

it('bricks that hold a value are those whose range it lies in', () => {
  expect([...bricksHolding(one(-5, 20), [20, 20])]).toEqual([1])
  expect([...bricksHolding(one(-5, 20), [21, 30])]).toEqual([0])
  expect([...bricksHolding(one(Infinity, -Infinity), [-1e9, 1e9])]).toEqual([0])
})

it('the reach of a brick is the largest of the three axes’ distances to another kind', () => {
  const dims: Vec3 = [37, 9, 11]
  const next = random(7)
  const kinds = Uint8Array.from({ length: 37 * 9 * 11 }, () =>
    next() < 0.02 ? 1 : next() < 0.02 ? 6 : 0,
  )
  const at = (n: number): Vec3 => [n % 37, Math.floor(n / 37) % 9, Math.floor(n / 333)]
  const far = (a: Vec3, b: Vec3) => Math.max(...a.map((c, axis) => Math.abs(c - b[axis]!)))
  const codes = brickCodes(kinds, dims)
  for (const n of codes.keys()) {
    let nearest = kinds[n] === 0 ? 31 : 7
    for (const m of kinds.keys()) {
      if (kinds[m] !== kinds[n]) nearest = Math.min(nearest, far(at(n), at(m)))
    }
    expect([kindOf(codes[n]!), reachOf(codes[n]!)], `${at(n)}`).toEqual([kinds[n], nearest])
  }
})

it('where all bricks are of one kind every reach is at its cap', () => {
  expect(new Set(brickCodes(new Uint8Array(8), [2, 2, 2]))).toEqual(new Set([31]))
})

it('a brick deep in tissue or in emptiness is at its cap, and one beside both at neither', () => {
  const dims: Vec3 = [75, 24, 23]
  const count = dims[0] * dims[1] * dims[2]
  const at = (n: number): Vec3 => [n % 75, Math.floor(n / 75) % 24, Math.floor(n / 1800)]
  const far = (a: Vec3, b: Vec3) => Math.max(...a.map((c, axis) => Math.abs(c - b[axis]!)))
  // Thick, and with a thin layer and a core of other tissue.
  const kinds = Uint8Array.from({ length: count }, (_, n) => {
    const depth = 12 - far(at(n), [20, 12, 11])
    return depth < 0 ? 0 : depth === 0 ? 4 : depth > 10 ? 6 : 1
  })
  const coder = new BrickCoder(dims)
  coder.code(new Uint8Array(count).fill(3))
  const codes = coder.code(kinds)
  const next = random(11)
  const seen = new Set<number>()
  for (let probe = 0; probe < 400; probe++) {
    const n = Math.floor(next() * count)
    const cap = kinds[n] === 0 ? 31 : 7
    let nearest = cap
    for (let m = 0; m < count; m++) {
      if (kinds[m] === kinds[n]) continue
      const [a, b] = [at(n), at(m)]
      const away = Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]), Math.abs(a[2] - b[2]))
      if (away < nearest) nearest = away
    }
    expect([kindOf(codes[n]!), reachOf(codes[n]!)], `${at(n)}`).toEqual([kinds[n], nearest])
    seen.add(codes[n]!)
  }
  expect(seen).toContain(31)
  expect(seen.size).toBeGreaterThan(30)
})
