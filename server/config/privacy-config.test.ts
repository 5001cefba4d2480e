import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defaultProfile, privacyEnv, profileOptions } from './privacy-config.ts'

const parse = (DEIDENTIFY_OPTIONS?: string) =>
  z.object(privacyEnv).safeParse({ DEIDENTIFY_OPTIONS })
const profileOf = (text?: string) => parse(text).data?.DEIDENTIFY_OPTIONS

describe('the options of de-identification', () => {
  it('[PRIV-1] by default dates are shifted, characteristics kept, text and graphics cleaned', () => {
    expect(profileOf()).toEqual(defaultProfile)
    expect(
      profileOf(
        'clean-descriptors,clean-graphics,retain-modified-dates,retain-patient-characteristics',
      ),
    ).toEqual(defaultProfile)
  })

  it('[PRIV-1] what is set replaces the default, down to the Basic Profile alone', () => {
    expect(profileOf('none')).toEqual([])
    expect(profileOf('retain-full-dates, clean-descriptors,clean-descriptors')).toEqual([
      'rtnLongFullDatesOpt',
      'cleanDescOpt',
    ])
    const all = 'clean-descriptors,clean-graphics,clean-structured-content,retain-device-identity'
    const rest = 'retain-institution-identity,retain-patient-characteristics,retain-safe-private'
    expect(new Set(profileOf(`${all},${rest},retain-full-dates`))).toEqual(
      new Set(profileOptions.filter((option) => option !== 'rtnLongModifDatesOpt')),
    )
  })

  it.each([
    ['retain-everything', /^DEIDENTIFY_OPTIONS must be "none" or names/],
    ['none,clean-graphics', /^DEIDENTIFY_OPTIONS must be "none" or names/],
    ['', /^DEIDENTIFY_OPTIONS must be "none" or names/],
    ['constructor', /^DEIDENTIFY_OPTIONS must be "none" or names/],
    ['retain-uids', /cannot have retain-uids: Caseroom replaces every UID/],
    ['retain-full-dates,retain-modified-dates', /cannot have both/],
  ])('[PRIV-1] "%s" is refused in one sentence', (text, words) => {
    const { error } = parse(text)
    expect(error?.issues).toHaveLength(1)
    expect(error?.issues[0]?.message).toMatch(words)
    expect(error?.issues[0]?.message).not.toContain('everything')
  })
})
