import type { Element } from 'dicom-parser'
import { attributes, type Keyword, keywordOfTag } from '../../../shared/dicom/attributes.ts'
import { defaultProfile, type Profile } from '../../config/privacy-config.ts'
import { maxHeaderBytes, maxSequenceDepth } from '../bounds.ts'
import { decodeText } from '../part10/character-set.ts'
import type { Elements } from '../part10/parse-header.ts'
import type { Header } from '../part10/read-header.ts'
import { describing, keptNumber, keptText, keptWords } from './kept-value.ts'
import { foldAge } from './patient-values.ts'
import { type Rule, type Rules, rulesOf } from './profile.ts'
import type { DeidentificationTally } from './report.ts'
import type { UnlinkedDataSet, UnlinkedValue } from './unlinked.ts'
import { readValues } from './value.ts'

/**
 * Applies a profile to one file, nested items included; identifiers and dates wait for `link`. An
 * attribute passes only if the profile lets it and our dictionary knows it; private groups,
 * overlays, curves, icons and the preamble never do.
 */
export function deidentify(
  header: Header,
  tally: DeidentificationTally,
  profile: Profile = defaultProfile,
): UnlinkedDataSet {
  tally.count('files')
  if (header.fileMeta.preambleUsed) tally.count('preambles')
  tally.count('fileMeta', Object.keys(header.fileMeta.elements).length)
  const { x00080005: named } = header.elements
  const characterSet = named ? decodeText(valueBytes(header, named), '') : ''
  const context = { header, tally, rules: rulesOf(profile), characterSet }
  return cleanElements(header.elements, context, 0)
}

interface Context {
  readonly header: Header
  readonly tally: DeidentificationTally
  readonly rules: Rules
  readonly characterSet: string
}

function cleanElements(elements: Elements, context: Context, depth: number): UnlinkedDataSet {
  const values = new Map<Keyword, UnlinkedValue>()
  for (const element of Object.values(elements)) {
    const tag = element.tag.slice(1)
    if (tag.startsWith('fffe') || tag.endsWith('0000') || tag === '7fe00010') continue
    const kept = cleanElement(tag, element, context, depth)
    if (kept) values.set(kept.keyword, kept.value)
  }
  return values
}

function cleanElement(tag: string, element: Element, context: Context, depth: number) {
  const { tally, rules } = context
  if (Number.parseInt(tag.slice(0, 4), 16) % 2 === 1) return void tally.count('privateElements')
  if (tag.startsWith('60')) return void (tag.endsWith('3000') && tally.count('overlays'))
  if (tag.startsWith('50')) return void (tag.endsWith('3000') && tally.count('curves'))
  if (tag === '00880200') return void tally.count('icons')
  const rule = rules.get(tag)
  if (rule?.action === 'remove') return void tally.name('removed', rule.keyword)
  if (rule?.action === 'empty') return void tally.name('emptied', rule.keyword)
  if (rule?.action === 'replace') return void tally.name('replaced', rule.keyword)
  const keyword = keywordOfTag(tag)
  const value = cleanValue(keyword, rule, element, context, depth)
  if (!keyword || !value) {
    return void (rule ? tally.name('removed', rule.keyword) : tally.count('unlisted'))
  }
  if (rule?.action === 'shift') tally.name('datesShifted', keyword)
  else if (rule?.action === 'clean') tally.name('cleaned', keyword)
  else if (rule?.action !== 'remap') tally.name('kept', keyword)
  return { keyword, value }
}

/** Items are walked even in a sequence that does not pass, so that the report counts them. */
function cleanValue(
  keyword: Keyword | undefined,
  rule: Rule | undefined,
  element: Element,
  context: Context,
  depth: number,
): UnlinkedValue | undefined {
  if (element.items) {
    if (depth >= maxSequenceDepth) return undefined
    return element.items
      .map((item) => item.dataSet && cleanElements(item.dataSet.elements, context, depth + 1))
      .filter((item) => item !== undefined)
  }
  if (!keyword) return undefined
  const vr = knownVr(keyword, element)
  if (vr === undefined || vr === 'SQ') return undefined
  const bytes = valueBytes(context.header, element)
  if (describing.has(keyword)) return [keptWords(decodeText(bytes, context.characterSet))]
  const values = readValues(vr, bytes, isBigEndian(context.header), mostTextBytes[keyword])
  const kept = values?.map((value) =>
    typeof value === 'number'
      ? keptNumber(keyword, value)
      : keptText(keyword, vr, value, rule?.action === 'remap'),
  ) as typeof values
  return keyword === 'PatientAge' ? kept?.map((age) => foldAge(String(age))) : kept
}

/** Points of one contour may be as many as the whole description has room for. */
const mostTextBytes: Partial<Record<Keyword, number>> = { ContourData: maxHeaderBytes }

/** Explicit VR must agree with the dictionary; US and SS are one by Pixel Representation. */
function knownVr(keyword: Keyword, { vr }: Element): string | undefined {
  const expected = attributes[keyword][1]
  if (vr === undefined || vr === expected) return expected
  return expected === 'US' && vr === 'SS' ? vr : undefined
}

function valueBytes({ bytes }: Header, { dataOffset, length }: Element): Uint8Array {
  return bytes.subarray(dataOffset, Math.min(bytes.length, dataOffset + length))
}

function isBigEndian({ transferSyntax }: Header): boolean {
  return transferSyntax.bigEndian
}
