import { type Box, grown } from './box.ts'
import type { Level } from './level.ts'
import type { InkImage } from './text-reader.ts'

/** What a line is written in, and on. */
export interface Ink {
  readonly value: number
  /** Distance from the ink's value to that of the ground, positive. */
  readonly contrast: number
}

/** Letters are enlarged to about this height, the one that Tesseract reads best. */
const readableHeight = 26
const mostEnlarged = 4
const mostPixels = 2_000_000

/**
 * The line as black ink on white: the nearer a value lies to the ink's, the darker. Enlarged, with
 * a white margin; a line that runs upwards is turned to the right by `isUpright` false.
 */
export function lineImage(
  level: Level,
  box: Box,
  letterHeight: number,
  ink: Ink,
  direction: 'right' | 'up' | 'down',
): InkImage {
  const area = grown(box, Math.max(2, Math.round(letterHeight / 4)), level)
  const read = turned(level, area, direction)
  const wanted = Math.min(mostEnlarged, Math.max(1, Math.round(readableHeight / letterHeight)))
  const factor = Math.max(
    1,
    Math.min(wanted, Math.floor(Math.sqrt(mostPixels / (read.columns * read.rows)))),
  )
  const columns = read.columns * factor
  const rows = read.rows * factor
  const values = new Uint8Array(columns * rows)
  for (let y = 0; y < rows; y++) {
    const fromY = Math.min(read.rows - 1, Math.max(0, (y + 0.5) / factor - 0.5))
    for (let x = 0; x < columns; x++) {
      const fromX = Math.min(read.columns - 1, Math.max(0, (x + 0.5) / factor - 0.5))
      values[y * columns + x] = Math.min(
        255,
        (255 * read.distance(fromX, fromY, ink)) / ink.contrast,
      )
    }
  }
  return { columns, rows, values }
}

function turned(level: Level, [x0, y0, x1, y1]: Box, direction: 'right' | 'up' | 'down') {
  const width = x1 - x0 + 1
  const height = y1 - y0 + 1
  const isTurned = direction !== 'right'
  const at = (x: number, y: number): number => {
    const column = direction === 'right' ? x0 + x : direction === 'up' ? x0 + y : x1 - y
    const row = direction === 'right' ? y0 + y : direction === 'up' ? y1 - x : y0 + x
    return level.values[row * level.columns + column]!
  }
  const columns = isTurned ? height : width
  const rows = isTurned ? width : height
  const distance = (x: number, y: number, ink: Ink): number => {
    const left = Math.floor(x)
    const top = Math.floor(y)
    const right = Math.min(columns - 1, left + 1)
    const bottom = Math.min(rows - 1, top + 1)
    const upper = mix(at(left, top), at(right, top), ink, x - left)
    const lower = mix(at(left, bottom), at(right, bottom), ink, x - left)
    return upper + (lower - upper) * (y - top)
  }
  return { columns, rows, distance }
}

/** Between two pixels' distances from the ink, neither counted as more than the ground's. */
function mix(a: number, b: number, { value, contrast }: Ink, part: number): number {
  const first = Math.min(contrast, Math.abs(a - value))
  const second = Math.min(contrast, Math.abs(b - value))
  return first + (second - first) * part
}
