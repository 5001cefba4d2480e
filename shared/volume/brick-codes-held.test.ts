import { expect, it } from 'vitest'
import type { Vec3 } from '../geometry/transform.ts'
import { heldBricks } from './brick-codes-held.ts'

const dims: Vec3 = [5, 4, 3]
const holding = (...bricks: readonly Vec3[]) => {
  const kinds = new Uint8Array(60)
  for (const [i, j, k] of bricks) kinds[(k * 4 + j) * 5 + i] = 6
  return heldBricks(kinds, dims)
}

it('what is held lies between its first bricks and its last', () => {
  expect(holding([3, 1, 1], [1, 2, 1])).toEqual({ low: [1, 1, 1], high: [4, 3, 2] })
})

it('what is held at the faces of the volume goes on beyond them', () => {
  const { low, high } = holding([0, 3, 1], [2, 2, 2])
  expect(low.map((brick) => brick < -1e3)).toEqual([true, false, false])
  expect(high.map((brick) => brick > 1e3)).toEqual([false, true, true])
  expect([low[1], low[2], high[0]]).toEqual([2, 1, 3])
})

it('where nothing is held no brick is both after the first and before the last', () => {
  const { low, high } = holding()
  for (const axis of [0, 1, 2] as const) expect(low[axis]).toBeGreaterThan(high[axis])
})
