import type { FindingKind, VerifierFinding } from './finding.ts'
import { knownNames, knownWords } from './known-words.ts'
import { type StoredLeaf, storedLeaves } from './stored-leaves.ts'
import { plain, type TellingParts, tellingParts, wordsOf } from './telling-parts.ts'

export interface VerifiedText {
  /** As `manifest of volume 2`; it is repeated in findings, so it says nothing of the patient. */
  readonly place: string
  readonly text: string
}

export interface VerifyOptions {
  /** Dates are kept as they were sent (Retain Longitudinal With Full Dates). */
  readonly fullDates?: boolean
}

/**
 * Reads what is about to be stored and looks for what was sent (`collectIdentifying` of all files),
 * and for what has the form of a name, an address or a date of somebody whoever that is. Knows nothing of
 * how texts are de-identified. Each kind once a place.
 */
export function verifyTexts(
  texts: readonly VerifiedText[],
  identifying: Iterable<string>,
  options: VerifyOptions = {},
): readonly VerifierFinding[] {
  const sent = new Sent(identifying)
  return texts.flatMap(({ place, text }) => {
    const kinds = new Set<FindingKind>()
    for (const leaf of storedLeaves(text)) {
      for (const kind of [...byForm(leaf), ...bySent(leaf, sent, options)]) kinds.add(kind)
    }
    return [...kinds].map((kind) => ({ kind, place }))
  })
}

/** What was sent, by kind. */
class Sent {
  readonly names = new Set<string>()
  readonly words = new Set<string>()
  readonly numbers = new Set<string>()
  readonly codes = new Set<string>()
  readonly days = new Set<string>()
  readonly studyDays = new Set<string>()
  readonly emails = new Set<string>()
  readonly phones = new Set<string>()
  /** What is long enough to be looked for within other words. */
  readonly longWords: readonly string[]
  readonly longNumbers: readonly string[]

  constructor(identifying: Iterable<string>) {
    const sets: Readonly<Record<string, Set<string>>> = {
      name: this.names,
      word: this.words,
      number: this.numbers,
      code: this.codes,
      day: this.days,
      'study-day': this.studyDays,
      email: this.emails,
      phone: this.phones,
    }
    for (const each of identifying) {
      const space = each.indexOf(' ')
      sets[each.slice(0, space)]?.add(each.slice(space + 1))
    }
    const words = new Set([...this.names, ...this.words])
    this.longWords = [...words].filter((word) => word.length >= 5 && !knownWords.has(word))
    this.longNumbers = [...this.numbers].filter((digits) => digits.length >= 6)
  }

  has(word: string): FindingKind | undefined {
    if (this.names.has(word)) return 'name'
    return this.words.has(word) ? 'word' : undefined
  }
}

/** Numbers of ours: identifiers that we drew, and UIDs that we made of them. */
const oursPattern = /(?<![\w.])2\.25\.\d{1,39}(?![\w.])|(?<!\w)[0-9a-f]{32}(?:[0-9a-f]{32})?(?!\w)/g
const standardUid = /^1\.2\.840\.10008(\.\d{1,4})+$/
const caretName = /\p{L}[\p{L}\p{M} .'-]*\^\p{L}/u
const phoneForm = /(?:\+|(?<!\d)00)\d[\d ()/-]{7,}\d|\b(?:tel|phone|fon|fax)\.?:? *[\d ()/+-]{6,}/iu

/** Wrong whoever was sent. A date has one place, where it is shifted. */
function byForm({ text: whole, key, kind }: StoredLeaf): readonly FindingKind[] {
  if (kind === 'number') return []
  const text = whole.replaceAll(oursPattern, ' ')
  const { emails, uids, days } = tellingParts(text)
  const found: FindingKind[] = []
  if (caretName.test(text)) found.push('name')
  if (emails.size > 0) found.push('email')
  if ([...uids].some((uid) => !standardUid.test(uid))) found.push('uid')
  if (phoneForm.test(text)) found.push('phone')
  if (days.size > 0 && !(key === 'studyDate' && /^\d{4}-\d{2}-\d{2}$/.test(text))) {
    found.push('date')
  }
  return found
}

function bySent(leaf: StoredLeaf, sent: Sent, options: VerifyOptions): readonly FindingKind[] {
  if (leaf.kind === 'number') return sentNumber(leaf.text, sent)
  const text = leaf.text.replaceAll(oursPattern, ' ')
  const isName = leaf.kind === 'name' || leaf.key === 'keyword'
  const isKnown = (word: string) => knownWords.has(word) || (isName && knownNames.has(word))
  const said = isName ? text.replaceAll(camelBorder, ' ') : text
  const found = sentParts(tellingParts(said), said, sent, isKnown)
  const days = leaf.key === 'studyDate' ? tellingParts(text).days : []
  if (!options.fullDates && [...days].some((day) => sent.studyDays.has(day))) found.push('date')
  for (const disguised of disguises(text)) {
    const isLongUnknown = (word: string) => word.length < 5 || isKnown(word)
    found.push(...sentParts(tellingParts(disguised), disguised, sent, isLongUnknown))
  }
  return found
}

/** As in `RTPlanLabel`. */
const camelBorder = /(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g

function sentNumber(text: string, sent: Sent): readonly FindingKind[] {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.')
  const isSent = [whole, fraction].some((digits) => sent.numbers.has(digits))
  const isDay = [...tellingParts(whole).days].some((day) => sent.days.has(day))
  return [...(isSent ? (['number'] as const) : []), ...(isDay ? (['date'] as const) : [])]
}

function sentParts(
  parts: TellingParts,
  text: string,
  sent: Sent,
  isKnown: (word: string) => boolean,
): FindingKind[] {
  const found: FindingKind[] = []
  for (const word of parts.words) {
    if (isKnown(word)) continue
    const kind = sent.has(word)
    if (kind) found.push(kind)
    else if (sent.longWords.some((each) => word.includes(each))) found.push('word')
  }
  // As `Segment_1`, or a kernel's `Br40d`.
  const isHarmless = (part: string) => isKnown(part) || /^(\p{L}{1,2}|\d{1,3})$/u.test(part)
  const digits = text.match(/\d{6,}/g) ?? []
  const isNumber =
    [...parts.numbers].some((number) => sent.numbers.has(number)) ||
    digits.some((run) => sent.longNumbers.some((number) => run.includes(number))) ||
    [...parts.codes].some(([code, of]) => sent.codes.has(code) && !of.every(isHarmless))
  if (isNumber) found.push('number')
  if ([...parts.days].some((day) => sent.days.has(day))) found.push('date')
  if ([...parts.emails].some((email) => sent.emails.has(email))) found.push('email')
  if ([...parts.phones].some((phone) => sent.phones.has(phone))) found.push('phone')
  return found
}

/** The same written backwards, in base64, in hexadecimal or for a URL. */
function disguises(text: string): readonly string[] {
  const backwards = [...plain(text)].toReversed().join('')
  const encoded = text.match(/[A-Za-z0-9+/_-]{8,}={0,2}/g) ?? []
  const decoded = encoded.flatMap((token) => [
    printable(Buffer.from(token, 'base64')),
    /^([0-9a-f]{2})+$/i.test(token) ? printable(Buffer.from(token, 'hex')) : '',
  ])
  const unescaped = /%[0-9a-f]{2}/i.test(text) ? [percentDecoded(text)] : []
  return [...(wordsOf(backwards).length > 0 ? [backwards] : []), ...decoded, ...unescaped].filter(
    (each) => each !== '',
  )
}

/** '' where it is no text. */
function printable(bytes: Buffer): string {
  const narrow = bytes.every((byte, index) => index % 2 === 0 || byte === 0)
  const text = narrow ? bytes.toString('utf16le') : bytes.toString('utf8')
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S}\s]+$/u.test(text) && !text.includes('\ufffd') ? text : ''
}

const percentDecoded = (text: string) =>
  text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'),
  )
