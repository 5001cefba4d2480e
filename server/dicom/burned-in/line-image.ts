import { type Box, grown } from './box.ts'
import type { Level } from './level.ts'
import type { InkImage } from './text-reader.ts'

/** What a line is written in, and on. */
export interface Ink {
  readonly value: number
  /** Distance from the ink's value to that of the ground, positive. */
  readonly contrast: number
}

/** How a line runs; `up` reads from below to above. */
export type Direction = 'right' | 'up' | 'down'

/** Letters are enlarged to about this height, in pixels, the one that Tesseract reads best. */
const readableHeight = 26
const mostEnlarged = 4
const mostPixels = 1_000_000

/**
 * The line as black ink on white, running to the right: the nearer a value lies to the ink's, the
 * darker. With some of the surround, and enlarged where letters are small.
 */
export function lineImage(
  level: Level,
  box: Box,
  letterHeight: number,
  ink: Ink,
  direction: Direction,
): InkImage {
  const line = uprightLine(level, grown(box, Math.max(2, Math.round(letterHeight / 4)), level), {
    ink,
    direction,
  })
  const wanted = Math.min(mostEnlarged, Math.max(1, Math.round(readableHeight / letterHeight)))
  const most = Math.floor(Math.sqrt(mostPixels / (line.columns * line.rows)))
  return enlarged(line, Math.max(1, Math.min(wanted, most)))
}

function uprightLine(
  { values, columns: stride }: Level,
  [x0, y0, x1, y1]: Box,
  { ink, direction }: { ink: Ink; direction: Direction },
): InkImage {
  const isTurned = direction !== 'right'
  const columns = isTurned ? y1 - y0 + 1 : x1 - x0 + 1
  const rows = isTurned ? x1 - x0 + 1 : y1 - y0 + 1
  const first = { right: y0 * stride + x0, up: y1 * stride + x0, down: y0 * stride + x1 }[direction]
  const alongX = { right: 1, up: -stride, down: stride }[direction]
  const alongY = { right: stride, up: 1, down: -1 }[direction]
  const grey = new Uint8Array(columns * rows)
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const distance = Math.abs(values[first + x * alongX + y * alongY]! - ink.value)
      grey[y * columns + x] = Math.min(255, (255 * distance) / ink.contrast)
    }
  }
  return { columns, rows, values: grey }
}

/** By a whole factor, values in between linear. */
function enlarged({ columns, rows, values }: InkImage, factor: number): InkImage {
  if (factor === 1) return { columns, rows, values }
  const wide = columns * factor
  const large = new Uint8Array(wide * rows * factor)
  for (let y = 0; y < rows * factor; y++) {
    const fromY = Math.max(0, (y + 0.5) / factor - 0.5)
    const top = Math.floor(fromY)
    const bottom = Math.min(rows - 1, top + 1)
    const down = fromY - top
    for (let x = 0; x < wide; x++) {
      const fromX = Math.max(0, (x + 0.5) / factor - 0.5)
      const left = Math.floor(fromX)
      const right = Math.min(columns - 1, left + 1)
      const along = fromX - left
      const upper = mix(values[top * columns + left]!, values[top * columns + right]!, along)
      const lower = mix(values[bottom * columns + left]!, values[bottom * columns + right]!, along)
      large[y * wide + x] = mix(upper, lower, down)
    }
  }
  return { columns: wide, rows: rows * factor, values: large }
}

function mix(a: number, b: number, part: number): number {
  return a + (b - a) * part
}
