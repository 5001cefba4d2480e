import table from './ps3.15-table-e.1-1.json' with { type: 'json' }

/**
 * What happens to an attribute (PS3.15 Table E.1-1a). Where the table leaves a choice (X/Z, X/D …)
 * the strictest one is taken: no DICOM is written, so nothing needs a dummy to stay conformant.
 */
export type Action = 'remove' | 'empty' | 'replace' | 'remap' | 'shift' | 'keep'

interface Rule {
  readonly keyword: string
  readonly action: Action
}

interface Row {
  readonly name: string
  readonly id: string
  readonly basicProfile: string
  readonly rtnLongModifDatesOpt?: string
  readonly rtnPatCharsOpt?: string
}

const rules = new Map(
  (table as Row[]).map((row): [string, Rule] => [
    row.id,
    { keyword: keywordOfName(row.name), action: actionOf(row) },
  ]),
)

/**
 * Basic Application Level Confidentiality Profile with Clean Graphics, Retain Longitudinal Temporal
 * Information With Modified Dates and Retain Patient Characteristics. Undefined: not in the table.
 */
export function ruleOf(tag: string): Rule | undefined {
  return rules.get(tag)
}

function actionOf({ basicProfile, rtnLongModifDatesOpt, rtnPatCharsOpt }: Row): Action {
  if (rtnPatCharsOpt === 'K') return 'keep'
  if (rtnLongModifDatesOpt === 'C') return 'shift'
  if (basicProfile.startsWith('X')) return 'remove'
  if (basicProfile === 'D') return 'replace'
  return basicProfile === 'U' ? 'remap' : 'empty'
}

/** PS3.6 keywords are the names without blanks, punctuation and possessives. */
function keywordOfName(name: string): string {
  return name.replace(/['’]s\b/g, '').replace(/[^A-Za-z0-9]/g, '')
}
