import type { PlacedLabel } from './flat-labels.ts'

const sizePx = 13
/** Of the video's height at least: it is watched smaller than it was drawn. */
const leastPart = 1 / 30
const notForDiagnosis = 'Not for diagnosis'

/** LOOK.md's text, panel and quiet text. */
const text = '#e6e9ee'
const plate = 'rgba(20, 23, 28, 0.78)'
const quiet = '#9aa3b0'

/** The words that stand over the flat pane, as its video shows them. `scale`: pixels a CSS pixel. */
export function paintViewWords(
  context: CanvasRenderingContext2D,
  scale: number,
  labels: Iterable<PlacedLabel>,
): void {
  const letterPx = Math.max(sizePx * scale, context.canvas.height * leastPart)
  const padPx = letterPx / 3
  context.save()
  context.font = `600 ${letterPx}px "Inter Variable", Inter, sans-serif`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  for (const { label, x, y } of labels) {
    context.globalAlpha = label.opacity ?? 1
    const [atX, atY] = [x * scale, y * scale]
    if (label.kind !== 'orientation') {
      const width = context.measureText(label.text).width + 2 * padPx
      const height = letterPx + 2 * padPx
      context.fillStyle = plate
      context.fillRect(atX - width / 2, atY - height / 2, width, height)
    }
    context.fillStyle = label.kind === 'orientation' ? text : (label.colour ?? text)
    context.fillText(label.text, atX, atY)
  }
  context.globalAlpha = 1
  context.textAlign = 'left'
  context.fillStyle = quiet
  context.fillText(notForDiagnosis, 2 * padPx, letterPx + padPx)
  context.restore()
}
