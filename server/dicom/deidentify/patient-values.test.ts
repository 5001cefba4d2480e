import { describe, expect, it } from 'vitest'
import { foldAge, shiftDate } from './patient-values.ts'

describe('foldAge', () => {
  it.each([
    ['069Y', '069Y'],
    ['089Y', '089Y'],
    ['090Y', '090Y'],
    ['104Y', '090Y'],
    ['008M', '008M'],
    ['042', ''],
    ['Maren', ''],
  ])('[PRIV-1] %s becomes %s', (age, folded) => {
    expect(foldAge(age)).toBe(folded)
  })
})

describe('shiftDate', () => {
  it('[PRIV-1] moves whole days over leap days and years', () => {
    expect(shiftDate('20240301', 1)).toBe('20240229')
    expect(shiftDate('20240101', 366)).toBe('20221231')
  })

  it('[PRIV-1] keeps the order and the distance of two dates', () => {
    const [earlier, later] = [shiftDate('20231230', 777), shiftDate('20240102', 777)]
    expect(later > earlier).toBe(true)
    expect(shiftDate(later, 3)).toBe(earlier)
  })

  it('[PRIV-1] a date early in its first year goes into the one before', () => {
    expect(shiftDate('19000101', 3650)).toBe('18900103')
  })

  it.each(['20230229', '20231301', '2023010', '', '00000000'])('has nothing for %s', (date) => {
    expect(shiftDate(date, 1)).toBe('')
  })
})
