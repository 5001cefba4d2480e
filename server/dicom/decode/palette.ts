import type { Header } from '../part10/read-header.ts'
import { DicomError } from '../problem.ts'
import { headerNumbers } from './header-numbers.ts'

/** PS3.3 C.7.6.3.1.5: colours of the values from `first` on; those beyond the ends are the ends'. */
export interface Palette {
  readonly first: number
  /** Eight bits each, as many as there are colours. */
  readonly red: Uint8Array
  readonly green: Uint8Array
  readonly blue: Uint8Array
}

const tags = [
  ['x00281101', 'x00281201'],
  ['x00281102', 'x00281202'],
  ['x00281103', 'x00281203'],
] as const
const segmentedRed = 'x00281221'

/** Throws `bad-pixel-description` for tables that are missing, segmented or of unequal size. */
export function readPalette(header: Header): Palette {
  if (header.elements[segmentedRed]) {
    const words = 'Pictures whose colour tables are segmented are not imported.'
    throw new DicomError('bad-pixel-description', words)
  }
  const signed = headerNumbers(header, 'x00280103')[0] === 1
  const [red, green, blue] = tags.map(([descriptor, data]) => readTable(header, descriptor, data))
  const isAlike = red!.first === green!.first && red!.first === blue!.first
  const isAsLong = red!.entries.length === green!.entries.length
  if (!isAlike || !isAsLong || red!.entries.length !== blue!.entries.length) throw refusal()
  const first = signed && red!.first > 0x7fff ? red!.first - 0x10000 : red!.first
  return { first, red: red!.entries, green: green!.entries, blue: blue!.entries }
}

const refusal = () => new DicomError('bad-pixel-description')

/** Entries of eight bits lie in bytes or in words of their own: only the length tells (C.7.6.3.1.6). */
function readTable(header: Header, descriptor: string, data: string) {
  const [declared = 0, first = 0, bits = 0] = headerNumbers(header, descriptor)
  const count = declared === 0 ? 0x10000 : declared
  const element = header.elements[data]
  if (!element || (bits !== 8 && bits !== 16)) throw refusal()
  const words = headerNumbers(header, data)
  if (words.length >= count) {
    const shift = bits === 16 ? 8 : 0
    return { first, entries: Uint8Array.from({ length: count }, (_, n) => words[n]! >> shift) }
  }
  if (bits === 16 || 2 * words.length < count) throw refusal()
  // Two in a word, the first in its lower half.
  const entries = Uint8Array.from({ length: count }, (_, n) => words[n >> 1]! >> (8 * (n & 1)))
  return { first, entries }
}
