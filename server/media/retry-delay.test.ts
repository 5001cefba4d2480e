import { expect, it } from 'vitest'
import { retryDelayMs } from './retry-delay.ts'

it('a dead worker is replaced at once, a stillborn one after pauses that grow and end growing', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 7, 100].map(retryDelayMs)).toEqual([
    0, 250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000,
  ])
})
