import { DicomError } from '../problem.ts'
import { readSealedSync, type SealedFile, SealedReader } from '../sealed-file.ts'
import type { PixelLocation } from '../slice-source.ts'
import { inflated } from './inflated.ts'

/** Where the pixels of one image lie, and how many bits they are where they are not compressed. */
export interface LocatedImage {
  readonly file: SealedFile
  readonly location: PixelLocation
  readonly rows: number
  readonly columns: number
  readonly bitsAllocated: number
  /** See `FrameSize`. */
  readonly storedSamples?: number
}

/**
 * The pixels as written: little-endian words, or the compressed image of all fragments. Bits come
 * in the bytes that hold them, the first where the location's bit offset says.
 */
export async function readPixelBytes(source: LocatedImage): Promise<Uint8Array<ArrayBuffer>> {
  const { location } = source
  if (location.kind === 'deflated') {
    const bytes = await inflated(source.file, location.deflatedFrom)
    const end = location.offset + nativeBytes(source)
    if (end > bytes.length) throw new DicomError('pixel-decode-failed')
    return Uint8Array.from(bytes.subarray(location.offset, end))
  }
  await using file = await SealedReader.open(source.file)
  if (location.kind === 'native') {
    const { start, length, skipped } = nativeWindow(source, location)
    const bytes = await readBytes(file, start, length)
    if (location.bigEndian) Buffer.from(bytes.buffer).swap16()
    return skipped === 0 ? bytes : Uint8Array.from(bytes.subarray(skipped))
  }
  const length = location.fragments.reduce((sum, fragment) => sum + fragment.length, 0)
  const only = location.fragments.length === 1 ? location.fragments[0] : undefined
  if (only) return await readBytes(file, only.offset, only.length)
  const bytes = new Uint8Array(length)
  let position = 0
  for (const fragment of location.fragments) {
    bytes.set(await readBytes(file, fragment.offset, fragment.length), position)
    position += fragment.length
  }
  return bytes
}

let scratch = new Uint8Array(0)

/**
 * Native pixels as `readPixelBytes` has them, waiting for the disk, in the thread's one buffer: the
 * next call overwrites them. Memory that is not new each time halves what a native slice costs.
 */
export function readNativeBytes(source: LocatedImage): Uint8Array<ArrayBuffer> {
  const { location, file } = source
  if (location.kind !== 'native') throw new RangeError('the pixels are not native')
  const { start, length, skipped } = nativeWindow(source, location)
  if (scratch.length < length) scratch = new Uint8Array(length)
  const bytes = scratch.subarray(0, length)
  if (readSealedSync(file, bytes, start) < length) throw new DicomError('pixel-decode-failed')
  if (location.bigEndian) Buffer.from(bytes.buffer, 0, length).swap16()
  if (skipped > 0) bytes.copyWithin(0, skipped)
  return bytes.subarray(0, length - skipped)
}

function nativeBytes({ rows, columns, bitsAllocated, storedSamples = 1, location }: LocatedImage) {
  const bitOffset = location.kind === 'encapsulated' ? 0 : (location.bitOffset ?? 0)
  return Math.ceil((bitOffset + rows * columns * bitsAllocated * storedSamples) / 8)
}

type Native = Extract<PixelLocation, { kind: 'native' }>

/** Bytes in swapped words are read in whole words, of which the first may begin before them. */
function nativeWindow(source: LocatedImage, { offset, bigEndian }: Native) {
  const bytes = nativeBytes(source)
  const isInWords = bigEndian && source.bitsAllocated < 16
  const skipped = isInWords ? offset % 2 : 0
  const length = isInWords ? 2 * Math.ceil((bytes + skipped) / 2) : bytes
  return { start: offset - skipped, length, skipped }
}

/** A buffer of its own, so that words in it are aligned. */
async function readBytes(
  file: SealedReader,
  offset: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await file.read(offset, length)
  if (bytes.length < length) throw new DicomError('pixel-decode-failed')
  return bytes
}
