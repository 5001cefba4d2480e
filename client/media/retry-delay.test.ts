import { expect, it } from 'vitest'
import { retryDelayMs } from './retry-delay.ts'

it('waits longer after every failure, up to fifteen seconds, and not all at once', () => {
  const least = [0, 1, 2, 3, 4, 5, 6, 60].map((failures) => retryDelayMs(failures, () => 0))
  expect(least).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000])
  expect(retryDelayMs(0, () => 1)).toBe(312.5)
})
