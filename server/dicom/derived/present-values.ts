import type { FrameSource } from './label-slice-source.ts'
import { type FrameValues, readFrame } from './read-frame.ts'

/**
 * Which values other than 0 a frame holds. Reads the pixels, so that a segmentation that cannot be
 * decoded is refused as a whole and no slice is kept for a frame that is empty. Throws a DicomError.
 */
export async function presentValues(source: FrameSource): Promise<ReadonlySet<number>> {
  const values = await readFrame(source)
  return source.bitsAllocated === 1 ? anyBit(values) : different(values)
}

const none: ReadonlySet<number> = new Set()
const one: ReadonlySet<number> = new Set([1])

const anyBit = (values: FrameValues) => (values.indexOf(1) >= 0 ? one : none)

function different(values: FrameValues): ReadonlySet<number> {
  const seen = new Set<number>()
  let last = 0
  for (const value of values) {
    if (value === last) continue
    last = value
    if (value !== 0) seen.add(value)
  }
  return seen
}
