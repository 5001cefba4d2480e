import { expect, it } from 'vitest'
import { shownScale, suvWindow } from './suv.ts'

it('the window of PET spans SUV 0 to 10, whatever was injected', () => {
  for (const factor of [0.0002, 0.00031, 1]) {
    const { windowCenter, windowWidth } = suvWindow(factor)
    expect((windowCenter - windowWidth / 2) * factor).toBeCloseTo(0, 12)
    expect((windowCenter + windowWidth / 2) * factor).toBeCloseTo(10, 12)
  }
})

it('PET is shown as SUV where the factor is known, and never as HU', () => {
  expect(shownScale({ unit: 'Bq/ml', suvbwFactor: 0.0002 })).toEqual({
    unit: 'SUV',
    perStored: 0.0002,
  })
  expect(shownScale({ unit: 'Bq/ml' })).toEqual({ unit: 'Bq/ml', perStored: 1 })
  expect(shownScale({ unit: 'HU' })).toEqual({ unit: 'HU', perStored: 1 })
  expect(shownScale({ unit: 'stored' })).toEqual({ unit: '', perStored: 1 })
})
