import { expect, it } from 'vitest'
import { intervalWords } from './prior.ts'

it('[CASE-6] says how much earlier a study was made as people say it', () => {
  const words = (...days: number[]) => days.map(intervalWords)
  expect(words(0, 1, 7, 13)).toEqual([
    'the same day',
    '1 day earlier',
    '7 days earlier',
    '13 days earlier',
  ])
  expect(words(14, 31, 59)).toEqual(['2 weeks earlier', '4 weeks earlier', '8 weeks earlier'])
  expect(words(60, 335, 365, 366, 700)).toEqual([
    '2 months earlier',
    '11 months earlier',
    '12 months earlier',
    '12 months earlier',
    '23 months earlier',
  ])
  expect(words(730, 900, 1826, 3650)).toEqual([
    '2 years earlier',
    '2 years 6 months earlier',
    '5 years earlier',
    '10 years earlier',
  ])
  expect(words(-9, -335)).toEqual(['9 days later', '11 months later'])
})

it('[CASE-6] is never a fifth off', () => {
  const unitDays = { day: 1, week: 7, month: 365.25 / 12, year: 365.25 }
  for (let days = 1; days < 12_000; days++) {
    const said = [...intervalWords(days).matchAll(/(\d+) (day|week|month|year)/g)]
    const saidDays = said.reduce(
      (sum, [, n, unit]) => sum + Number(n) * unitDays[unit as keyof typeof unitDays],
      0,
    )
    expect(Math.abs(saidDays - days) / days, `${days} days`).toBeLessThan(0.2)
  }
})
