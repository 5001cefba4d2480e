import { z } from 'zod'

/**
 * Options of de-identification (PS3.15 Annex E.3) by the names that an operator writes, as columns of
 * Table E.1-1. Clean Pixel Data has no column and is always on.
 */
const columns = {
  'clean-descriptors': 'cleanDescOpt',
  'clean-graphics': 'cleanGraphOpt',
  'clean-structured-content': 'cleanStructContOpt',
  'retain-device-identity': 'rtnDevIdOpt',
  'retain-full-dates': 'rtnLongFullDatesOpt',
  'retain-institution-identity': 'rtnInstIdOpt',
  'retain-modified-dates': 'rtnLongModifDatesOpt',
  'retain-patient-characteristics': 'rtnPatCharsOpt',
  'retain-safe-private': 'rtnSafePrivOpt',
} as const

type OptionName = keyof typeof columns

/** A column of Table E.1-1. */
export type ProfileOption = (typeof columns)[OptionName]

/** The Basic Profile with these options. */
export type Profile = readonly ProfileOption[]

export const profileOptions: Profile = Object.values(columns)

export const defaultProfile: Profile = [
  'cleanDescOpt',
  'cleanGraphOpt',
  'rtnLongModifDatesOpt',
  'rtnPatCharsOpt',
]

const names = Object.keys(columns) as OptionName[]
const isName = (text: string): text is OptionName => Object.hasOwn(columns, text)

export const privacyEnv = {
  DEIDENTIFY_OPTIONS: z
    .string()
    .transform((text, context): Profile => {
      const chosen = text.split(',').map((name) => name.trim())
      const refuse = (message: string) => {
        context.addIssue({ code: 'custom', message })
        return z.NEVER
      }
      if (chosen.includes('retain-uids')) {
        return refuse(
          'DEIDENTIFY_OPTIONS cannot have retain-uids: Caseroom replaces every UID, and the vault alone leads back to the study.',
        )
      }
      if (chosen.includes('retain-full-dates') && chosen.includes('retain-modified-dates')) {
        return refuse(
          'DEIDENTIFY_OPTIONS cannot have both retain-full-dates and retain-modified-dates.',
        )
      }
      if (text.trim() === 'none') return []
      if (!chosen.every(isName)) {
        return refuse(
          `DEIDENTIFY_OPTIONS must be "none" or names with commas between them, of ${names.join(', ')}.`,
        )
      }
      return [...new Set(chosen.map((name) => columns[name]))]
    })
    .default(defaultProfile),
}
