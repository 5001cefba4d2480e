import type { PaneSize } from '../../slices/pane-frame.ts'
import type { SliceAt } from '../../slices/slice-space.ts'

/**
 * The panel with a slice on it, in the slice's own pixels from its top left: the slice, a rail at
 * its right that scrolls, and a bar below that says what it is and is held by.
 */
export const slicePx: PaneSize = { width: 300, height: 300 }
export const railPx = 34
export const barPx = 40
export const sheetPx: PaneSize = {
  width: slicePx.width + railPx,
  height: slicePx.height + barPx,
}
/** Canvas pixels for each of them: as fine as a headset shows at arm's length. */
export const sheetRatio = 2.5
/** In the hand; letters of 13 px are 1.2° at arm's length. */
export const metresPerPx = 0.0012

export type SheetPart = 'slice' | 'rail' | 'bar'

export function partAt({ x, y }: SliceAt): SheetPart {
  if (y >= slicePx.height) return 'bar'
  return x >= slicePx.width ? 'rail' : 'slice'
}

const endPx = 14
const reachPx = slicePx.height - 2 * endPx

/** The slice that the rail shows at a height; onward is down. */
export function railIndex(y: number, count: number): number {
  const share = Math.min(1, Math.max(0, (y - endPx) / reachPx))
  return Math.round(share * (count - 1))
}

export const railHeight = (index: number, count: number): number =>
  endPx + (count > 1 ? index / (count - 1) : 0.5) * reachPx
