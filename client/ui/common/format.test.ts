import { expect, it } from 'vitest'
import { age, bytes, count, elapsed, percent, sentenceCase, sex } from './format.ts'

it('writes sizes with three figures at most and a unit', () => {
  expect([0, 999, 1_000, 22_240_000, 1_500_000_000].map(bytes)).toEqual([
    '0 B',
    '999 B',
    '1 kB',
    '22 MB',
    '1.5 GB',
  ])
})

it('writes elapsed time with hours only once there are any', () => {
  expect([0, 12_900, 754_000, 3_723_000].map(elapsed)).toEqual([
    '00:00',
    '00:12',
    '12:34',
    '1:02:03',
  ])
})

it('never says 100 % before it is all there', () => {
  expect([0.999, 1, 1.2, -1].map(percent)).toEqual(['99 %', '100 %', '100 %', '0 %'])
})

it('puts DICOM’s codes in words and leaves what it does not know', () => {
  expect(age('063Y')).toBe('63 years')
  expect(age('001M')).toBe('1 month')
  expect(age('90')).toBe('90')
  expect([sex('F'), sex('U')]).toEqual(['Female', 'U'])
  expect(sentenceCase('CHEST')).toBe('Chest')
  expect([count(1, 'volume'), count(2_000, 'file')]).toEqual(['1 volume', '2,000 files'])
})
