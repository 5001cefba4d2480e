import type { Keyword } from '../../../shared/dicom/attributes.ts'
import { bodyPartWords } from '../../../shared/dicom/body-part.ts'
import { cleanWords } from '../leaving/clean-words.ts'
import { kernelCode } from '../leaving/kernel.ts'

type TextRule = (text: string) => string | undefined

const oneOf =
  (...terms: string[]): TextRule =>
  (text) =>
    terms.includes(text) ? text : undefined

/** What may stand in an attribute that has a closed set of values, or none of its own. */
const rules: Partial<Record<Keyword, TextRule>> = {
  CodeValue: (text) => (codes.test(text) || units.has(text) ? text : undefined),
  CodingSchemeDesignator: oneOf('SCT', 'SRT', 'SNM3', '99SDM', 'DCM', 'FMA', 'UCUM', 'RADLEX'),
  BodyPartExamined: (text) => (bodyPartWords(text.replaceAll(' ', '')) ? text : undefined),
  ConvolutionKernel: kernelCode,
  PatientSex: oneOf('M', 'F', 'O'),
  // An unknown type is not the same as none, which means Hounsfield units in a CT.
  StackID: (text) => (/^[A-Z]?\d{1,4}$/.test(text) ? text : undefined),
  RescaleType: (text) => text && (knownRescaleTypes.has(text) ? text : 'US'),
}

/** Of SNOMED CT and DICOM, SNOMED RT, FMA and RadLex. */
const codes = /^(\d{5,16}|[A-Z]{1,2}-[0-9A-F]{4,5}|[A-Z]{3}\d{1,6}|RID\d{1,6})$/
/** Of UCUM, as images have them. */
const units = new Set(
  "1 % HU [hnsf'U] Bq/ml Bq/mL {counts} {counts}/s {propcounts} g/ml {SUVbw}g/ml g/ml{SUVbw} mm2/s um2/s s/mm2 ms s mm cm ml".split(
    ' ',
  ),
)

/** PS3.3 C.11.1.1.2, and what PET and MR images have. */
const knownRescaleTypes = new Set('HU US OD Z_EFF ED EDW HU_MOD PCT MGML BQML CNTS'.split(' '))

/** Anything fits into these, so without a rule nothing passes. */
const freeTextVrs = new Set(['AE', 'LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UR', 'UT'])

/** Registered by DICOM itself; another organisation's may be made of dates and patient numbers. */
const standardUid = /^1\.2\.840\.10008(\.\d{1,4})+$/

/** '' where the text is not to pass; it fits its value representation already. */
export function keptText(keyword: Keyword, vr: string, text: string, isRemapped: boolean): string {
  const rule = rules[keyword]
  if (rule) return rule(text) ?? ''
  if (vr === 'UI') return isRemapped || standardUid.test(text) ? text : ''
  return freeTextVrs.has(vr) ? '' : text
}

/** Free text of which words that identify nobody pass (PS3.15 E.3.5). */
export const describing: ReadonlySet<Keyword> = new Set(['ROIName', 'SegmentLabel'])

export const keptWords = (text: string): string => cleanWords(text) ?? ''

/** Of patients; a number beyond them is another one in the wrong place. */
const largest: Partial<Record<Keyword, number>> = { PatientSize: 3, PatientWeight: 700 }

/** NaN where the number is not to pass. */
export function keptNumber(keyword: Keyword, value: number): number {
  return Math.abs(value) > (largest[keyword] ?? Number.POSITIVE_INFINITY) ? Number.NaN : value
}
