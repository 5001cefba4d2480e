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
  'ISO 2022 IR 149': 'euc-kr',
  'ISO 2022 IR 58': 'gb18030',
}

/**
 * Text of an element; `characterSet` is the value of Specific Character Set. Padding is cut off. Escape
 * sequences switch sets within the text (PS3.5 §6.1.2.5); one that is not known, or stands where none
 * may, changes nothing. Never throws: what cannot be decoded becomes U+FFFD.
 */
export function decodeText(bytes: Uint8Array, characterSet: string): string {
  const initial = initialEncoding(characterSet.split('\\').map((term) => term.trim()))
  const text = bytes.includes(escapeByte) ? decodeSwitching(bytes, initial) : decode(bytes, initial)
  return text.replace(/^ +|[ \0]+$/g, '')
}

const escapeByte = 0x1b

/** The first set; where that is ASCII, a later one, whose high bytes some write without escapes. */
function initialEncoding(terms: readonly string[]): string {
  const [first = '', ...others] = terms
  const encoding = encodingOf(first) ?? 'latin1'
  if (!/^$|IR 6$/.test(first)) return encoding
  return others.map(encodingOf).find((other) => other !== undefined) ?? encoding
}

/** With code extensions `ISO 2022 IR 100` is the set that is `ISO_IR 100` without. */
function encodingOf(term: string): string | undefined {
  const known = (name: string) => (Object.hasOwn(encodings, name) ? encodings[name] : undefined)
  return known(term) ?? known(term.replace(/^ISO 2022 IR /, 'ISO_IR '))
}

/** Which set an escape sequence (ISO/IEC 2022) puts into the lower or the upper half. */
const switches: Readonly<Record<string, { half: 'lower' | 'upper'; set: string }>> = {
  '(B': { half: 'lower', set: 'ascii' },
  '(J': { half: 'lower', set: 'ascii' },
  $B: { half: 'lower', set: 'jis x 0208' },
  '$(D': { half: 'lower', set: 'jis x 0212' },
  ')I': { half: 'upper', set: 'shift_jis' },
  '$)A': { half: 'upper', set: 'gb18030' },
  '$)C': { half: 'upper', set: 'euc-kr' },
  '-A': { half: 'upper', set: 'latin1' },
  '-B': { half: 'upper', set: 'iso-8859-2' },
  '-C': { half: 'upper', set: 'iso-8859-3' },
  '-D': { half: 'upper', set: 'iso-8859-4' },
  '-F': { half: 'upper', set: 'iso-8859-7' },
  '-G': { half: 'upper', set: 'iso-8859-6' },
  '-H': { half: 'upper', set: 'iso-8859-8' },
  '-L': { half: 'upper', set: 'iso-8859-5' },
  '-M': { half: 'upper', set: 'windows-1254' },
  '-T': { half: 'upper', set: 'windows-874' },
  '-b': { half: 'upper', set: 'iso-8859-15' },
}

const escapeSequence = /^[\x20-\x2f]+[\x30-\x7e]/

function decodeSwitching(bytes: Uint8Array, initial: string): string {
  const parts: string[] = []
  let lower = 'ascii'
  let upper = initial
  let start = 0
  const take = (end: number) => {
    if (end > start) parts.push(decodeHalves(bytes.subarray(start, end), lower, upper))
    start = end
  }
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!
    if (byte === escapeByte) {
      take(at)
      const next = String.fromCharCode(...bytes.subarray(at + 1, at + 5))
      const [sequence = ''] = next.match(escapeSequence) ?? []
      const change = Object.hasOwn(switches, sequence) ? switches[sequence] : undefined
      if (change?.half === 'lower') lower = change.set
      if (change?.half === 'upper') upper = change.set
      start = at + 1 + sequence.length
      at = start - 1
    } else if (lower === 'ascii' && delimiters.has(byte)) {
      // Values, name parts and lines begin in the first set again.
      take(at)
      upper = initial
    }
  }
  take(bytes.length)
  return parts.join('')
}

const delimiters = new Set([...'^=\\\t\n\f\r'].map((sign) => sign.charCodeAt(0)))

/** Two seven-bit bytes a character are, in EUC-JP, the same with their highest bits set. */
function decodeHalves(bytes: Uint8Array, lower: string, upper: string): string {
  if (lower === 'ascii') return decode(bytes, upper)
  const isSecondSet = lower === 'jis x 0212'
  const pairs = Array.from(bytes, (byte, index) =>
    isSecondSet && index % 2 === 0 ? [0x8f, byte | 0x80] : [byte | 0x80],
  )
  return decode(Uint8Array.from(pairs.flat()), 'euc-jp')
}

const decode = (bytes: Uint8Array, encoding: string) => new TextDecoder(encoding).decode(bytes)
