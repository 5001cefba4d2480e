import type { PixelBox, SliceSource, StoredSlice } from '../slice-source.ts'
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
  if (source.kind === 'stored') return hidden(await decodeStored(source, into), source)
  const { before, after, fraction } = source
  const first = await decodeSlice(before)
  const second = await decodeSlice(after)
  const isWhole = source.dataType !== 'float32'
  for (let i = 0; i < into.length; i++) {
    const value = first[i]! + (second[i]! - first[i]!) * fraction
    into[i] = isWhole ? Math.round(value) : value
  }
  return into
}

async function decodeStored(source: StoredSlice, into: SliceValues): Promise<SliceValues> {
  const { location } = source
  if (location.kind === 'native') return rescaleValues(readNativeBytes(source), source, into)
  const bytes = await readPixelBytes(source)
  if (location.kind === 'deflated') return rescaleValues(bytes, source, into)
  const decoded = await decodeImage(bytes, location.encoding, source)
  if (location.lossy) saturate(decoded, source)
  return rescaleValues(decoded, source, into)
}

/** What is masked gets the least value of the slice: air, or what lies outside the scan. */
function hidden(values: SliceValues, { masks = [], columns, rows }: StoredSlice): SliceValues {
  if (masks.length === 0) return values
  let least = values[0]!
  for (const value of values) if (value < least) least = value
  for (const box of masks) hide(values, box, columns, rows, least)
  return values
}

function hide(
  values: SliceValues,
  [left, top, right, bottom]: PixelBox,
  columns: number,
  rows: number,
  value: number,
): void {
  for (let row = Math.max(0, top); row <= Math.min(rows - 1, bottom); row++) {
    const from = row * columns
    values.fill(value, from + Math.max(0, left), from + Math.min(columns - 1, right) + 1)
  }
}

function valuesOf({ rows, columns, dataType }: SliceSource): SliceValues {
  const length = rows * columns
  if (dataType === 'float32') return new Float32Array(length)
  return dataType === 'int16' ? new Int16Array(length) : new Uint16Array(length)
}
