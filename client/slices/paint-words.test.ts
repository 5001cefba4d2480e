import { expect, it } from 'vitest'
import { noTurn } from '../../shared/geometry/quaternion.ts'
import type { PaintContext } from './paint-context.ts'
import { type CornerWords, paintWords } from './paint-words.ts'
import { paneAxes } from './pane-axes.ts'
import { PaneFrame, volumeBox, wholeBox } from './pane-frame.ts'

/** How far down each text of a pane is written. */
function written(width: number, corner?: CornerWords): Map<string, number> {
  const box = volumeBox({
    dims: [64, 64, 32],
    patientFromVoxel: [0.9, 0, 0, -28, 0, 0.9, 0, -28, 0, 0, 2, -31, 0, 0, 0, 1],
  })
  const frame = new PaneFrame({
    axes: paneAxes('coronal', noTurn),
    box,
    throughMm: box.centreMm,
    look: wholeBox,
    size: { width, height: 140 },
    turns: false,
  })
  const texts = new Map<string, number>()
  const nothing = () => undefined
  const context = {
    ...{
      beginPath: nothing,
      moveTo: nothing,
      lineTo: nothing,
      stroke: nothing,
      strokeText: nothing,
    },
    fillText: (text: string, _x: number, y: number) => texts.set(text, y),
  }
  paintWords(context as unknown as PaintContext, frame, corner)
  return texts
}

it('[CASE-5] the letters of the top and the bottom stand clear of the words in the corners', () => {
  const wide = written(320, { rightPx: 130, bottomPx: 38 })
  expect([wide.get('H'), wide.get('F')]).toEqual([12, 128])
  // the pane beside a prior's: the words reach the middle
  const narrow = written(160, { rightPx: 130, bottomPx: 38 })
  expect(narrow.get('H')).toBe(47)
  expect(narrow.get('F')).toBeLessThan((narrow.get('Not for diagnosis') ?? 0) - 11)
})
