/** A text found in the bytes of a header. */
export interface HeaderText {
  /** As (gggg,eeee) in one number, where it looks like the value of an element. */
  readonly tag: number | undefined
  /** Where the element says it. */
  readonly vr: string | undefined
  readonly bytes: Uint8Array
}

const textVrs = [
  'AE AS CS DA DS DT IS LO LT PN SH ST TM UC UI UN UR UT'.split(' '),
  'OB OW'.split(' '),
].flat()
const vrCodes = new Map(textVrs.map((vr) => [(vr.charCodeAt(0) << 8) | vr.charCodeAt(1), vr]))
const longVrs = new Set(['OB', 'OW', 'UC', 'UN', 'UR', 'UT'])
const longestImplicit = 0x10000

/**
 * Every text of a header, found without following its structure: whatever looks like an element with
 * a text in it at any byte, in either VR style, and runs of printable bytes in what is left. What a
 * parser would lose its way in, or not look into, is found as well.
 */
export function headerTexts(bytes: Uint8Array, bigEndian: boolean): readonly HeaderText[] {
  const found: HeaderText[] = []
  const covered = new Uint8Array(bytes.length)
  for (const at of [explicitAt, implicitAt]) {
    for (let position = 0; position + 8 < bytes.length; position++) {
      if (covered[position]) continue
      const element = at(bytes, position, bigEndian)
      if (!element) continue
      const { start, end, tag, vr } = element
      found.push({ tag, vr, bytes: bytes.subarray(start, end) })
      covered.fill(1, position, end)
      position = end - 1
    }
  }
  return [...found, ...runsOutside(bytes, covered)]
}

interface ElementAt {
  readonly tag: number
  readonly vr: string | undefined
  readonly start: number
  readonly end: number
}

function explicitAt(bytes: Uint8Array, position: number, bigEndian: boolean) {
  const vr = vrCodes.get((bytes[position + 4]! << 8) | bytes[position + 5]!)
  if (!vr) return undefined
  const isLong = longVrs.has(vr)
  if (isLong && (bytes[position + 6] || bytes[position + 7])) return undefined
  const lengthAt = position + (isLong ? 8 : 6)
  const length = isLong ? u32(bytes, lengthAt, bigEndian) : u16(bytes, lengthAt, bigEndian)
  return textElement(bytes, position, lengthAt + (isLong ? 4 : 2), length, vr, bigEndian)
}

function implicitAt(bytes: Uint8Array, position: number, bigEndian: boolean) {
  const length = u32(bytes, position + 4, bigEndian)
  if (length > longestImplicit) return undefined
  return textElement(bytes, position, position + 8, length, undefined, bigEndian)
}

function textElement(
  bytes: Uint8Array,
  position: number,
  start: number,
  length: number,
  vr: string | undefined,
  bigEndian: boolean,
): ElementAt | undefined {
  const end = start + length
  const group = u16(bytes, position, bigEndian)
  if (length === 0 || end > bytes.length || group < 2 || group > 0x7fe0) return undefined
  for (let at = start; at < end; at++) {
    if (!isText(bytes[at]!) && !(bytes[at] === 0 && at === end - 1)) return undefined
  }
  return { tag: group * 0x10000 + u16(bytes, position + 2, bigEndian), vr, start, end }
}

/** Printable in some character set, or what breaks lines and switches sets. */
const isText = (byte: number) => byte >= 0x20 || (byte >= 9 && byte <= 13) || byte === 0x1b

function u16(bytes: Uint8Array, at: number, bigEndian: boolean): number {
  const [a, b] = [bytes[at] ?? 0, bytes[at + 1] ?? 0]
  return bigEndian ? a * 0x100 + b : b * 0x100 + a
}

function u32(bytes: Uint8Array, at: number, bigEndian: boolean): number {
  const [a, b] = [u16(bytes, at, bigEndian), u16(bytes, at + 2, bigEndian)]
  return bigEndian ? a * 0x10000 + b : b * 0x10000 + a
}

/** Runs of four bytes or more, and letters with a zero byte between them (UTF-16). */
const runPattern = /[\t\n\f\r\x20-\x7e\x80-\xff]{4,}/g
const widePatterns = [/(?:[\x20-\x7e\xa0-\xff]\0){4,}/g, /(?:\0[\x20-\x7e\xa0-\xff]){4,}/g]

/** All runs as one text, a line each. */
function runsOutside(bytes: Uint8Array, covered: Uint8Array): readonly HeaderText[] {
  const lines: string[] = []
  for (let start = 0; start < bytes.length; ) {
    if (covered[start]) {
      start += 1
      continue
    }
    const next = covered.indexOf(1, start)
    const end = next < 0 ? bytes.length : next
    const gap = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1')
    for (const [run] of gap.matchAll(runPattern)) {
      lines.push(run)
      // The first byte of a tag behind it may look like one letter more.
      lines.push(run.slice(-longestWord, -1))
    }
    for (const pattern of widePatterns) {
      for (const [run] of gap.matchAll(pattern)) lines.push(run.replaceAll('\0', ''))
    }
    start = end
  }
  const text = Buffer.from(lines.join('\n'), 'latin1')
  return text.length > 0 ? [{ tag: undefined, vr: undefined, bytes: text }] : []
}

const longestWord = 32
