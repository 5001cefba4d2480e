import { z } from 'zod'
import { caseDetails } from './case.ts'

/**
 * What tells that two cases are of one patient: a Patient ID with who issued it (PS3.3 C.7.1.1), one
 * study, or what other people may have as well: an ID without its issuer, a name with the day of
 * birth. A case whose ID has an issuer and one whose has none are never linked.
 */
const patientLinks = ['issued-identifier', 'study', 'identifier', 'name'] as const
export type LinkedBy = (typeof patientLinks)[number]

/** Somebody has to confirm that it is one patient before the cases are compared. */
export const isGuess = (link: LinkedBy | undefined): boolean =>
  link === 'identifier' || link === 'name'

/** Another case of the same patient. Which patient that is nobody outside the vault can tell. */
export const priorCase = caseDetails.extend({
  /**
   * Days from its study to the case it is compared with; below zero, it was made later. Absent where
   * a date is not kept.
   */
  daysEarlier: z.int().optional(),
  /** Absent once it is forgotten whose the cases are. */
  linkedBy: z.enum(patientLinks).optional(),
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
