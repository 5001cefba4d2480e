/** Specific Character Set (PS3.3 C.12.1.1.2) by the names that the encodings have elsewhere. */
const encodings: Readonly<Record<string, string>> = {
  '': 'latin1',
  'ISO_IR 6': 'latin1',
  'ISO_IR 100': 'latin1',
  'ISO_IR 101': 'iso-8859-2',
  'ISO_IR 109': 'iso-8859-3',
  'ISO_IR 110': 'iso-8859-4',
  'ISO_IR 144': 'iso-8859-5',
  'ISO_IR 127': 'iso-8859-6',
  'ISO_IR 126': 'iso-8859-7',
  'ISO_IR 138': 'iso-8859-8',
  'ISO_IR 148': 'windows-1254',
  'ISO_IR 203': 'iso-8859-15',
  'ISO_IR 13': 'shift_jis',
  'ISO_IR 166': 'windows-874',
  'ISO_IR 192': 'utf-8',
  GB18030: 'gb18030',
  GBK: 'gbk',
  'ISO 2022 IR 13': 'shift_jis',
  'ISO 2022 IR 87': 'iso-2022-jp',
  'ISO 2022 IR 159': 'iso-2022-jp',
  'ISO 2022 IR 149': 'euc-kr',
  'ISO 2022 IR 58': 'gb2312',
}

/**
 * Text of an element; `characterSet` is the value of Specific Character Set. Padding is cut off. Of
 * several sets (PS3.5 §6.1.2.5) the last that is known counts: it holds the first one's letters.
 */
export function decodeText(bytes: Uint8Array, characterSet: string): string {
  const terms = characterSet.split('\\').map((term) => term.trim())
  const encoding = terms.map(encodingOf).findLast((name) => name !== undefined) ?? 'latin1'
  const text = new TextDecoder(encoding).decode(bytes)
  const withoutEscapes = encoding === 'iso-2022-jp' ? text : text.replaceAll(escapes, '')
  return withoutEscapes.replace(/^ +|[ \0]+$/g, '')
}

/** A switch to another set, where the encoding does not need to be told. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: ESC is what begins one.
const escapes = /\x1b[\x20-\x2f]+[\x30-\x7e]/g

/** With code extensions `ISO 2022 IR 100` is the set that is `ISO_IR 100` without. */
function encodingOf(term: string): string | undefined {
  const known = (name: string) => (Object.hasOwn(encodings, name) ? encodings[name] : undefined)
  return known(term) ?? known(term.replace(/^ISO 2022 IR /, 'ISO_IR '))
}
