import dicomParser, {
  type ByteArrayParser,
  type ByteStream,
  type DataSet,
  type Element,
} from 'dicom-parser'
import { DicomError } from '../problem.ts'
import { guessTransferSyntax, type TransferSyntax, transferSyntaxOf } from './transfer-syntax.ts'

export const pixelDataTag = 'x7fe00010'

export type Elements = DataSet['elements']

export interface FileMeta {
  readonly elements: Elements
  /** Byte at which the data set begins. */
  readonly position: number
  readonly transferSyntax: TransferSyntax
  /** The 128 bytes before DICM hold something. */
  readonly preambleUsed: boolean
}

export interface ParsedElements {
  readonly elements: Elements
  readonly pixelData: Element | undefined
  /** Where reading stopped, and why if it did not reach the pixels or the end. */
  readonly position: number
  readonly failure: unknown
}

/** Group 0002 (PS3.10 §7), or what the first bytes betray where there is none. */
export function parseFileMeta(bytes: Uint8Array, fileBytes: number): FileMeta {
  const isPart10 = bytes.length >= 132 && ascii(bytes, 128, 4) === 'DICM'
  const start = isPart10 ? 132 : 0
  const { elements, position } = parseGroup0002(bytes, start)
  const uid = transferSyntaxUid(bytes, elements)
  const preambleUsed = isPart10 && bytes.subarray(0, 128).some((byte) => byte !== 0)
  if (uid) return { elements, position, transferSyntax: transferSyntaxOf(uid), preambleUsed }
  if (position >= bytes.length && isPart10) throw new DicomError('truncated')
  const transferSyntax = guessTransferSyntax(bytes, position, fileBytes)
  return { elements, position, transferSyntax, preambleUsed }
}

/**
 * Elements of the data set up to and without the value of Pixel Data; never throws. The parser
 * trusts lengths, so an element may claim more bytes than there are.
 */
export function parseElements(
  bytes: Uint8Array,
  position: number,
  { explicit, bigEndian }: TransferSyntax,
): ParsedElements {
  const numbers = bigEndian ? dicomParser.bigEndianByteArrayParser : littleEndian
  if (position >= bytes.length) {
    return { elements: {}, pixelData: undefined, position, failure: undefined }
  }
  const stream = new dicomParser.ByteStream(numbers, bytes, position)
  const dataSet = bareDataSet(bytes, numbers)
  const { elements } = dataSet
  let failure: unknown
  try {
    if (explicit) readExplicit(stream, elements)
    else {
      const { parseDicomDataSetImplicit } = dicomParser
      parseDicomDataSetImplicit(dataSet, stream, bytes.length, { untilTag: pixelDataTag })
    }
  } catch (error) {
    failure = error ?? 'unknown'
  }
  return { elements, pixelData: elements[pixelDataTag], position: stream.position, failure }
}

function readExplicit(stream: ByteStream, elements: Elements): void {
  while (stream.position < stream.byteArray.length) {
    const element =
      longNumbers(stream) ?? dicomParser.readDicomElementExplicit(stream, [], pixelDataTag)
    elements[element.tag] = element
    if (element.tag === pixelDataTag) return
  }
}

/** The parser takes the 64-bit representations (PS3.5 §7.1.2) for ones with a short length. */
function longNumbers(stream: ByteStream): Element | undefined {
  const { byteArray, byteArrayParser, position } = stream
  if (position + 12 > byteArray.length) return undefined
  const vr = ascii(byteArray, position + 4, 2)
  if (vr !== 'OV' && vr !== 'SV' && vr !== 'UV') return undefined
  const half = (offset: number) =>
    byteArrayParser
      .readUint16(byteArray, position + offset)
      .toString(16)
      .padStart(4, '0')
  const length = byteArrayParser.readUint32(byteArray, position + 8)
  stream.seek(12 + length)
  return { tag: `x${half(0)}${half(2)}`, vr, length, dataOffset: position + 12 } as Element
}

const littleEndian = dicomParser.littleEndianByteArrayParser

function bareDataSet(byteArray: Uint8Array, byteArrayParser: ByteArrayParser): DataSet {
  return { byteArray, byteArrayParser, elements: {}, warnings: [] } as unknown as DataSet
}

function parseGroup0002(bytes: Uint8Array, start: number) {
  const elements: Elements = {}
  if (start >= bytes.length) return { elements, position: start }
  const stream = new dicomParser.ByteStream(littleEndian, bytes, start)
  while (stream.position + 8 <= bytes.length) {
    const { position } = stream
    if (littleEndian.readUint16(bytes, position) !== 0x0002) break
    try {
      const element = dicomParser.readDicomElementExplicit(stream)
      elements[element.tag] = element
    } catch (cause) {
      throw new DicomError('unreadable', undefined, { cause })
    }
  }
  return { elements, position: stream.position }
}

function transferSyntaxUid(bytes: Uint8Array, elements: Elements): string | undefined {
  const element = elements.x00020010
  if (!element || element.dataOffset + element.length > bytes.length) return undefined
  return ascii(bytes, element.dataOffset, Math.min(element.length, 64)).replace(/[\0 ]+$/, '')
}

function ascii(bytes: Uint8Array, offset: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + length))
}
