import { capHeightPart, fitted, fontOf, panelColours, type Weight } from './panel-look.ts'
import type { PanelCell, PanelHeading, PanelPage } from './panel-page.ts'
import { type Canvas2d, roundedBox } from './panel-picture.ts'

export const pixelsPerMm = 4

export type CellState = 'hovered' | 'held'

/** Draws a page on a canvas of `pixelsPerMm`. */
export function drawPage(
  context: Canvas2d,
  page: PanelPage,
  states: ReadonlyMap<string, CellState>,
): void {
  context.save()
  context.scale(pixelsPerMm, pixelsPerMm)
  const { widthMm: width, heightMm: height } = page
  roundedBox(context, { x: 0.5, y: 0.5, width: width - 1, height: height - 1 }, 7)
  context.fillStyle = panelColours.panel
  context.fill()
  context.lineWidth = 0.6
  context.strokeStyle = panelColours.hairline
  context.stroke()
  drawHeading(context, page.heading, page)
  if (page.note) drawNote(context, page.note, page)
  for (const cell of page.cells) drawCell(context, cell, page, states.get(cell.id))
  context.restore()
}

function drawHeading(context: Canvas2d, heading: PanelHeading, page: PanelPage): void {
  const { xMm: x, yMm: y, widthMm: width, heightMm: height, kind, text } = heading
  if (kind === 'field') {
    roundedBox(context, { x, y, width, height }, 3)
    context.fillStyle = panelColours.ground
    context.fill()
  }
  context.font = fontOf(600, page.textMm)
  context.fillStyle = panelColours.text
  const room = width - (kind === 'field' ? 8 : 0)
  const shown = kind === 'field' ? ending(context, text, room) : fitted(context, text, room)
  const base = y + (height + page.textMm * capHeightPart) / 2
  context.fillText(shown, x + (kind === 'field' ? 4 : 0), base)
}

function drawNote(
  context: Canvas2d,
  { xMm, yMm, widthMm, heightMm, text }: NonNullable<PanelPage['note']>,
  { detailMm }: PanelPage,
): void {
  context.font = fontOf(500, detailMm)
  context.fillStyle = panelColours.quiet
  const base = yMm + (heightMm + detailMm * capHeightPart) / 2
  context.fillText(fitted(context, text, widthMm), xMm, base)
}

/** What is being written is seen at its end. */
function ending(context: Canvas2d, text: string, width: number): string {
  const letters = [...text]
  let first = 0
  const shown = () => (first > 0 ? `…${letters.slice(first).join('')}` : text)
  while (first < letters.length && context.measureText(shown()).width > width) first++
  return shown()
}

function drawCell(
  context: Canvas2d,
  cell: PanelCell,
  page: PanelPage,
  state: CellState | undefined,
): void {
  const { xMm: x, yMm: y, widthMm: width, heightMm: height } = cell
  const box = { x, y, width, height }
  roundedBox(context, box, 4)
  context.fillStyle = ground(cell, state)
  context.fill()
  if (cell.pressed || state) {
    roundedBox(context, { x: x + 0.5, y: y + 0.5, width: width - 1, height: height - 1 }, 3.5)
    context.lineWidth = 1
    context.strokeStyle = cell.pressed ? panelColours.accent : panelColours.quiet
    context.stroke()
  }
  if (cell.colour) {
    roundedBox(context, { x: x + 2.5, y: y + 4, width: 3, height: height - 8 }, 1.5)
    context.fillStyle = cell.colour
    context.fill()
  }
  drawWords(context, cell, page, state)
}

function ground(cell: PanelCell, state: CellState | undefined): string {
  if (state === 'held') return panelColours.accent
  if (cell.disabled) return panelColours.panel
  return state === 'hovered' ? panelColours.hairline : panelColours.raised
}

function drawWords(
  context: Canvas2d,
  cell: PanelCell,
  { textMm, detailMm }: PanelPage,
  state: CellState | undefined,
): void {
  const { xMm, yMm, widthMm, heightMm, label, detail, align } = cell
  const inset = align === 'left' ? (cell.colour ? 9 : 5) : 2
  const room = widthMm - inset - (align === 'left' ? 3 : 2)
  const capMm = textMm * capHeightPart
  const gapMm = 4.5
  const wordsMm = detail ? capMm + gapMm + detailMm * capHeightPart : capMm
  const base = yMm + (heightMm - wordsMm) / 2 + capMm
  const write = (text: string, weight: Weight, sizeMm: number, y: number) => {
    setFont(context, text, { weight, sizeMm, leastMm: detailMm, room })
    const shown = fitted(context, text, room)
    const free = align === 'middle' ? (room - context.measureText(shown).width) / 2 : 0
    context.fillText(shown, xMm + inset + free, y)
  }
  context.fillStyle = cell.disabled ? panelColours.quiet : panelColours.text
  if (state === 'held') context.fillStyle = panelColours.onAccent
  write(label, 600, textMm, base)
  if (!detail) return
  context.fillStyle = state === 'held' ? panelColours.onAccent : panelColours.quiet
  write(detail, 500, detailMm, base + gapMm + detailMm * capHeightPart)
}

/** A little smaller, down to the least legible size, where the text is too long for its room. */
function setFont(
  context: Canvas2d,
  text: string,
  {
    weight,
    sizeMm,
    leastMm,
    room,
  }: { weight: Weight; sizeMm: number; leastMm: number; room: number },
): void {
  context.font = fontOf(weight, sizeMm)
  const wide = context.measureText(text).width / room
  if (wide > 1) context.font = fontOf(weight, Math.max(leastMm, sizeMm / wide))
}
