import { attributes, type Keyword } from '../../../shared/dicom/attributes.ts'
import { defaultProfile, type Profile } from '../../config/privacy-config.ts'
import { CleanDataSet, type CleanValue } from './clean-data-set.ts'
import { shiftDate } from './patient-values.ts'
import { type Rules, rulesOf } from './profile.ts'
import type { Pseudonyms } from './pseudonym.ts'

export type UnlinkedValue = readonly string[] | readonly number[] | readonly UnlinkedDataSet[]

/**
 * A data set that is clean but for its identifiers and dates, which are as they were sent: what a
 * thread can make of a file without knowing the patient's secret. It goes nowhere but to `link`.
 */
export type UnlinkedDataSet = ReadonlyMap<Keyword, UnlinkedValue>

/** Replaces identifiers and moves dates as the profile says, nested ones too. */
export function link(
  values: UnlinkedDataSet,
  pseudonyms: Pseudonyms,
  profile: Profile = defaultProfile,
): CleanDataSet {
  return linkAll(values, pseudonyms, rulesOf(profile))
}

function linkAll(values: UnlinkedDataSet, pseudonyms: Pseudonyms, rules: Rules): CleanDataSet {
  const linked = new Map<Keyword, CleanValue>()
  for (const [keyword, value] of values) {
    linked.set(keyword, linkedValue(keyword, value, pseudonyms, rules))
  }
  return new CleanDataSet(linked)
}

/** For what asks about neither identifiers nor dates. */
export function asUnlinked(values: UnlinkedDataSet): CleanDataSet {
  return new CleanDataSet(
    new Map(
      [...values].map(([keyword, value]): [Keyword, CleanValue] => [
        keyword,
        value[0] instanceof Map
          ? (value as readonly UnlinkedDataSet[]).map(asUnlinked)
          : (value as CleanValue),
      ]),
    ),
  )
}

function linkedValue(
  keyword: Keyword,
  value: UnlinkedValue,
  pseudonyms: Pseudonyms,
  rules: Rules,
): CleanValue {
  const [first] = value
  if (typeof first === 'number' || first === undefined) return value as CleanValue
  if (typeof first !== 'string') {
    return (value as readonly UnlinkedDataSet[]).map((item) => linkAll(item, pseudonyms, rules))
  }
  const texts = value as readonly string[]
  const action = rules.get(attributes[keyword][0])?.action
  if (action === 'remap') return texts.map((uid) => uid && pseudonyms.uid(uid))
  if (action === 'shift') return texts.map((date) => shiftDate(date, pseudonyms.shiftDays))
  return texts
}
