import { boxArea, sharedArea, unionOf } from './box.ts'
import type { FoundLine } from './found-line.ts'

/**
 * The same text shows at two scales, whole in one and in pieces in the other, and its gaps show as
 * text of the other tone. Pieces of one line become one; what a drawn line covers is dropped.
 */
export function wholeLines(lines: readonly FoundLine[]): FoundLine[] {
  const kept: FoundLine[] = []
  for (const line of [...lines].sort((a, b) => rank(b) - rank(a))) {
    const whole = kept.findIndex((other) => isPieceOf(line, other))
    if (whole >= 0) kept[whole] = { ...kept[whole]!, box: unionOf(kept[whole]!.box, line.box) }
    else if (coveredByDrawn(kept, line) <= 0.5) kept.push(line)
  }
  return kept
}

/** In pixels of the picture. */
export function letterHeight({ box: [x0, y0, x1, y1], isTurned }: FoundLine): number {
  return isTurned ? x1 - x0 + 1 : y1 - y0 + 1
}

/** Drawn before found by chance, upright before turned, long before short. */
function rank({ isDrawn, isTurned, letters, box }: FoundLine): number {
  return (isDrawn ? 1e9 : 0) + (isTurned ? 0 : 1e8) + letters * 1e5 + Math.min(9e4, boxArea(box))
}

function isPieceOf(line: FoundLine, other: FoundLine): boolean {
  if (line.isTurned !== other.isTurned || line.tone !== other.tone) return false
  const smaller = Math.min(boxArea(line.box), boxArea(other.box))
  if (sharedArea(line.box, other.box) < 0.5 * smaller) return false
  const height = letterHeight({ ...line, box: unionOf(line.box, other.box) })
  return height <= 1.6 * Math.min(letterHeight(line), letterHeight(other))
}

/** By lines of letters as high: what is drawn in half the height is a piece of larger letters. */
function coveredByDrawn(kept: readonly FoundLine[], line: FoundLine): number {
  const covered = kept
    .filter((other) => other.isDrawn && letterHeight(other) >= 0.7 * letterHeight(line))
    .reduce((sum, other) => sum + sharedArea(other.box, line.box), 0)
  return covered / boxArea(line.box)
}
