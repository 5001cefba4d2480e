import type { SealedReader } from '../sealed-file.ts'
import { type HeaderText, headerTexts } from './header-texts.ts'
import { readHead } from './read-head.ts'
import { around, type TellingParts, tellingParts, wordsOf } from './telling-parts.ts'

/** The most strings of one file, and of one import: a header may be full of words. */
const mostOfFile = 4000
export const mostOfImport = 20_000

/**
 * Everything in the header of a file that may identify somebody, each with its kind before it, as
 * `name okonkwo`; names and numbers first. It identifies: it is for `verifyTexts` and for nothing else.
 */
export async function collectIdentifying(file: SealedReader): Promise<readonly string[]> {
  const heads = await readHead(file)
  const texts = heads.flatMap(({ bytes, bigEndian }) => headerTexts(bytes, bigEndian))
  const decoders = decodersFor(texts)
  const collected = ranked.map((): Set<string> => new Set())
  for (const text of texts) {
    for (const decoded of decodings(text, decoders)) {
      for (const [kind, values] of partsOf(text, decoded)) {
        for (const value of values) collected[ranked.indexOf(kind)]!.add(`${kind} ${value}`)
      }
    }
  }
  return collected.flatMap((values) => [...values]).slice(0, mostOfFile)
}

type Parts = readonly (readonly [kind: Kind, values: readonly string[]])[]

/** The files of a series say nearly the same: what one text holds is found out once. */
const known = new Map<string, Parts>()
const mostKnown = 2000

function partsOf(header: HeaderText, text: string): Parts {
  const key = `${header.tag} ${header.vr} ${text}`
  const before = known.get(key)
  if (before) return before
  const parts: [Kind, string[]][] = []
  collectFrom(header, text, (kind, values) => parts.push([kind, [...values]]))
  if (known.size >= mostKnown) known.clear()
  if (key.length < longestKnown) known.set(key, parts)
  return parts
}

const longestKnown = 4096

/** Adds what one file has to what an import has, as far as there is room; names always have some. */
export function addIdentifying(all: Set<string>, some: Iterable<string>): void {
  for (const each of some) {
    const isCommon = each.startsWith('word ') || each.startsWith('code ')
    if (all.size < (isCommon ? mostOfImport / 2 : mostOfImport)) all.add(each)
  }
}

const ranked = ['name', 'number', 'code', 'study-day', 'day', 'email', 'phone', 'word'] as const
type Kind = (typeof ranked)[number]

function collectFrom(
  header: HeaderText,
  text: string,
  add: (kind: Kind, values: Iterable<string>) => void,
): void {
  if (isMeasured(header, text)) return
  const parts = tellingParts(text)
  add(isStudyDate(header) ? 'study-day' : 'day', parts.days)
  if (isTime(header, text)) return
  add('email', parts.emails)
  add('phone', parts.phones)
  add('number', isOfInstance(header) ? [] : numbersIn(parts))
  add('code', parts.codes.keys())
  add(
    'name',
    wordsOf(isName(header) ? text : (around(text, '^').match(caretNames) ?? []).join(' ')),
  )
  add('word', [...parts.words].filter(isLong))
}

/** Birth dates and patient numbers are part of some UIDs; too few digits are an organisation. */
function numbersIn({ numbers, uids }: TellingParts): readonly string[] {
  const ofUids = [...uids]
    .flatMap((uid) => uid.split('.'))
    .filter((part) => /^\d{6,10}$/.test(part))
  return [...numbers, ...ofUids]
}

/** Ideographs say with two characters what takes four letters. */
const isLong = (word: string) => word.length >= 4 || /[^\p{Script=Latin}]/u.test(word)

const nameTags = new Set([
  0x00080090, 0x00081048, 0x00081050, 0x00081060, 0x00081070, 0x00100010, 0x00101001, 0x00101005,
  0x00101060, 0x00321032,
])

const isName = ({ tag = 0, vr }: HeaderText) => vr === 'PN' || nameTags.has(tag)

/** In implicit VR, and where a name stands in something else, its form alone tells it. */
const caretNames = /[\p{L}\p{M} .'-]{2,64}\^[\p{L}\p{M}^ .'-]*/gu

const isStudyDate = ({ tag }: HeaderText) => tag === 0x00080020 || tag === 0x00080021

/** One for each image: too many to be kept, and every UID of an import is looked for by its form. */
const instanceTags = new Set([0x00020003, 0x00080018, 0x00081155])
const isOfInstance = ({ tag = 0 }: HeaderText) => instanceTags.has(tag)

const timeTags = new Set([0x00080030, 0x00080031, 0x00080032, 0x00080033, 0x00100032])
const isTime = ({ tag = 0, vr }: HeaderText, text: string) =>
  vr === 'TM' || timeTags.has(tag) || /^\d{6}\.\d{1,6} ?$/.test(text)

/** Groups of technique and geometry, whose numbers a volume repeats. */
const measuredGroups = new Set([0x0018, 0x0028, 0x0054, 0x3006])
const placeTags = new Set([0x00200030, 0x00200032, 0x00200035, 0x00200037, 0x00201041])
const numericVrs = new Set(['DS', 'IS'])

function isMeasured({ tag, vr }: HeaderText, text: string): boolean {
  if (tag === undefined || !/^[\d.+\-eE\\\s\0]*$/.test(text)) return false
  if (vr !== undefined && !numericVrs.has(vr)) return false
  const group = tag >>> 16
  // Serial numbers and the like stand in the first elements of the acquisition's group.
  const isSerial = group === 0x0018 && (tag & 0xffff) >= 0x1000 && (tag & 0xffff) <= 0x1030
  return placeTags.has(tag) || (measuredGroups.has(group) && (vr !== undefined || !isSerial))
}

/** By Specific Character Set (PS3.3 C.12.1.1.2), for what is not plain ASCII. */
const encodings: Readonly<Record<string, string>> = {
  '13': 'shift_jis',
  '58': 'gb18030',
  '87': 'iso-2022-jp',
  '101': 'iso-8859-2',
  '109': 'iso-8859-3',
  '110': 'iso-8859-4',
  '126': 'iso-8859-7',
  '127': 'iso-8859-6',
  '138': 'iso-8859-8',
  '144': 'iso-8859-5',
  '148': 'windows-1254',
  '149': 'euc-kr',
  '159': 'iso-2022-jp',
  '166': 'windows-874',
  '203': 'iso-8859-15',
}

function decodersFor(texts: readonly HeaderText[]): readonly TextDecoder[] {
  const declared = texts
    .filter(({ tag }) => tag === 0x00080005)
    .flatMap(({ bytes }) => Buffer.from(bytes).toString('latin1').split('\\'))
  const named = declared.flatMap((term) => {
    if (/^GB/.test(term)) return ['gb18030']
    const encoding = encodings[term.match(/IR (\d+)/)?.[1] ?? '']
    return encoding ? [encoding] : []
  })
  return [...new Set(['latin1', 'utf-8', ...named])].map((encoding) => new TextDecoder(encoding))
}

const isPlain = (bytes: Uint8Array) => bytes.every((byte) => byte < 0x80 && byte !== 0x1b)

function decodings({ bytes }: HeaderText, decoders: readonly TextDecoder[]): readonly string[] {
  const used = isPlain(bytes) ? decoders.slice(0, 1) : decoders
  return used.map((decoder) => decoder.decode(bytes))
}
