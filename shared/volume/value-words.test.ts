import { expect, it } from 'vitest'
import { valueWords } from './value-words.ts'

it('[CASE-5] a value is read in HU, in SUV where it is known, or as it is stored', () => {
  expect(valueWords(-733.6, { unit: 'HU' })).toBe('−734 HU')
  expect(valueWords(-0.2, { unit: 'HU' })).toBe('0 HU')
  expect(valueWords(11_750, { unit: 'Bq/ml', suvbwFactor: 0.0002 })).toBe('2.35 SUV')
  expect(valueWords(11_750.4, { unit: 'Bq/ml' })).toBe('11750 Bq/ml')
  expect(valueWords(812.5, { unit: 'stored' })).toBe('813')
})
