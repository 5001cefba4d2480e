import { fillPolygons } from './fill-polygons.ts'
import type { LabelSliceSource } from './label.ts'
import type { ContourSlice, PixelMeaning, PlacedFrame, SegmentSlice } from './label-slice-source.ts'
import { type FrameValues, readFrame } from './read-frame.ts'

/**
 * Lays one slice of a label over what `into` holds, rows × columns of the volume's slice, x fastest:
 * the greater value stays. Values are 0 and 1, or 0…255 of a fractional label. Meant for a worker.
 * Throws a DicomError.
 */
export async function decodeLabelSlice(source: LabelSliceSource, into: Uint8Array): Promise<void> {
  const slice = source as SegmentSlice | ContourSlice
  if (slice.kind === 'contours') {
    for (const plane of slice.planes) fillPolygons(plane, slice.columns, slice.rows, into)
    return
  }
  for (const frame of slice.frames) {
    const values = meant(await readFrame(frame.source), slice.meaning)
    layOver(values, frame, slice, into)
  }
}

/** Stored values to those of a label, in place where they fit. */
function meant(values: FrameValues, meaning: PixelMeaning): Uint8Array {
  const out = values instanceof Uint8Array ? values : new Uint8Array(values.length)
  if (meaning.kind === 'number') {
    const { segmentNumber } = meaning
    for (let n = 0; n < out.length; n++) out[n] = values[n] === segmentNumber ? 1 : 0
  } else if (meaning.kind === 'binary') {
    for (let n = 0; n < out.length; n++) out[n] = values[n] === 0 ? 0 : 1
  } else {
    const { maximum } = meaning
    for (let n = 0; n < out.length; n++) {
      out[n] = Math.min(255, Math.round((values[n]! * 255) / maximum))
    }
  }
  return out
}

/** Each pixel of the slice takes the frame's nearest one; beyond the frame there is nothing. */
function layOver(
  values: Uint8Array,
  { source, frameFromSlice: [a, b, c, d, e, f], distance }: PlacedFrame,
  { columns, rows }: SegmentSlice,
  into: Uint8Array,
): void {
  for (let j = 0; j < rows; j++) {
    const [from, to] = distance ? within(distance, j, columns) : [0, columns]
    for (let i = from; i < to; i++) {
      const column = Math.round(a * i + b * j + c)
      const row = Math.round(d * i + e * j + f)
      if (column < 0 || row < 0 || column >= source.columns || row >= source.rows) continue
      const value = values[row * source.columns + column]!
      const n = j * columns + i
      if (value > into[n]!) into[n] = value
    }
  }
}

/** The columns of row j, the last one not counted, that are nearer to the frame than to the next. */
function within(
  [g, h, c]: readonly [number, number, number],
  j: number,
  columns: number,
): readonly [from: number, to: number] {
  const here = h * j + c
  if (Math.abs(g) < 1e-9) return here >= -0.5 && here < 0.5 ? [0, columns] : [0, 0]
  const ends = [(-0.5 - here) / g, (0.5 - here) / g].toSorted((a, b) => a - b)
  const [from, to] = ends.map((end) => Math.min(columns, Math.max(0, Math.ceil(end))))
  return [from!, to!]
}
