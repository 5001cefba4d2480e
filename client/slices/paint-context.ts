/** A page's canvas, or one that is nowhere on a page. */
export type PaintContext = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

export const font = (px: number, weight = 600): string =>
  `${weight} ${px}px "Inter Variable", Inter, system-ui, sans-serif`

/** LOOK's tokens on the dark ground that anatomy always has. */
export const ink = { ground: '#0b0d10', text: '#e6e9ee', quiet: '#9aa3b0' } as const

/** Words that can be read on any grey: with a dark rim. */
export function rimmedText(
  context: PaintContext,
  text: string,
  x: number,
  y: number,
  colour: string,
): void {
  context.lineJoin = 'round'
  context.lineWidth = 3
  context.strokeStyle = 'rgb(11 13 16 / 80%)'
  context.strokeText(text, x, y)
  context.fillStyle = colour
  context.fillText(text, x, y)
}
