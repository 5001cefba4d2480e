import type { Box } from './box.ts'
import { type Contrast, shareOf } from './contrast.ts'
import type { GlyphLine } from './glyph-lines.ts'
import type { Glyph } from './glyphs.ts'
import type { Level } from './level.ts'
import type { Ink } from './line-image.ts'

/** A line of glyphs that may be text. */
export interface FoundLine {
  readonly level: Level
  /** In pixels of the whole picture. */
  readonly box: Box
  readonly letters: number
  readonly tone: 'bright' | 'dark'
  readonly ink: Ink
  /** All its ink is of one value that hardly occurs elsewhere in the picture. */
  readonly isDrawn: boolean
  /** The strongest ink of most glyphs is one value that hardly occurs elsewhere. */
  readonly hasOnePen: boolean
  /** Runs along columns. */
  readonly isTurned: boolean
}

/** Ink may vary by this part of its contrast and still be of one value, lossy compression included. */
const drawnSpread = 0.08
/** A value that more than this part of the picture has, beside the line, was not chosen for text. */
const mostShare = 0.02
/** Text is drawn with one pen; of anatomy in a row, each piece has its own brightness. */
const leastAgreeing = 0.6
const agreement = 0.15
const onePen = { leastGlyphs: 4, agreement: 0.03, leastAgreeing: 0.7 }

/** The line, if it may be text; what is weaker evidence needs more letters. */
export function judgeLine(
  level: Level,
  contrast: Contrast,
  { box, letters, glyphs }: GlyphLine,
  orientation: Pick<FoundLine, 'tone' | 'isTurned'>,
): FoundLine | undefined {
  const peaks = glyphs.map(({ peak }) => peak).sort((a, b) => a - b)
  const value = peaks[peaks.length >> 1]!
  const ink = { value, contrast: groundDistance(level, box, value, contrast.step) }
  const agreeing = (part: number) =>
    peaks.filter((peak) => Math.abs(peak - value) <= part * ink.contrast).length
  if (agreeing(agreement) < Math.max(3, leastAgreeing * peaks.length)) return undefined
  const inkArea = glyphs.reduce((sum, { area }) => sum + area, 0)
  const ownShare = inkArea / (level.columns * level.rows)
  const hasOnePen =
    peaks.length >= onePen.leastGlyphs &&
    agreeing(onePen.agreement) >= onePen.leastAgreeing * peaks.length &&
    shareOf(contrast, value, onePen.agreement * ink.contrast) <= mostShare + ownShare
  const spread = spreadOf(glyphs)
  const isDrawn =
    level.scale === 1 &&
    spread <= drawnSpread * ink.contrast &&
    shareOf(contrast, value, Math.max(spread, 1e-6)) <= mostShare + ownShare
  if (letters < (isDrawn && !orientation.isTurned ? 3 : 4)) return undefined
  const { scale } = level
  const [x0, y0, x1, y1] = box
  const whole: Box = [x0 * scale, y0 * scale, (x1 + 1) * scale - 1, (y1 + 1) * scale - 1]
  return { level, box: whole, letters, ink, isDrawn, hasOnePen, ...orientation }
}

/** Standard deviation of the ink's values. */
function spreadOf(glyphs: readonly Glyph[]): number {
  let area = 0
  let sum = 0
  for (const glyph of glyphs) {
    area += glyph.area
    sum += glyph.area * glyph.meanValue
  }
  const mean = sum / area
  let squares = 0
  for (const glyph of glyphs) {
    squares += glyph.area * (glyph.spread ** 2 + (glyph.meanValue - mean) ** 2)
  }
  return Math.sqrt(squares / area)
}

/** How far the ground lies from the ink: the lower quarter around the box, beyond soft edges. */
function groundDistance(
  { values, columns, rows }: Level,
  [x0, y0, x1, y1]: Box,
  ink: number,
  step: number,
): number {
  const distances: number[] = []
  const look = (x: number, y: number) => {
    if (x < 0 || y < 0 || x >= columns || y >= rows) return
    const distance = Math.abs(values[y * columns + x]! - ink)
    if (distance > step) distances.push(distance)
  }
  for (let x = x0; x <= x1; x++) {
    look(x, y0 - 2)
    look(x, y1 + 2)
  }
  for (let y = y0; y <= y1; y++) {
    look(x0 - 2, y)
    look(x1 + 2, y)
  }
  distances.sort((a, b) => a - b)
  return distances[distances.length >> 2] ?? step
}
