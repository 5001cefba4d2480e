/** LOOK.md's tokens, for canvases that become textures. The room is always dark. */
export const panelColours = {
  ground: '#0b0d10',
  panel: '#14171c',
  raised: '#1c2027',
  hairline: '#2a303a',
  text: '#e6e9ee',
  quiet: '#9aa3b0',
  accent: '#4cc2ff',
  onAccent: '#06131c',
} as const

/** Height of Inter's capitals, as a part of the font's size. */
export const capHeightPart = 0.727

export type Weight = 500 | 600 | 700

export const fontOf = (weight: Weight, sizePx: number): string =>
  `${weight} ${sizePx}px "Inter Variable", system-ui, sans-serif`

/**
 * To be called after something was drawn in the page's font, which makes the browser fetch it:
 * `redraw` runs once it is there. A canvas takes the system's letters until then.
 */
export function onFontReady(redraw: () => void): void {
  if (!document.fonts.check(fontOf(600, 16))) void document.fonts.ready.then(redraw)
}

/** The text, shortened with an ellipsis where it is wider than so many pixels. */
export function fitted(
  context: Pick<CanvasRenderingContext2D, 'measureText'>,
  text: string,
  widthPx: number,
): string {
  if (context.measureText(text).width <= widthPx) return text
  const letters = [...text]
  while (letters.length > 1) {
    letters.pop()
    const short = `${letters.join('').trimEnd()}…`
    if (context.measureText(short).width <= widthPx) return short
  }
  return '…'
}

/** Lines no wider than so many pixels, at most so many; the last one is shortened. */
export function wrapped(
  context: Pick<CanvasRenderingContext2D, 'measureText'>,
  text: string,
  widthPx: number,
  mostLines: number,
): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word
    if (!line || context.measureText(longer).width <= widthPx || lines.length === mostLines - 1) {
      line = longer
    } else {
      lines.push(line)
      line = word
    }
  }
  return [...lines, line].map((each) => fitted(context, each, widthPx))
}
