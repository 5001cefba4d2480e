import { maxSliceBytes } from '../bounds.ts'
import { DicomError } from '../problem.ts'
import type { SealedReader } from '../sealed-file.ts'
import type { Fragment } from '../slice-source.ts'
import type { Fragments } from './fragments.ts'
import type { ExtendedOffset } from './pixel-data-element.ts'
import type { PixelEncoding } from './transfer-syntax.ts'

interface Encapsulated {
  readonly encoding: Exclude<PixelEncoding, 'native'>
  readonly frames: number
  readonly extendedOffsets?: readonly ExtendedOffset[]
}

/**
 * Which fragments make up each frame (PS3.5 A.4): those that the Extended or the Basic Offset Table
 * says; without one, one each; where that does not come out even, a frame begins where a fragment
 * begins as a compressed image does. A table that points anywhere but at the beginning of a
 * fragment is refused with `bad-pixel-description`.
 */
export async function framesOf(
  file: SealedReader,
  { offsetTable, base, fragments }: Fragments,
  { encoding, frames, extendedOffsets }: Encapsulated,
): Promise<readonly (readonly Fragment[])[]> {
  const filled = fragments.filter(({ length }) => length > 0)
  if (filled.length === 0) throw new DicomError('no-pixel-data')
  // There is nothing to tell apart, so a table that is wrong does no harm.
  if (frames === 1) return [bounded(filled)]
  if (extendedOffsets) {
    const offsets = extendedOffsets.map(({ offset }) => offset)
    const parts = cutAt(startsOf(offsets, base, fragments, frames), fragments)
    const isWhole = (part: readonly Fragment[], n: number) =>
      part.length === 1 && Math.abs(part[0]!.length - extendedOffsets[n]!.length) <= 1
    if (!parts.every(isWhole)) throw wrongTable()
    return parts
  }
  if (offsetTable.length > 0) {
    return cutAt(startsOf(offsetTable, base, fragments, frames), fragments)
  }
  if (filled.length === frames) return filled.map((fragment) => [fragment])
  if (filled.length < frames || encoding === 'rle') throw new DicomError('bad-pixel-description')
  const starts = await startsByMarker(file, filled, encoding)
  if (starts.length !== frames || starts[0] !== 0) throw new DicomError('bad-pixel-description')
  return cutAt(starts, filled)
}

const wrongTable = () =>
  new DicomError(
    'bad-pixel-description',
    'The table that says where each image of the file begins is wrong.',
  )

/** Indices of the fragments that the offsets point at. */
function startsOf(
  offsets: readonly number[],
  base: number,
  fragments: readonly Fragment[],
  frames: number,
): readonly number[] {
  const itemHeadBytes = 8
  const indexOf = new Map(fragments.map(({ offset }, n) => [offset - itemHeadBytes - base, n]))
  const starts = offsets.map((offset) => indexOf.get(offset) ?? -1)
  const isAscending = starts.every((start, n) => (n === 0 ? start === 0 : start > starts[n - 1]!))
  if (starts.length !== frames || !isAscending) throw wrongTable()
  return starts
}

function cutAt(
  starts: readonly number[],
  fragments: readonly Fragment[],
): readonly (readonly Fragment[])[] {
  return starts.map((start, n) => bounded(fragments.slice(start, starts[n + 1])))
}

function bounded(fragments: readonly Fragment[]): readonly Fragment[] {
  const bytes = fragments.reduce((sum, { length }) => sum + length, 0)
  if (bytes > maxSliceBytes) throw new DicomError('too-large')
  if (bytes === 0) throw new DicomError('no-pixel-data')
  return fragments
}

/** SOI of JPEG and JPEG-LS; SOC and SIZ of JPEG 2000. */
const markers = {
  jpeg: [0xff, 0xd8, 0xff],
  'jpeg-ls': [0xff, 0xd8, 0xff],
  'jpeg-2000': [0xff, 0x4f, 0xff, 0x51],
  'ht-jpeg-2000': [0xff, 0x4f, 0xff, 0x51],
} as const

async function startsByMarker(
  file: SealedReader,
  fragments: readonly Fragment[],
  encoding: keyof typeof markers,
): Promise<readonly number[]> {
  const marker = markers[encoding]
  const starts: number[] = []
  for (const [n, { offset }] of fragments.entries()) {
    const begin = await file.read(offset, marker.length)
    if (marker.every((byte, at) => begin[at] === byte)) starts.push(n)
  }
  return starts
}
