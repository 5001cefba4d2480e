import { expect, it } from 'vitest'
import { psnrDb } from '../../test/browser/pages/volume/likeness.ts'

const grey = (value: number, alpha = 255) =>
  Uint8Array.from({ length: 400 }, (_, n) => (n % 4 === 3 ? alpha : value))

it('a difference of one step everywhere is 48 dB, and alpha counts for nothing', () => {
  expect(psnrDb(grey(100), grey(101, 7))).toBeCloseTo(20 * Math.log10(255))
  expect(psnrDb(grey(100), grey(100, 7))).toBe(Infinity)
})

it('refuses pictures of different sizes', () => {
  expect(() => psnrDb(grey(1), grey(1).subarray(4))).toThrow(RangeError)
})
