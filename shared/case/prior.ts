import { z } from 'zod'
import { caseDetails } from './case.ts'

/** Another case of the same patient. Which patient that is nobody outside the vault can tell. */
export const priorCase = caseDetails.extend({
  /**
   * Days from its study to the case it is compared with; below zero, it was made later. Absent where
   * a date is not kept.
   */
  daysEarlier: z.int().optional(),
})
export type PriorCase = z.infer<typeof priorCase>

/** The latest study before the case first; those without a date last, newest import first. */
export const priorList = z.strictObject({ priors: z.array(priorCase) })
export type PriorList = z.infer<typeof priorList>

const daysPerMonth = 365.25 / 12

/** As "11 months earlier", "9 days later"; as coarse as people say it, never a fifth off. */
export function intervalWords(daysEarlier: number): string {
  const days = Math.abs(daysEarlier)
  if (days === 0) return 'the same day'
  const side = daysEarlier > 0 ? 'earlier' : 'later'
  return `${lengthWords(days)} ${side}`
}

function lengthWords(days: number): string {
  if (days < 14) return counted(days, 'day')
  if (days < 60) return counted(Math.round(days / 7), 'week')
  const months = Math.round(days / daysPerMonth)
  if (months < 24) return counted(months, 'month')
  const years = Math.floor(months / 12)
  const rest = months % 12
  return rest > 0 && years < 5
    ? `${counted(years, 'year')} ${counted(rest, 'month')}`
    : counted(Math.round(months / 12), 'year')
}

const counted = (n: number, unit: string) => `${n} ${unit}${n === 1 ? '' : 's'}`
