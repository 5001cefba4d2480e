import { type Box, unionOf } from './box.ts'
import type { Glyph } from './glyphs.ts'

/** Letters beside each other on one baseline. */
export interface GlyphLine {
  readonly box: Box
  /** Letters, where those that touch count for as many as their width holds. */
  readonly letters: number
  readonly glyphs: readonly Glyph[]
}

/** Of a letter's height: how far the next may be, and how much lower or higher it may stand. */
const widestGap = 1.6
const mostShift = 0.4

/** Lines of at least `leastLetters`, each glyph in one line at most; left to right. */
export function glyphLines(glyphs: readonly Glyph[], leastLetters: number): GlyphLine[] {
  const inOrder = [...glyphs].sort((a, b) => a.box[0] - b.box[0])
  const isTaken = new Uint8Array(inOrder.length)
  const lines: GlyphLine[] = []
  for (let first = 0; first < inOrder.length; first++) {
    if (isTaken[first]) continue
    const members = [first]
    let height = heightOf(inOrder[first]!)
    let end = inOrder[first]!.box[2]
    let last = inOrder[first]!
    for (let i = first + 1; i < inOrder.length; i++) {
      const next = inOrder[i]!
      if (next.box[0] > end + widestGap * height) break
      if (isTaken[i] || !continues(last, next, height)) continue
      members.push(i)
      end = Math.max(end, next.box[2])
      height = Math.max(height, heightOf(next))
      if (heightOf(next) * 2 > height) last = next
    }
    const line = lineOf(members.map((i) => inOrder[i]!))
    if (line.letters < leastLetters) continue
    for (const i of members) isTaken[i] = 1
    lines.push(line)
  }
  return lines
}

/** On the same baseline, or the same centre, and of a like height. */
function continues(last: Glyph, next: Glyph, lineHeight: number): boolean {
  const height = heightOf(next)
  if (height > lineHeight * 1.8 || height * 3 < lineHeight) return false
  const bottom = Math.abs(next.box[3] - last.box[3])
  const centre = Math.abs(next.box[1] + next.box[3] - last.box[1] - last.box[3]) / 2
  return Math.min(bottom, centre) <= mostShift * Math.max(lineHeight, height)
}

function lineOf(glyphs: readonly Glyph[]): GlyphLine {
  const box = glyphs.map((glyph) => glyph.box).reduce(unionOf)
  const heights = glyphs.map(heightOf).sort((a, b) => a - b)
  const letterHeight = heights[heights.length >> 1]!
  const letters = glyphs.reduce(
    (sum, { box: [x0, , x1] }) =>
      sum + Math.max(1, Math.round((x1 - x0 + 1) / (0.9 * letterHeight))),
    0,
  )
  return { box, letters, glyphs }
}

function heightOf({ box }: Glyph): number {
  return box[3] - box[1] + 1
}
