import { expect, it } from 'vitest'
import { median, quantile, spread } from './statistics.ts'

it('a quantile is a value that was measured, whatever the order', () => {
  const hundred = Array.from({ length: 100 }, (_, n) => (n * 37) % 100)
  expect(quantile(hundred, 0.5)).toBe(50)
  expect(quantile(hundred, 0.99)).toBe(99)
  expect(quantile([3, 1, 2], 1)).toBe(3)
  expect(median([9, 1, 5])).toBe(5)
  expect(quantile([], 0.5)).toBeNaN()
})

it('a spread is the median between the lowest and the highest', () => {
  expect(spread([3, 1, 2])).toBe('2.0 (1.0–3.0)')
  expect(spread([1234.5], 0)).toBe('1235')
  expect(spread([])).toBe('not measured')
})
