import { maxFrames } from '../bounds.ts'
import { DicomError } from '../problem.ts'
import type { SealedReader } from '../sealed-file.ts'
import type { PixelLocation } from '../slice-source.ts'
import { framesOf } from './encapsulated-frames.ts'
import { readFragments } from './fragments.ts'
import type { PixelDataElement } from './pixel-data-element.ts'
import { type TransferSyntax, unsupported } from './transfer-syntax.ts'

/** How much room one frame takes where it is not compressed (PS3.5 §8.1.1). */
export interface FrameSize {
  readonly rows: number
  readonly columns: number
  /** 1, 8 or 16. */
  readonly bitsAllocated: number
  /** Of a pixel, 1 where absent; 2 where two pixels share their chrominance (YBR_FULL_422). */
  readonly storedSamples?: number
}

/**
 * Finds the bytes of every frame without reading them, and refuses what the file does not hold.
 * Frames of bits follow one another without a gap and may begin inside a byte.
 */
export async function locateFrames(
  file: SealedReader,
  pixelData: PixelDataElement,
  transferSyntax: TransferSyntax,
  size: FrameSize,
  frames: number,
): Promise<readonly PixelLocation[]> {
  const { pixels: encoding, lossy } = transferSyntax
  if (encoding === undefined) throw unsupported(transferSyntax)
  if (pixelData.floatingPoint) throw new DicomError('bad-pixel-description', floatingPointWords)
  if (!Number.isInteger(frames) || frames < 1) throw new DicomError('bad-pixel-description')
  if (frames > maxFrames) throw new DicomError('too-large')
  const isEncapsulated = pixelData.length === undefined
  if (isEncapsulated !== (encoding !== 'native')) throw new DicomError('bad-pixel-description')
  if (encoding === 'native') return nativeFrames(pixelData, transferSyntax, size, frames)
  const { extendedOffsets } = pixelData
  const parts = await framesOf(file, await readFragments(file, pixelData), {
    encoding,
    frames,
    ...(extendedOffsets && { extendedOffsets }),
  })
  return parts.map((fragments) => ({ kind: 'encapsulated', encoding, lossy, fragments }))
}

const floatingPointWords = 'Images whose pixels are floating-point numbers are not imported.'

function nativeFrames(
  { offset, length = 0, availableBytes, deflatedFrom, swapped }: PixelDataElement,
  { bigEndian }: TransferSyntax,
  { rows, columns, bitsAllocated, storedSamples = 1 }: FrameSize,
  frames: number,
): readonly PixelLocation[] {
  const bits = rows * columns * bitsAllocated * storedSamples
  const bytes = Math.ceil((bits * frames) / 8)
  if (offset + Math.max(length, bytes) > availableBytes) throw new DicomError('truncated')
  if (length < bytes) throw new DicomError('bad-pixel-description')
  return Array.from({ length: frames }, (_, n): PixelLocation => {
    const bitOffset = (n * bits) % 8
    const at = {
      offset: offset + Math.floor((n * bits) / 8),
      ...(bitOffset > 0 && { bitOffset }),
    }
    if (deflatedFrom !== undefined) return { kind: 'deflated', deflatedFrom, ...at }
    return { kind: 'native', bigEndian: bitsAllocated === 16 ? bigEndian : swapped, ...at }
  })
}
