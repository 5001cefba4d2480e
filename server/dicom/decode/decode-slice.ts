import type { SliceSource } from '../slice-source.ts'
import { decodeImage } from './codecs.ts'
import { readPixelBytes } from './read-pixel-bytes.ts'
import { rescaleValues, type SliceValues, saturate } from './rescale-values.ts'

/**
 * Rescaled values of one slice, rows × columns, x fastest, in a buffer of their own. Meant for a
 * worker: decoding takes 5 to 50 ms. Throws a DicomError, `pixel-decode-failed` or
 * `value-out-of-range`.
 */
export async function decodeSlice(source: SliceSource): Promise<SliceValues> {
  const { location } = source
  const bytes = await readPixelBytes(source)
  if (location.kind !== 'encapsulated') return rescaleValues(bytes, source)
  const decoded = await decodeImage(bytes, location.encoding, source)
  if (location.lossy) saturate(decoded, source)
  return rescaleValues(decoded, source)
}
