import type { PaintContext } from '../../slices/paint-context.ts'
import type { PaneStatus } from '../../slices/pane-status.ts'
import { fitted, fontOf, panelColours } from '../panel/panel-look.ts'
import {
  barPx,
  railHeight,
  railPx,
  type SheetPart,
  sheetPx,
  sheetRatio,
  slicePx,
} from './slice-sheet.ts'

const inset = 12

/** The rail and the bar around a slice; over what the slice's lines left there. */
export function drawSheet(
  context: PaintContext,
  {
    title,
    status,
    colour,
    lit,
  }: {
    title: string
    status: PaneStatus | undefined
    /** The plane's own. */
    colour: string
    lit: SheetPart | undefined
  },
): void {
  context.setTransform(sheetRatio, 0, 0, sheetRatio, 0, 0)
  context.globalAlpha = 1
  const { width, height } = slicePx
  const ground = (part: SheetPart) => (lit === part ? panelColours.hairline : panelColours.panel)
  context.fillStyle = ground('rail')
  context.fillRect(width, 0, railPx, height)
  context.fillStyle = ground('bar')
  context.fillRect(0, height, sheetPx.width, barPx)
  drawRail(context, status)
  context.textBaseline = 'middle'
  context.textAlign = 'left'
  context.font = fontOf(600, 14)
  context.fillStyle = colour
  context.fillText(title, inset, height + barPx / 2)
  const after = inset + context.measureText(`${title}  `).width
  context.font = fontOf(500, 14)
  context.fillStyle = panelColours.text
  const room = sheetPx.width - inset - after
  const words = status ? wordsOf(status) : 'No slices of this volume here'
  context.fillText(fitted(context, words, room), after, height + barPx / 2)
  context.lineWidth = 1
  context.strokeStyle = panelColours.hairline
  context.strokeRect(0.5, 0.5, sheetPx.width - 1, sheetPx.height - 1)
}

function drawRail(context: PaintContext, status: PaneStatus | undefined): void {
  const middle = slicePx.width + railPx / 2
  context.lineCap = 'round'
  context.lineWidth = 3
  context.strokeStyle = panelColours.hairline
  context.beginPath()
  context.moveTo(middle, railHeight(0, 2))
  context.lineTo(middle, railHeight(1, 2))
  context.stroke()
  if (!status) return
  context.fillStyle = panelColours.accent
  context.beginPath()
  context.arc(middle, railHeight(status.index, status.count), 8, 0, 2 * Math.PI)
  context.fill()
}

function wordsOf({ place, index, count, state, failure }: PaneStatus): string {
  const coming = {
    empty: 'none here',
    loading: 'loading',
    coarse: 'sharpening',
    sharp: '',
    failed: failure,
  }[state]
  return [place, `${index + 1} of ${count}`, coming].filter(Boolean).join(' · ')
}
