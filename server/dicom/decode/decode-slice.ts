import type { SliceSource } from '../slice-source.ts'
import { decodeImage } from './codecs.ts'
import { readNativeBytes, readPixelBytes } from './read-pixel-bytes.ts'
import { rescaleValues, type SliceValues, saturate } from './rescale-values.ts'

/**
 * Rescaled values of one slice, rows × columns, x fastest, in `into` or in an array of their own.
 * Meant for a worker: decoding takes up to 50 ms. Throws a DicomError, `pixel-decode-failed` or
 * `value-out-of-range`.
 */
export async function decodeSlice(
  source: SliceSource,
  into = valuesOf(source),
): Promise<SliceValues> {
  const { location } = source
  if (location.kind === 'native') return rescaleValues(readNativeBytes(source), source, into)
  const bytes = await readPixelBytes(source)
  if (location.kind === 'deflated') return rescaleValues(bytes, source, into)
  const decoded = await decodeImage(bytes, location.encoding, source)
  if (location.lossy) saturate(decoded, source)
  return rescaleValues(decoded, source, into)
}

function valuesOf({ rows, columns, dataType }: SliceSource): SliceValues {
  const length = rows * columns
  return dataType === 'int16' ? new Int16Array(length) : new Uint16Array(length)
}
