import { labelVocabulary } from './label-vocabulary.ts'

interface Token {
  readonly text: string
  readonly isNumber: boolean
  /** Nothing else stands between it and the token before. */
  readonly join: string
}

/**
 * What of a free text may leave (PS3.15 E.3.5, Clean Descriptors): words of a closed anatomical and
 * radiological vocabulary, beside them numbers of at most three digits, at most two of them (three
 * make a date), and what joins them. `Segment_1` stays as it is. Undefined where nothing is left.
 * `without` are words that do not pass even if they are anatomical: a patient may be called Herz.
 */
export function cleanWords(
  text: string,
  without: ReadonlySet<string> = new Set(),
): string | undefined {
  const tokens = tokensOf(text.slice(0, maxCharacters))
  const numbers = tokens.filter(({ isNumber }) => isNumber).length
  const isWord = (token: Token | undefined) =>
    token !== undefined && !token.isNumber && known(token.text, without)
  const isSide = (token: Token, next: Token | undefined) =>
    !token.isNumber && (/^[LR]$/i.test(token.text) || isVertebra(token, next))
  const kept = tokens.map((token, n) => {
    if (!token.isNumber) return isWord(token) || isSide(token, tokens[n + 1])
    const [before, after] = [tokens[n - 1], tokens[n + 1]]
    const isBeside = before ? isWord(before) || isSide(before, token) : isWord(after)
    return isBeside && numbers <= maxNumbers && shortNumber.test(token.text)
  })
  const isTelling = tokens.some(
    (token, n) => kept[n] && (isWord(token) || isVertebra(token, tokens[n + 1])),
  )
  return isTelling ? joined(tokens, kept) : undefined
}

/** Words of a name, to be left out of everything that is said of its bearer. */
export function wordsOf(text: string): ReadonlySet<string> {
  return new Set((text.match(/\p{L}{2,}/gu) ?? []).map(folded))
}

const maxCharacters = 64
const maxNumbers = 2
const shortNumber = /^\d{1,3}(\.\d)?$/

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  let end = 0
  const composed = text.normalize('NFC')
  for (const match of composed.matchAll(/\p{L}+|\d+(?:\.\d(?!\d))?/gu)) {
    const join = composed.slice(end, match.index)
    const [word] = match
    end = match.index + word.length
    const parts = labelVocabulary.has(folded(word)) ? [word] : camelParts(word)
    for (const [n, part] of parts.entries()) {
      tokens.push({ text: part, isNumber: /^\d/.test(part), join: n === 0 ? join : '' })
    }
  }
  return tokens
}

/** `LungLeft` is two words. */
const camelParts = (word: string) => word.split(/(?<=\p{Ll})(?=\p{Lu})/u)

const known = (word: string, without: ReadonlySet<string>) =>
  labelVocabulary.has(folded(word)) && !without.has(folded(word))

/** C1 to C7, T1 to T13, L1 to L6, S1 to S5, Th for T. */
function isVertebra({ text, isNumber }: Token, next: Token | undefined): boolean {
  const isLevel = next?.isNumber === true && next.join === '' && next.text.length <= 2
  return !isNumber && isLevel && /^([CTLS]|Th)$/.test(text)
}

function joined(tokens: readonly Token[], kept: readonly boolean[]): string {
  let text = ''
  for (const [n, token] of tokens.entries()) {
    if (!kept[n]) continue
    if (text !== '') text += kept[n - 1] && /^( ?[-_.+/&] ?|)$/.test(token.join) ? token.join : ' '
    text += token.text
  }
  return text
}

const folded = (word: string) =>
  word
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('ß', 'ss')
