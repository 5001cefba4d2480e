import type { PixelDescription } from '../instance.ts'
import { DicomError } from '../problem.ts'
import type { PixelLocation } from '../slice-source.ts'

interface PixelBytes {
  readonly length: number | undefined
  readonly availableBytes: number
}

/**
 * Where each of several images of a file lies, one behind the other, from where the first does.
 * Throws `multi-frame` for compressed ones and `truncated` where the file ends before the last.
 */
export function nativeFrames(
  first: PixelLocation,
  frames: number,
  { rows, columns, bitsAllocated }: PixelDescription,
  { length, availableBytes }: PixelBytes,
): readonly PixelLocation[] {
  if (frames === 1) return [first]
  if (first.kind === 'encapsulated') {
    throw new DicomError('multi-frame', 'Several compressed images in one file are not imported.')
  }
  const frameBytes = (rows * columns * bitsAllocated) / 8
  const end = first.offset + frames * frameBytes
  if (end > availableBytes) throw new DicomError('truncated')
  if ((length ?? 0) < frames * frameBytes) throw new DicomError('bad-pixel-description')
  return Array.from({ length: frames }, (_, index) => ({
    ...first,
    offset: first.offset + index * frameBytes,
  }))
}
