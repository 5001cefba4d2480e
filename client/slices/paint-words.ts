import { scale as scaled } from '../../shared/geometry/vector.ts'
import { font, ink, type PaintContext, rimmedText } from './paint-context.ts'
import type { PaneFrame } from './pane-frame.ts'
import { directionLetters } from './patient-words.ts'

const insetPx = 12
/** On either side of the middle, for a letter of the top or the bottom: three letters at most. */
const letterPx = 18
const noticePx = 92

/** What the page writes over a pane's top left corner, CSS pixels of the pane. */
export interface CornerWords {
  readonly rightPx: number
  readonly bottomPx: number
}

/** The letters of the pane's four sides. */
export function sideLetters({ axes }: Pick<PaneFrame, 'axes'>) {
  return {
    right: directionLetters(axes.right),
    left: directionLetters(scaled(axes.right, -1)),
    bottom: directionLetters(axes.down),
    top: directionLetters(scaled(axes.down, -1)),
  }
}

/** What stands on every slice: the letters, the scale bar, and that it is not for diagnosis. */
export function paintWords(context: PaintContext, frame: PaneFrame, corner?: CornerWords): void {
  const { width, height } = frame.size
  const letters = sideLetters(frame)
  context.font = font(13)
  context.textBaseline = 'middle'
  context.textAlign = 'center'
  // where words reach the middle, the letter stands clear of them
  const free = width / 2 - letterPx
  const top = corner && corner.rightPx > free ? corner.bottomPx + 9 : insetPx
  const bottom = height - (noticePx > free ? 2 * insetPx + 1 : insetPx)
  rimmedText(context, letters.top, width / 2, top, ink.text)
  rimmedText(context, letters.bottom, width / 2, bottom, ink.text)
  context.textAlign = 'left'
  rimmedText(context, letters.left, insetPx - 4, height / 2, ink.text)
  context.textAlign = 'right'
  rimmedText(context, letters.right, width - insetPx - 8, height / 2, ink.text)
  context.font = font(10, 500)
  context.textAlign = 'left'
  rimmedText(context, 'Not for diagnosis', 8, height - insetPx, ink.quiet)
  paintScaleBar(context, frame)
}

function paintScaleBar(context: PaintContext, { size, mmPerPx }: PaneFrame): void {
  const mm = scaleBarMm(mmPerPx, size.width / 4)
  const length = mm / mmPerPx
  const [x, y] = [size.width - insetPx - 8, size.height - insetPx]
  context.strokeStyle = ink.text
  context.lineWidth = 1.5
  context.beginPath()
  context.moveTo(x - length, y - 4)
  context.lineTo(x - length, y)
  context.lineTo(x, y)
  context.lineTo(x, y - 4)
  context.stroke()
  context.font = font(11, 500)
  context.textAlign = 'right'
  rimmedText(context, `${mm >= 1 ? mm : mm.toPrecision(1)} mm`, x, y - 11, ink.text)
}

/** The longest of 1, 2, 5, 10 … mm that is no longer than so many pixels. */
export function scaleBarMm(mmPerPx: number, mostPx: number): number {
  const mostMm = mmPerPx * mostPx
  const decade = 10 ** Math.floor(Math.log10(mostMm))
  return decade * ([5, 2].find((step) => step * decade <= mostMm) ?? 1)
}
