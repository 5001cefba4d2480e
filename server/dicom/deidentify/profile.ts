import type { Profile, ProfileOption } from '../../config/privacy-config.ts'
import table from './ps3.15-table-e.1-1.json' with { type: 'json' }

/**
 * What happens to an attribute (PS3.15 Table E.1-1a). Where the table leaves a choice (X/Z, X/D …)
 * the strictest one is taken: no DICOM is written, so nothing needs a dummy to stay conformant.
 * `shift` moves dates by whole days; `clean` lets known words pass.
 */
export type Action = 'remove' | 'empty' | 'replace' | 'remap' | 'shift' | 'clean' | 'keep'

export interface Rule {
  readonly keyword: string
  readonly action: Action
}

/** By tag, eight lower-case hexadecimal digits; what is not in it is not in the table. */
export type Rules = ReadonlyMap<string, Rule>

interface Row extends Readonly<Partial<Record<ProfileOption, string>>> {
  readonly name: string
  readonly id: string
  readonly basicProfile: string
}

const known = new Map<string, Rules>()

/** The Basic Application Level Confidentiality Profile with the options of `profile`. */
export function rulesOf(profile: Profile): Rules {
  const key = profile.toSorted().join()
  const rules =
    known.get(key) ??
    new Map(
      (table as Row[]).map((row): [string, Rule] => [
        row.id,
        { keyword: keywordOfName(row.name), action: actionOf(row, new Set(profile)) },
      ]),
    )
  known.set(key, rules)
  return rules
}

/** The option that keeps most counts; a graphic or a private element is never cleaned but removed. */
function actionOf(row: Row, profile: ReadonlySet<ProfileOption>): Action {
  const { basicProfile } = row
  // UIDs stand for each other in pseudonyms only: no option keeps one. In a sequence (U*) it is
  // those within that are replaced.
  if (basicProfile.includes('U')) return 'remap'
  const says = (option: ProfileOption, what: 'K' | 'C') =>
    profile.has(option) && row[option] === what
  if (retaining.some((option) => says(option, 'K'))) return 'keep'
  if (says('rtnLongModifDatesOpt', 'C')) return 'shift'
  if (cleaning.some((option) => says(option, 'C'))) return 'clean'
  if (basicProfile.startsWith('X')) return 'remove'
  return basicProfile === 'D' ? 'replace' : 'empty'
}

const retaining = [
  'rtnLongFullDatesOpt',
  'rtnPatCharsOpt',
  'rtnDevIdOpt',
  'rtnInstIdOpt',
] as const satisfies ProfileOption[]
const cleaning = [
  'cleanDescOpt',
  'cleanStructContOpt',
  'rtnPatCharsOpt',
  'rtnDevIdOpt',
] as const satisfies ProfileOption[]

/** PS3.6 keywords are the names without blanks, punctuation, possessives and the table's notes. */
function keywordOfName(name: string): string {
  return name
    .replace(/\(see Note \d+\)|['’]s\b/g, '')
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}
