import { inflate } from '../part10/read-header.ts'
import { DicomError } from '../problem.ts'
import { readSealedSync, SealedReader } from '../sealed-file.ts'
import type { StoredSlice } from '../slice-source.ts'

/** The pixels as written: little-endian words, or the compressed image of all fragments. */
export async function readPixelBytes(source: StoredSlice): Promise<Uint8Array<ArrayBuffer>> {
  const { location } = source
  await using file = await SealedReader.open(source.file)
  const nativeBytes = (source.rows * source.columns * source.bitsAllocated) / 8
  if (location.kind === 'native') {
    const bytes = await readBytes(file, location.offset, nativeBytes)
    return location.bigEndian ? swapped(bytes) : bytes
  }
  if (location.kind === 'deflated') {
    const inflated = await inflate(await readBytes(file, 0, file.bytes), location.deflatedFrom)
    return Uint8Array.from(inflated.subarray(location.offset, location.offset + nativeBytes))
  }
  const length = location.fragments.reduce((sum, fragment) => sum + fragment.length, 0)
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
export function readNativeBytes(source: StoredSlice): Uint8Array<ArrayBuffer> {
  const { location, rows, columns, bitsAllocated, file } = source
  if (location.kind !== 'native') throw new RangeError('the pixels are not native')
  const length = (rows * columns * bitsAllocated) / 8
  if (scratch.length < length) scratch = new Uint8Array(length)
  const bytes = scratch.subarray(0, length)
  if (readSealedSync(file, bytes, location.offset) < length) {
    throw new DicomError('pixel-decode-failed')
  }
  if (location.bigEndian) Buffer.from(bytes.buffer, 0, length).swap16()
  return bytes
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

function swapped(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  Buffer.from(bytes.buffer).swap16()
  return bytes
}
