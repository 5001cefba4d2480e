import type { Box } from './box.ts'
import { type Contrast, contrastOf } from './contrast.ts'
import { type FoundLine, judgeLine } from './found-line.ts'
import { glyphLines } from './glyph-lines.ts'
import { type Glyph, glyphsOf, leastHeight } from './glyphs.ts'
import { fullLevel, halved, type Level } from './level.ts'
import { withEnds } from './line-ends.ts'
import { lineImage } from './line-image.ts'
import type { Picture } from './picture.ts'
import { findStrokes } from './strokes.ts'
import type { InkImage } from './text-reader.ts'
import { letterHeight, wholeLines } from './whole-lines.ts'

/** A place that may hold a line of text. Its images identify as the picture does. */
export interface TextCandidate {
  readonly box: Box
  /** Letters side by side, as counted from their shapes. */
  readonly letters: number
  /** All its ink is of one value that hardly occurs elsewhere: drawn, not imaged. */
  readonly isDrawn: boolean
  /** The strongest ink of most letters is one value that hardly occurs elsewhere. */
  readonly hasOnePen: boolean
  /** As it would be read; two of them where the line runs up or down. */
  readonly images: readonly InkImage[]
}

const mostCandidates = 200
/** Of those that nothing but their shape speaks for: a picture of noise has hundreds. */
const mostByShape = 6

/**
 * Lines of text that a picture may hold: letters of 5 to 96 pixels, brighter or darker than their
 * surround by a fifth of the picture's contrast, along rows or columns. Meant to miss nothing that
 * a person could read, at a few milliseconds a slice; a reader decides.
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
  const lines = wholeLines(found.map(withEnds))
  const written = lines.filter(({ isDrawn, hasOnePen }) => isDrawn || hasOnePen)
  const byShape = lines.filter(({ isDrawn, hasOnePen }) => !isDrawn && !hasOnePen)
  return [...written.slice(0, mostCandidates), ...byShape.slice(0, mostByShape)].map(toCandidate)
}

function linesAt(level: Level, contrast: Contrast): FoundLine[] {
  const { values, columns, rows } = level
  const strokes = findStrokes(values, columns, rows, contrast.step)
  const tones = (['bright', 'dark'] as const).filter((tone) => !strokes[tone].isFull)
  return tones.flatMap((tone) => {
    const glyphs = glyphsOf(strokes[tone], values, columns, tone)
    const turned = glyphs.filter(isWideEnough).map(mirrored)
    const along = glyphLines(glyphs, 3)
    const down = glyphLines(turned, 3).map((line) => ({ ...line, box: mirroredBox(line.box) }))
    return [
      ...along.map((line) => judgeLine(level, contrast, line, { tone, isTurned: false })),
      ...down.map((line) => judgeLine(level, contrast, line, { tone, isTurned: true })),
    ].filter((line) => line !== undefined)
  })
}

function toCandidate(line: FoundLine): TextCandidate {
  const { level, box, ink, letters, isDrawn, hasOnePen, isTurned } = line
  const directions = isTurned ? (['up', 'down'] as const) : (['right'] as const)
  const [x0, y0, x1, y1] = box
  const { scale } = level
  const atLevel: Box = [
    Math.floor(x0 / scale),
    Math.floor(y0 / scale),
    Math.min(level.columns - 1, Math.floor(x1 / scale)),
    Math.min(level.rows - 1, Math.floor(y1 / scale)),
  ]
  const height = letterHeight(line) / scale
  const images = directions.map((direction) => lineImage(level, atLevel, height, ink, direction))
  return { box, letters, isDrawn, hasOnePen, images }
}

/** As high as a letter has to be, once it is turned upright. */
function isWideEnough({ box: [x0, , x1] }: Glyph): boolean {
  return x1 - x0 + 1 >= leastHeight
}

function mirrored(glyph: Glyph): Glyph {
  return { ...glyph, box: mirroredBox(glyph.box) }
}

function mirroredBox([x0, y0, x1, y1]: Box): Box {
  return [y0, x0, y1, x1]
}
