import type { Picture } from '../picture.ts'

export interface Lettering {
  readonly text: string
  /** Top left of the first letter, in pixels. */
  readonly x: number
  readonly y: number
  /** Height of a capital, in pixels. */
  readonly height: number
  readonly value: number
  /** Edges share their pixels with the ground, as a font renderer draws them. */
  readonly isSmooth?: boolean
  /** Clockwise; the top left corner stays that of the upright text's box. */
  readonly turn?: 0 | 90 | 270
}

/** Draws in a 5 × 7 alphabet of capitals and digits; values elsewhere stay. Returns the box of it. */
export function drawText(
  picture: Picture,
  { text, x, y, height, value, isSmooth = false, turn = 0 }: Lettering,
): [x0: number, y0: number, x1: number, y1: number] {
  const unit = height / 7
  const width = Math.ceil(text.length * 6 * unit)
  const tall = Math.ceil(height)
  for (let v = 0; v < tall; v++) {
    for (let u = 0; u < width; u++) {
      const ink = isSmooth ? coverage(text, u, v, unit) : coverage1(text, u + 0.5, v + 0.5, unit)
      if (ink === 0) continue
      const column = turn === 0 ? x + u : turn === 90 ? x + tall - 1 - v : x + v
      const row = turn === 0 ? y + v : turn === 90 ? y + u : y + width - 1 - u
      const at = row * picture.columns + column
      if (column >= picture.columns || row >= picture.rows) continue
      picture.values[at] = picture.values[at]! * (1 - ink) + value * ink
    }
  }
  return turn === 0 ? [x, y, x + width - 1, y + tall - 1] : [x, y, x + tall - 1, y + width - 1]
}

/** 0 to 1: how much of the pixel is ink, of 16 points in it. */
function coverage(text: string, u: number, v: number, unit: number): number {
  let inked = 0
  for (let i = 0; i < 16; i++) {
    inked += coverage1(text, u + ((i & 3) + 0.5) / 4, v + ((i >> 2) + 0.5) / 4, unit)
  }
  return inked / 16
}

function coverage1(text: string, u: number, v: number, unit: number): 0 | 1 {
  const column = Math.floor(u / unit)
  const rows = alphabet[text[Math.floor(column / 6)] ?? ' ']
  const bits = rows?.[Math.floor(v / unit)] ?? 0
  return column % 6 < 5 && (bits >> (4 - (column % 6))) & 1 ? 1 : 0
}

/** Seven rows of five bits each, the leftmost the highest. */
const alphabet: Record<string, readonly number[]> = {
  A: [14, 17, 17, 31, 17, 17, 17],
  B: [30, 17, 17, 30, 17, 17, 30],
  C: [14, 17, 16, 16, 16, 17, 14],
  D: [30, 17, 17, 17, 17, 17, 30],
  E: [31, 16, 16, 30, 16, 16, 31],
  F: [31, 16, 16, 30, 16, 16, 16],
  G: [14, 17, 16, 23, 17, 17, 15],
  H: [17, 17, 17, 31, 17, 17, 17],
  I: [14, 4, 4, 4, 4, 4, 14],
  J: [7, 2, 2, 2, 2, 18, 12],
  K: [17, 18, 20, 24, 20, 18, 17],
  L: [16, 16, 16, 16, 16, 16, 31],
  M: [17, 27, 21, 21, 17, 17, 17],
  N: [17, 25, 21, 19, 17, 17, 17],
  O: [14, 17, 17, 17, 17, 17, 14],
  P: [30, 17, 17, 30, 16, 16, 16],
  Q: [14, 17, 17, 17, 21, 18, 13],
  R: [30, 17, 17, 30, 20, 18, 17],
  S: [15, 16, 16, 14, 1, 1, 30],
  T: [31, 4, 4, 4, 4, 4, 4],
  U: [17, 17, 17, 17, 17, 17, 14],
  V: [17, 17, 17, 17, 17, 10, 4],
  W: [17, 17, 17, 21, 21, 27, 17],
  X: [17, 17, 10, 4, 10, 17, 17],
  Y: [17, 17, 10, 4, 4, 4, 4],
  Z: [31, 1, 2, 4, 8, 16, 31],
  '0': [14, 17, 19, 21, 25, 17, 14],
  '1': [4, 12, 4, 4, 4, 4, 14],
  '2': [14, 17, 1, 6, 8, 16, 31],
  '3': [31, 2, 4, 6, 1, 17, 14],
  '4': [2, 6, 10, 18, 31, 2, 2],
  '5': [31, 16, 30, 1, 1, 17, 14],
  '6': [6, 8, 16, 30, 17, 17, 14],
  '7': [31, 1, 2, 4, 8, 8, 8],
  '8': [14, 17, 17, 14, 17, 17, 14],
  '9': [14, 17, 17, 15, 1, 2, 12],
}
