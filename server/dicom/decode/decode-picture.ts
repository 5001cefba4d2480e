import type { SealedFile } from '../sealed-file.ts'
import type { PixelLocation } from '../slice-source.ts'
import { decodeImage } from './codecs.ts'
import { doubledChrominance, rgbaFromPalette, rgbaFromRgb, rgbaFromYbr } from './colour.ts'
import type { PictureDescription } from './picture-description.ts'
import { readPixelBytes } from './read-pixel-bytes.ts'
import { saturate } from './rescale-values.ts'
import { interleaved, unpackedBits } from './samples.ts'

/** A picture, or one frame of a cine; fit to be sent to a worker. */
export interface PictureSource extends PictureDescription {
  readonly file: SealedFile
  readonly location: PixelLocation
}

/** Pixels by rows from the top left. */
export type DecodedPicture =
  | {
      readonly kind: 'grey'
      readonly columns: number
      readonly rows: number
      /** As stored, bits beyond Bits Stored dropped. */
      readonly values: Uint8Array | Uint16Array | Int16Array
      /** MONOCHROME1: the least value is to be shown white. */
      readonly isInverted: boolean
    }
  | {
      readonly kind: 'colour'
      readonly columns: number
      readonly rows: number
      /** Opaque. */
      readonly rgba: Uint8ClampedArray<ArrayBuffer>
    }

/** Throws a DicomError where the pixels are damaged. */
export async function decodePicture(source: PictureSource): Promise<DecodedPicture> {
  const { columns, rows, photometricInterpretation, palette } = source
  const bytes = await decodedBytes(source)
  if (source.samplesPerPixel === 3) {
    return { kind: 'colour', columns, rows, rgba: colours(bytes, source) }
  }
  const values = storedValues(bytes, source)
  if (palette) return { kind: 'colour', columns, rows, rgba: rgbaFromPalette(values, palette) }
  const isInverted = photometricInterpretation === 'MONOCHROME1'
  return { kind: 'grey', columns, rows, values, isInverted }
}

/** Samples of the bits allocated, one byte for a bit. */
async function decodedBytes(source: PictureSource): Promise<Uint8Array<ArrayBuffer>> {
  const { location, rows, columns, bitsAllocated, isPlanar } = source
  const bytes = await readPixelBytes(source)
  if (location.kind === 'encapsulated') {
    const allocated = bitsAllocated === 1 ? 8 : bitsAllocated
    const image = { ...source, bitsAllocated: allocated } as const
    const decoded = await decodeImage(bytes, location.encoding, image)
    if (location.lossy) saturate(decoded, source)
    return decoded
  }
  if (bitsAllocated === 1) return unpackedBits(bytes, location.bitOffset ?? 0, rows * columns)
  return isPlanar ? interleaved(bytes, bitsAllocated) : bytes
}

/** JPEG 2000 comes out of its decoder in RGB; YBR_ICT and YBR_RCT say no more than that. */
function colours(bytes: Uint8Array<ArrayBuffer>, source: PictureSource) {
  const { photometricInterpretation, bitsAllocated, bitsStored, storedSamples, location } = source
  const samples = bitsAllocated === 16 ? new Uint16Array(bytes.buffer) : bytes
  const shift = Math.max(0, bitsStored - 8)
  if (photometricInterpretation === 'YBR_FULL') return rgbaFromYbr(samples, shift)
  if (photometricInterpretation !== 'YBR_FULL_422') return rgbaFromRgb(samples, shift)
  const isHalved = storedSamples === 2 && location.kind !== 'encapsulated'
  return rgbaFromYbr(isHalved ? doubledChrominance(bytes) : samples, shift)
}

function storedValues(
  bytes: Uint8Array<ArrayBuffer>,
  { bitsAllocated, bitsStored, highBit, signed }: PictureSource,
): Uint8Array | Uint16Array | Int16Array {
  const words = bitsAllocated === 16 ? new Uint16Array(bytes.buffer) : bytes
  const shift = highBit + 1 - bitsStored
  if (signed) {
    const unused = 32 - bitsStored
    return Int16Array.from(words, (word) => ((word >> shift) << unused) >> unused)
  }
  const mask = 2 ** bitsStored - 1
  if (bitsStored === bitsAllocated) return words
  return words.map((word) => (word >> shift) & mask)
}
