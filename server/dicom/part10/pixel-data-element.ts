import { maxFrames } from '../bounds.ts'
import type { Elements } from './parse-header.ts'
import type { TransferSyntax } from './transfer-syntax.ts'

/** Offsets count from the start of the file or, where it is deflated, of the inflated data set. */
export interface PixelDataElement {
  readonly offset: number
  /** Undefined: encapsulated in fragments (PS3.5 A.4). */
  readonly length: number | undefined
  /** Bytes that the file, or the inflated data set, really has. */
  readonly availableBytes: number
  readonly deflatedFrom: number | undefined
  /** Bytes lie in 16-bit words whose halves are to be swapped (PS3.5 §8.1, Annex A.3). */
  readonly swapped: boolean
  /** Float or Double Float Pixel Data (PS3.3 C.7.6.24, C.7.6.25): nothing reads them. */
  readonly floatingPoint: boolean
  /** PS3.3 C.7.6.3.1.8; offsets count from the first fragment's item. */
  readonly extendedOffsets?: readonly ExtendedOffset[]
}

export interface ExtendedOffset {
  readonly offset: number
  readonly length: number
}

const tags = {
  offsets: 'x7fe00001',
  lengths: 'x7fe00002',
  float: 'x7fe00008',
  doubleFloat: 'x7fe00009',
  pixelData: 'x7fe00010',
} as const

export function hasFloatPixels(elements: Elements): boolean {
  return elements[tags.float] !== undefined || elements[tags.doubleFloat] !== undefined
}

/** Undefined where the data set ends before any pixels. */
export function pixelDataElement(
  bytes: Uint8Array,
  elements: Elements,
  { bigEndian }: TransferSyntax,
  available: { readonly bytes: number; readonly deflatedFrom?: number },
): PixelDataElement | undefined {
  const whole = elements[tags.pixelData]
  const element = whole ?? elements[tags.float] ?? elements[tags.doubleFloat]
  if (!element) return undefined
  const extendedOffsets = whole && extendedOffsetTable(bytes, elements)
  return {
    offset: element.dataOffset,
    length: element.hadUndefinedLength ? undefined : element.length,
    availableBytes: available.bytes,
    deflatedFrom: available.deflatedFrom,
    swapped: bigEndian && element.vr === 'OW',
    floatingPoint: !whole,
    ...(extendedOffsets && { extendedOffsets }),
  }
}

function extendedOffsetTable(
  bytes: Uint8Array,
  elements: Elements,
): readonly ExtendedOffset[] | undefined {
  const offsets = longNumbers(bytes, elements[tags.offsets])
  const lengths = longNumbers(bytes, elements[tags.lengths])
  if (!offsets || !lengths) return undefined
  return offsets.map((offset, n) => ({ offset, length: lengths[n] ?? 0 }))
}

/** Encapsulated pixels are little endian. */
function longNumbers(
  bytes: Uint8Array,
  element: { readonly dataOffset: number; readonly length: number } | undefined,
): readonly number[] | undefined {
  if (!element) return undefined
  const { dataOffset, length } = element
  if (length > 8 * maxFrames || dataOffset + length > bytes.length) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataOffset, length)
  const count = Math.floor(length / 8)
  return Array.from({ length: count }, (_, n) => Number(view.getBigUint64(8 * n, true)))
}
