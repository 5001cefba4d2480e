import { expect, it } from 'vitest'
import type { Vec3 } from '../geometry/transform.ts'
import { brickCodes, reachOf } from './brick-codes.ts'
import { writeFaces } from './brick-codes-faces.ts'

const facesOf = (kinds: Uint8Array, dims: Vec3) => {
  const pairs = new Uint8Array(2 * kinds.length).fill(77)
  writeFaces(pairs, kinds, brickCodes(kinds, dims), dims)
  return pairs
}

it('a brick beside others says which of its six neighbours are of its kind', () => {
  const dims: Vec3 = [7, 5, 6]
  let seed = 5
  const kinds = Uint8Array.from({ length: 210 }, () => {
    seed = (seed * 1664525 + 1013904223) >>> 0
    return seed / 2 ** 32 < 0.1 ? 5 : 0
  })
  const kindAt = (i: number, j: number, k: number) =>
    i < 0 || j < 0 || k < 0 || i >= 7 || j >= 5 || k >= 6 ? undefined : kinds[(k * 5 + j) * 7 + i]
  const pairs = facesOf(kinds, dims)
  const codes = brickCodes(kinds, dims)
  let told = 0
  for (const n of kinds.keys()) {
    const [i, j, k] = [n % 7, Math.floor(n / 7) % 5, Math.floor(n / 35)]
    const around = [
      kindAt(i - 1, j, k),
      kindAt(i + 1, j, k),
      kindAt(i, j - 1, k),
      kindAt(i, j + 1, k),
      kindAt(i, j, k - 1),
      kindAt(i, j, k + 1),
    ]
    const like = around.map((kind, bit) => (kind === kinds[n] ? 2 ** bit : 0))
    const faces = reachOf(codes[n]!) > 1 ? 0 : like.reduce((sum, bit) => sum + bit)
    expect([pairs[2 * n], pairs[2 * n + 1]], `${[i, j, k]}`).toEqual([77, faces])
    told += faces > 0 ? 1 : 0
  }
  expect(told).toBeGreaterThan(50)
})

it('bricks that lie deep among their like say nothing: their reach says it', () => {
  const pairs = facesOf(new Uint8Array(125).fill(1), [5, 5, 5])
  expect(new Set(pairs)).toEqual(new Set([77, 0]))
})
