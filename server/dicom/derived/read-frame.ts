import { decodeSlice } from '../decode/decode-slice.ts'
import { inflate } from '../part10/read-header.ts'
import { DicomError } from '../problem.ts'
import { type SealedFile, SealedReader } from '../sealed-file.ts'
import type { FrameSource } from './label-slice-source.ts'

export type FrameValues = Uint8Array | Uint16Array

/**
 * The stored values of one frame, rows × columns, x fastest, one element a pixel even where a pixel
 * is a bit. Throws `pixel-decode-failed` or `truncated`.
 */
export async function readFrame(source: FrameSource): Promise<FrameValues> {
  const { rows, columns, bitsAllocated, location } = source
  if (location.kind === 'encapsulated') return await decodeFrame(source)
  const isSwapped = location.kind === 'native' && location.bigEndian
  if (isSwapped && bitsAllocated !== 16) throw new DicomError('unsupported-transfer-syntax')
  const pixels = rows * columns
  const { bitOffset = 0 } = location
  const length = Math.ceil((bitOffset + pixels * bitsAllocated) / 8)
  const bytes = await readNative(source, location.offset, length)
  if (bytes.length < length) throw new DicomError('truncated')
  if (bitsAllocated === 1) return unpacked(bytes, bitOffset, pixels)
  if (bitsAllocated === 8) return bytes
  if (isSwapped) Buffer.from(bytes.buffer, bytes.byteOffset, length).swap16()
  return new Uint16Array(bytes.buffer, bytes.byteOffset, pixels)
}

/** First pixel in the least significant bit (PS3.5 §8.1.1). */
function unpacked(bytes: Uint8Array, firstBit: number, pixels: number): Uint8Array {
  const values = new Uint8Array(pixels)
  for (let n = 0; n < pixels; n++) {
    const bit = firstBit + n
    values[n] = (bytes[bit >> 3]! >> (bit & 7)) & 1
  }
  return values
}

async function readNative(
  { file, location }: FrameSource,
  from: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (location.kind === 'deflated') {
    const inflated = await inflatedFile(file, location.deflatedFrom)
    return Uint8Array.from(inflated.subarray(from, from + length))
  }
  await using reader = await SealedReader.open(file)
  return await reader.read(from, length)
}

let lastInflated: { readonly path: string; readonly content: Promise<Uint8Array> } | undefined

/** Frames of one file are read one after the other: the last file stays, at most 64 MiB of it. */
function inflatedFile(file: SealedFile, deflatedFrom: number): Promise<Uint8Array> {
  if (lastInflated?.path === file.path) return lastInflated.content
  const content = inflateFile(file, deflatedFrom)
  lastInflated = { path: file.path, content }
  return content
}

async function inflateFile(file: SealedFile, deflatedFrom: number): Promise<Uint8Array> {
  await using reader = await SealedReader.open(file)
  return await inflate(await reader.read(0, reader.bytes), deflatedFrom)
}

async function decodeFrame(source: FrameSource): Promise<FrameValues> {
  const { file, rows, columns, bitsAllocated, bitsStored, location } = source
  if (bitsAllocated === 1) {
    const message = 'The segmentation is compressed in a way that Caseroom cannot read.'
    throw new DicomError('unsupported-transfer-syntax', message)
  }
  const values = await decodeSlice({
    kind: 'stored',
    fileIndex: 0,
    file,
    rows,
    columns,
    bitsAllocated,
    bitsStored,
    highBit: bitsStored - 1,
    signed: false,
    padding: undefined,
    location,
    rescale: { slope: 1, intercept: 0 },
    dataType: 'uint16',
  })
  return values as Uint16Array
}
