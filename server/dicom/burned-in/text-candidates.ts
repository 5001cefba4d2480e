import { type Box, boxArea, sharedArea, unionOf } from './box.ts'
import { type Contrast, contrastOf, shareOf } from './contrast.ts'
import { type GlyphLine, glyphLines } from './glyph-lines.ts'
import { type Glyph, glyphsOf, leastHeight } from './glyphs.ts'
import { fullLevel, halved, type Level } from './level.ts'
import { type Ink, lineImage } from './line-image.ts'
import type { Picture } from './picture.ts'
import { findStrokes } from './strokes.ts'
import type { InkImage } from './text-reader.ts'

/** A place that may hold a line of text. Its image identifies as the picture does. */
export interface TextCandidate {
  readonly box: Box
  /** Letters side by side, as counted from their shapes. */
  readonly letters: number
  /**
   * All its ink is of one value that hardly occurs elsewhere in the picture: drawn, not imaged.
   */
  readonly isDrawn: boolean
  /** As it would be read; two of them where the line runs up or down. */
  readonly images: readonly InkImage[]
}

/** Ink may vary by this part of its contrast and still be of one value, lossy compression included. */
const drawnSpread = 0.12
/** A value of more than this part of the picture is none that somebody chose for text. */
const mostShare = 0.02
const mostCandidates = 200

interface FoundLine {
  readonly level: Level
  readonly letters: number
  readonly box: Box
  readonly ink: Ink
  readonly isDrawn: boolean
  readonly isTurned: boolean
}

/**
 * Lines of text that a picture may hold: letters of 5 to 100 pixels, brighter or darker than their
 * surround by a fifth of the picture's contrast, along rows or columns. Meant to miss nothing that
 * a person could read, at 1 to 3 ms a slice; a reader decides.
 */
export function textCandidates(picture: Picture): TextCandidate[] {
  if (picture.columns < 8 || picture.rows < 8) return []
  let level = fullLevel(picture)
  const contrast = contrastOf(level.values)
  if (!contrast) return []
  const found: FoundLine[] = []
  for (const scale of [1, 2, 4]) {
    if (scale > 1) level = halved(level)
    if (level.columns >= 32 && level.rows >= 32) found.push(...linesAt(level, contrast))
  }
  return withoutRepeats(found).slice(0, mostCandidates).map(toCandidate)
}

function linesAt(level: Level, contrast: Contrast): FoundLine[] {
  const { values, columns, rows } = level
  const strokes = findStrokes(values, columns, rows, contrast.step)
  return (['bright', 'dark'] as const).flatMap((tone) => {
    const runs = strokes[tone]
    if (runs.isFull) return []
    const glyphs = glyphsOf(runs, values, columns, tone)
    const along = glyphLines(glyphs, 3)
    const down = glyphLines(glyphs.filter(isWideEnough).map(mirrored), 3).map(mirroredLine)
    return [
      ...along.flatMap((line) => judged(level, contrast, line, false)),
      ...down.flatMap((line) => judged(level, contrast, line, true)),
    ]
  })
}

/** Weak evidence needs more letters. */
function judged(level: Level, contrast: Contrast, line: GlyphLine, isTurned: boolean): FoundLine[] {
  const { value, spread } = inkOf(line.glyphs)
  const ink = { value, contrast: groundDistance(level, line, value, contrast.step) }
  const isOneValue = spread <= drawnSpread * ink.contrast
  const isDrawn = isOneValue && shareOf(contrast, value, Math.max(spread, 1e-6)) <= mostShare
  if (agreeingGlyphs(line.glyphs, ink.contrast) < leastAgreeing(line.glyphs.length)) return []
  if (line.letters < (isDrawn && !isTurned ? 3 : 4)) return []
  const [x0, y0, x1, y1] = line.box
  const { scale } = level
  const box: Box = [x0 * scale, y0 * scale, (x1 + 1) * scale - 1, (y1 + 1) * scale - 1]
  return [{ level, letters: line.letters, box, ink, isDrawn, isTurned }]
}

/** Glyphs whose strongest ink is as strong as that of most others. */
function agreeingGlyphs(glyphs: readonly Glyph[], contrast: number): number {
  const peaks = glyphs.map(({ peak }) => peak).sort((a, b) => a - b)
  const usual = peaks[peaks.length >> 1]!
  return peaks.filter((peak) => Math.abs(peak - usual) <= 0.15 * contrast).length
}

/** Text is drawn with one pen; of anatomy in a row, each piece has its own brightness. */
function leastAgreeing(glyphs: number): number {
  return Math.max(3, glyphs * 0.6)
}

function inkOf(glyphs: readonly Glyph[]): { value: number; spread: number } {
  let area = 0
  let sum = 0
  for (const glyph of glyphs) {
    area += glyph.area
    sum += glyph.area * glyph.meanValue
  }
  const value = sum / area
  let squares = 0
  for (const glyph of glyphs) {
    squares += glyph.area * (glyph.spread ** 2 + (glyph.meanValue - value) ** 2)
  }
  return { value, spread: Math.sqrt(squares / area) }
}

/** How far the ground's values lie from the ink's: the lower quarter of what is no ink. */
function groundDistance(level: Level, { box }: GlyphLine, ink: number, step: number): number {
  const [x0, y0, x1, y1] = box
  const distances: number[] = []
  const stride = Math.max(1, Math.floor(boxArea(box) / 400))
  const columns = x1 - x0 + 1
  for (let i = 0; i < boxArea(box); i += stride) {
    const value = level.values[(y0 + Math.floor(i / columns)) * level.columns + x0 + (i % columns)]!
    const distance = Math.abs(value - ink)
    if (distance > step) distances.push(distance)
  }
  distances.sort((a, b) => a - b)
  return distances[distances.length >> 2] ?? step
}

/**
 * The same text shows at two scales, whole in one and in pieces in the other, and its gaps show as
 * text of the other kind. Pieces of one line become one; what a drawn line covers is dropped.
 */
function withoutRepeats(lines: readonly FoundLine[]): FoundLine[] {
  const kept: FoundLine[] = []
  for (const line of [...lines].sort((a, b) => rank(b) - rank(a))) {
    const whole = kept.findIndex((other) => isPieceOf(line, other))
    if (whole >= 0) kept[whole] = { ...kept[whole]!, box: unionOf(kept[whole]!.box, line.box) }
    else if (coveredByDrawn(kept, line.box) <= 0.5) kept.push(line)
  }
  return kept
}

/** Drawn before found by chance, upright before turned, long before short. */
function rank({ isDrawn, isTurned, letters, box }: FoundLine): number {
  return (isDrawn ? 1e9 : 0) + (isTurned ? 0 : 1e8) + letters * 1e5 + Math.min(9e4, boxArea(box))
}

function isPieceOf(line: FoundLine, other: FoundLine): boolean {
  if (line.isTurned !== other.isTurned) return false
  const smaller = Math.min(boxArea(line.box), boxArea(other.box))
  if (sharedArea(line.box, other.box) < 0.5 * smaller) return false
  const height = Math.max(letterHeight(line), letterHeight(other))
  return letterHeight({ ...line, box: unionOf(line.box, other.box) }) <= 1.3 * height
}

function coveredByDrawn(kept: readonly FoundLine[], box: Box): number {
  const drawn = kept.filter((line) => line.isDrawn)
  return drawn.reduce((sum, line) => sum + sharedArea(line.box, box), 0) / boxArea(box)
}

function letterHeight({ box: [x0, y0, x1, y1], isTurned }: FoundLine): number {
  return isTurned ? x1 - x0 + 1 : y1 - y0 + 1
}

function toCandidate(line: FoundLine): TextCandidate {
  const { level, box, ink, letters, isDrawn, isTurned } = line
  const directions = isTurned ? (['up', 'down'] as const) : (['right'] as const)
  const height = letterHeight(line) / level.scale
  const boxAtLevel = box.map((at) => Math.floor(at / level.scale)) as [
    number,
    number,
    number,
    number,
  ]
  const images = directions.map((direction) => lineImage(level, boxAtLevel, height, ink, direction))
  return { box, letters, isDrawn, images }
}

/** As high as a letter has to be, once it is turned upright. */
function isWideEnough({ box: [x0, , x1] }: Glyph): boolean {
  return x1 - x0 + 1 >= leastHeight
}

function mirrored(glyph: Glyph): Glyph {
  const [x0, y0, x1, y1] = glyph.box
  return { ...glyph, box: [y0, x0, y1, x1] }
}

function mirroredLine(line: GlyphLine): GlyphLine {
  const [x0, y0, x1, y1] = line.box
  return { ...line, box: [y0, x0, y1, x1], glyphs: line.glyphs.map(mirrored) }
}
