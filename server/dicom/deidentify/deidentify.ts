import type { Element } from 'dicom-parser'
import { attributes, type Keyword, keywordOfTag } from '../../../shared/dicom/attributes.ts'
import { maxSequenceDepth } from '../bounds.ts'
import type { Elements } from '../part10/parse-header.ts'
import type { Header } from '../part10/read-header.ts'
import { CleanDataSet, type CleanValue } from './clean-data-set.ts'
import { foldAge, shiftDate } from './patient-values.ts'
import { ruleOf } from './profile.ts'
import type { Pseudonyms } from './pseudonym.ts'
import type { DeidentificationTally } from './report.ts'
import { readValues } from './value.ts'

export interface Deidentified {
  readonly dataSet: CleanDataSet
  /** Pseudonym; undefined where the file names no patient. */
  readonly patient: string | undefined
}

/**
 * Applies the profile to one file, nested items included. An attribute passes only if the profile
 * lets it and our dictionary knows it; private groups, overlays, curves, icons and the preamble
 * never do.
 */
export function deidentify(
  header: Header,
  pseudonyms: Pseudonyms,
  tally: DeidentificationTally,
): Deidentified {
  const identity = patientIdentity(header)
  const study = text(header, header.elements.x0020000d)
  const shiftDays = pseudonyms.shiftDays(identity ?? `study ${study}`)
  tally.count('files')
  if (header.fileMeta.preambleUsed) tally.count('preambles')
  tally.count('fileMeta', Object.keys(header.fileMeta.elements).length)
  const context = { header, pseudonyms, tally, shiftDays }
  return {
    dataSet: cleanElements(header.elements, context, 0),
    patient: identity && pseudonyms.patient(identity),
  }
}

interface Context {
  readonly header: Header
  readonly pseudonyms: Pseudonyms
  readonly tally: DeidentificationTally
  readonly shiftDays: number
}

function cleanElements(elements: Elements, context: Context, depth: number): CleanDataSet {
  const values = new Map<Keyword, CleanValue>()
  for (const element of Object.values(elements)) {
    const tag = element.tag.slice(1)
    if (tag.startsWith('fffe') || tag.endsWith('0000') || tag === '7fe00010') continue
    const kept = cleanElement(tag, element, context, depth)
    if (kept) values.set(kept.keyword, kept.value)
  }
  return new CleanDataSet(values)
}

function cleanElement(tag: string, element: Element, context: Context, depth: number) {
  const { tally } = context
  if (Number.parseInt(tag.slice(0, 4), 16) % 2 === 1) return void tally.count('privateElements')
  if (tag.startsWith('60')) return void (tag.endsWith('3000') && tally.count('overlays'))
  if (tag.startsWith('50')) return void (tag.endsWith('3000') && tally.count('curves'))
  if (tag === '00880200') return void tally.count('icons')
  const rule = ruleOf(tag)
  if (rule?.action === 'remove') return void tally.name('removed', rule.keyword)
  if (rule?.action === 'empty') return void tally.name('emptied', rule.keyword)
  if (rule?.action === 'replace') return void tally.name('replaced', rule.keyword)
  const keyword = keywordOfTag(tag)
  const value = cleanValue(keyword, element, context, depth)
  if (!keyword || !value) {
    if (rule?.action === 'remap') remapOnly(element, context)
    return void (rule ? tally.name('removed', rule.keyword) : tally.count('unlisted'))
  }
  if (rule?.action === 'shift') tally.name('datesShifted', keyword)
  else if (rule?.action !== 'remap') tally.name('kept', keyword)
  return { keyword, value }
}

/** Items are walked even in a sequence that does not pass, so that the report counts them. */
function cleanValue(
  keyword: Keyword | undefined,
  element: Element,
  context: Context,
  depth: number,
): CleanValue | undefined {
  if (element.items) {
    if (depth >= maxSequenceDepth) return undefined
    return element.items
      .map((item) => item.dataSet && cleanElements(item.dataSet.elements, context, depth + 1))
      .filter((item) => item !== undefined)
  }
  if (!keyword) return undefined
  const vr = knownVr(keyword, element)
  if (vr === undefined || vr === 'SQ') return undefined
  const values = readValues(vr, valueBytes(context.header, element), isBigEndian(context.header))
  return values && transformed(keyword, values, context)
}

function transformed(
  keyword: Keyword,
  values: readonly string[] | readonly number[],
  { pseudonyms, tally, shiftDays }: Context,
): CleanValue | undefined {
  if (typeof values[0] !== 'string') return values
  const texts = values as readonly string[]
  const rule = ruleOf(attributes[keyword][0])
  if (rule?.action === 'remap') {
    const remapped = texts.map((uid) => uid && pseudonyms.uid(uid))
    for (const uid of remapped) if (uid) tally.uid(uid)
    return remapped
  }
  if (rule?.action === 'shift') return texts.map((date) => shiftDate(date, shiftDays))
  if (keyword === 'PatientAge') return texts.map(foldAge)
  return texts
}

/** Counts identifiers that are remapped and then not used: instances referred to, for example. */
function remapOnly(element: Element, { header, pseudonyms, tally }: Context): void {
  const uids = readValues('UI', valueBytes(header, element), false) ?? []
  for (const uid of uids) if (typeof uid === 'string' && uid) tally.uid(pseudonyms.uid(uid))
}

/** Explicit VR must agree with the dictionary; US and SS are one by Pixel Representation. */
function knownVr(keyword: Keyword, { vr }: Element): string | undefined {
  const expected = attributes[keyword][1]
  if (vr === undefined || vr === expected) return expected
  return expected === 'US' && vr === 'SS' ? vr : undefined
}

/** Patient ID and who gave it, else the name with the day of birth: enough to tell two apart. */
function patientIdentity(header: Header): string | undefined {
  const { x00100020: id, x00100021: issuer, x00100010: name, x00100030: birth } = header.elements
  const patientId = text(header, id)
  if (patientId) return `id ${patientId} ${text(header, issuer)}`
  const patientName = text(header, name)
  return patientName ? `name ${patientName} ${text(header, birth)}` : undefined
}

function text(header: Header, element: Element | undefined): string {
  if (!element || element.length > 1024) return ''
  return Buffer.from(valueBytes(header, element))
    .toString('latin1')
    .replace(/[\0 ]+$/, '')
    .trim()
}

function valueBytes({ bytes }: Header, { dataOffset, length }: Element): Uint8Array {
  return bytes.subarray(dataOffset, Math.min(bytes.length, dataOffset + length))
}

function isBigEndian({ transferSyntax }: Header): boolean {
  return transferSyntax.bigEndian
}
