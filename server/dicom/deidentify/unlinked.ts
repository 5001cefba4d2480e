import { attributes, type Keyword } from '../../../shared/dicom/attributes.ts'
import { CleanDataSet, type CleanValue } from './clean-data-set.ts'
import { shiftDate } from './patient-values.ts'
import { ruleOf } from './profile.ts'
import type { Pseudonyms } from './pseudonym.ts'

export type UnlinkedValue = readonly string[] | readonly number[] | readonly UnlinkedDataSet[]

/**
 * A data set that is clean but for its identifiers and dates, which are as they were sent: what a
 * thread can make of a file without knowing the patient's secret. It goes nowhere but to `link`.
 */
export type UnlinkedDataSet = ReadonlyMap<Keyword, UnlinkedValue>

/** Replaces identifiers and moves dates, nested ones too. */
export function link(values: UnlinkedDataSet, pseudonyms: Pseudonyms): CleanDataSet {
  const linked = new Map<Keyword, CleanValue>()
  for (const [keyword, value] of values)
    linked.set(keyword, linkedValue(keyword, value, pseudonyms))
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

function linkedValue(keyword: Keyword, value: UnlinkedValue, pseudonyms: Pseudonyms): CleanValue {
  const [first] = value
  if (typeof first === 'number' || first === undefined) return value as CleanValue
  if (typeof first !== 'string') {
    return (value as readonly UnlinkedDataSet[]).map((item) => link(item, pseudonyms))
  }
  const texts = value as readonly string[]
  const action = ruleOf(attributes[keyword][0])?.action
  if (action === 'remap') return texts.map((uid) => uid && pseudonyms.uid(uid))
  if (action === 'shift') return texts.map((date) => shiftDate(date, pseudonyms.shiftDays))
  return texts
}
