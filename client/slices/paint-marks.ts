import { font, type PaintContext, rimmedText } from './paint-context.ts'
import type { SliceAt } from './slice-space.ts'

/** A mark as it stands on a pane, CSS pixels. */
export interface PaintedMark {
  readonly colour: string
  readonly lines: readonly (readonly SliceAt[])[]
  /** Ends and places that are dots. */
  readonly dots: readonly SliceAt[]
  readonly words: string
  readonly wordsAt: SliceAt
  /** In front of or behind the plane. */
  readonly faint: boolean
}

const faintAlpha = 0.35

export function paintMarks(context: PaintContext, marks: readonly PaintedMark[]): void {
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  for (const { colour, lines, dots, words, wordsAt, faint } of marks) {
    context.globalAlpha = faint ? faintAlpha : 1
    context.lineJoin = 'round'
    for (const [width, stroke] of [
      [3.5, 'rgb(11 13 16 / 70%)'],
      [1.5, colour],
    ] as const) {
      context.lineWidth = width
      context.strokeStyle = stroke
      context.beginPath()
      for (const line of lines) {
        const [first, ...others] = line
        if (first) context.moveTo(first.x, first.y)
        for (const { x, y } of others) context.lineTo(x, y)
      }
      context.stroke()
    }
    context.fillStyle = colour
    for (const { x, y } of dots) {
      context.beginPath()
      context.arc(x, y, 3, 0, 2 * Math.PI)
      context.fill()
    }
    context.font = font(12, 500)
    if (words) rimmedText(context, words, wordsAt.x + 8, wordsAt.y, colour)
  }
  context.globalAlpha = 1
}
