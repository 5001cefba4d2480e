/** What a text says that may identify somebody, in forms that can be compared. */
export interface TellingParts {
  /** Lower case, without diacritics; two letters or more. */
  readonly words: ReadonlySet<string>
  /** Letters and digits together without what stands between them, as `acc90210887`, and its parts. */
  readonly codes: ReadonlyMap<string, readonly string[]>
  /** Whole numbers of five digits or more that are not part of a decimal. */
  readonly numbers: ReadonlySet<string>
  /** ISO days. */
  readonly days: ReadonlySet<string>
  readonly emails: ReadonlySet<string>
  /** Digits alone, eight or more, without what is dialled from abroad. */
  readonly phones: ReadonlySet<string>
  readonly uids: ReadonlySet<string>
}

const emailPattern = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu
const uidPattern = /(?<![\d.])[0-2](?:\.\d+){3,}(?![\d.]*\d)/g
const phonePattern = /(?<![\d.])(?:\+|\()?\d[\d ()/-]{6,}\d(?![\d.]*\d)/g
const mixedPattern = /[\p{L}\p{N}]+(?:[_-][\p{L}\p{N}]+)*/gu

export function tellingParts(given: string): TellingParts {
  const text = isAscii(given) ? given : given.normalize('NFKC')
  const emails = new Set(
    (around(text, '@').match(emailPattern) ?? []).map((email) => email.toLowerCase()),
  )
  const uids = new Set(text.match(uidPattern) ?? [])
  const rest = text.replaceAll(uidPattern, ' ')
  return {
    words: new Set(wordsOf(text)),
    codes: new Map((rest.match(mixedPattern) ?? []).flatMap(codesOf)),
    numbers: new Set([...numbersOf(rest), ...groupedNumbersOf(rest)]),
    days: new Set(daysOf(rest)),
    emails,
    phones: new Set((rest.match(phonePattern) ?? []).flatMap(phonesOf)),
    uids,
  }
}

export function wordsOf(text: string): readonly string[] {
  return (plain(text).match(/\p{L}{2,}/gu) ?? []).map((word) => word.toLowerCase())
}

/** Without diacritics, so that a spelling of an older system is found too. */
export const plain = (text: string) =>
  isAscii(text)
    ? text
    : text.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll('ß', 'ss').replaceAll('œ', 'oe')

const isAscii = (text: string) => !/[^\0-\x7f]/.test(text)

/** The text near each occurrence of a sign, a line each: the rest cannot match what needs the sign. */
export function around(text: string, sign: string): string {
  const parts: string[] = []
  let done = 0
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) {
    const from = Math.max(done, at - nearby)
    if (at + nearby <= done) continue
    // What touches the part before is one with it.
    const part = text.slice(from, at + nearby)
    if (from === done && parts.length > 0) parts[parts.length - 1] += part
    else parts.push(part)
    done = Math.min(text.length, at + nearby)
  }
  return parts.join('\n')
}

const nearby = 64

function codesOf(token: string): readonly (readonly [code: string, parts: readonly string[]])[] {
  const parts =
    plain(token)
      .toLowerCase()
      .match(/\p{L}+|\p{N}+/gu) ?? []
  const code = parts.join('')
  return code.length >= 5 && /\d/.test(code) && /\p{L}/u.test(code) ? [[code, parts]] : []
}

/** Not those of which there are many, as 65535 or 20000: they measure something. */
function numbersOf(text: string): readonly string[] {
  return (text.match(/(?<![\d.,])\d{5,18}(?![\d]|[.,]\d)/g) ?? []).filter(
    (digits) => !isRound(digits),
  )
}

/** Insurance numbers and the like, in groups of digits with one kind of sign between them. */
const grouped = ['-', '/', ' '].map(
  (sign) => new RegExp(`(?<![\\d.,])\\d{2,}(?:${sign}\\d{2,})+(?![\\d]|[.,]\\d)`, 'g'),
)

function groupedNumbersOf(text: string): readonly string[] {
  return grouped
    .flatMap((pattern) => text.match(pattern) ?? [])
    .map((groups) => groups.replaceAll(/\D/g, ''))
    .filter((digits) => digits.length >= 6 && digits.length <= 18)
}

export function isRound(digits: string): boolean {
  const value = Number(digits)
  const isPowerOfTwo = [value, value + 1].some((each) => Number.isInteger(Math.log2(each)))
  return isPowerOfTwo || /^0*\d{0,2}0*$/.test(digits) || /^(\d)\1*$/.test(digits)
}

function phonesOf(text: string): readonly string[] {
  const digits = text.replaceAll(/\D/g, '').replace(/^00/, '')
  const isWritten = /[ ()/-]|^\+/.test(text)
  return isWritten && digits.length >= 8 && digits.length <= 15 ? [digits] : []
}

const months = [
  ['jan', 'january', 'januar', 'janvier'],
  ['feb', 'february', 'februar', 'fevrier'],
  ['mar', 'march', 'maerz', 'marz', 'mars'],
  ['apr', 'april', 'avril'],
  ['may', 'mai'],
  ['jun', 'june', 'juni', 'juin'],
  ['jul', 'july', 'juli', 'juillet'],
  ['aug', 'august', 'aout'],
  ['sep', 'sept', 'september', 'septembre'],
  ['oct', 'okt', 'october', 'oktober', 'octobre'],
  ['nov', 'november', 'novembre'],
  ['dec', 'dez', 'december', 'dezember', 'decembre'],
] as const
const monthOf = new Map<string, number>(
  months.flatMap((names, index) => names.map((name) => [name, index + 1] as const)),
)
const monthName = [...monthOf.keys()].toSorted((a, b) => b.length - a.length).join('|')
const dayFirst = new RegExp(`(?<!\\d)(\\d{1,2})\\.?[ -]?(${monthName})[ .,-]+(\\d{4})(?!\\d)`, 'gi')
const monthFirst = new RegExp(`(?<!\\p{L})(${monthName})[ .-]+(\\d{1,2}),? +(\\d{4})(?!\\d)`, 'giu')

/** Numeric dates are read with the day first and with the month first. */
export function daysOf(given: string): readonly string[] {
  const text = plain(given)
  const found: (readonly [year: string, month: string | number, day: string])[] = []
  for (const [, y, m, d] of text.matchAll(/(?<!\d)(\d{4})(\d{2})(\d{2})(?=\d{0,6}(?!\d))/g)) {
    found.push([y!, m!, d!])
  }
  for (const [, y, m, d] of text.matchAll(/(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/g)) {
    found.push([y!, m!, d!])
  }
  for (const [, a, b, y] of text.matchAll(/(?<!\d)(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?!\d)/g)) {
    found.push([y!, b!, a!], [y!, a!, b!])
  }
  for (const [, d, name, y] of text.matchAll(dayFirst)) {
    found.push([y!, monthOf.get(name!.toLowerCase())!, d!])
  }
  for (const [, name, d, y] of text.matchAll(monthFirst)) {
    found.push([y!, monthOf.get(name!.toLowerCase())!, d!])
  }
  return found.flatMap(([y, m, d]) => isoDay(Number(y), Number(m), Number(d)))
}

function isoDay(year: number, month: number, day: number): readonly string[] {
  const date = new Date(Date.UTC(year, month - 1, day))
  const isDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return isDay && year >= 1880 && year < 2100 ? [date.toISOString().slice(0, 10)] : []
}
