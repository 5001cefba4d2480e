import type { MenuItem } from './menu-item.ts'
import type { PanelCell, PanelPage } from './panel-page.ts'

export const mostItems = 8
export const backId = ' back'
export const closeId = ' close'
export const moreId = ' more'

const columns = 2
const cellMm = { width: 76, height: 27 }
const gapMm = 3
const edgeMm = 6
const titleMm = 19
const squareMm = 17
const factsMm = 12

export interface MenuLevel {
  readonly title: string
  readonly items: readonly MenuItem[]
  readonly sub: boolean
  /** Whether it floats by itself and so can be put away. */
  readonly canClose: boolean
  /** Counted from 0, where there are more items than fit. */
  readonly leaf: number
  /** A quiet line below the items, which has its room also while it is empty. */
  readonly facts?: string
}

/**
 * A palm-sized page: letters of 1.2° and more at 45 cm, at most eight cells in two columns. Where there are
 * more items the last cell turns the leaf.
 */
export function menuPage({ title, items, sub, canClose, leaf, facts = '' }: MenuLevel): PanelPage {
  const shown = leafOf(items, leaf)
  const rows = Math.max(1, Math.ceil(shown.length / columns))
  const widthMm = 2 * edgeMm + columns * cellMm.width + (columns - 1) * gapMm
  const heightMm = 2 * edgeMm + titleMm + rows * cellMm.height + (rows - 1) * gapMm + factsMm
  const left = sub ? edgeMm + squareMm + gapMm : edgeMm + 3
  const right = canClose ? edgeMm + squareMm + gapMm : edgeMm
  const cells = shown.map((item, n) => cellOf(item, n))
  if (sub) cells.push(square(backId, '‹', edgeMm))
  if (canClose) cells.push(square(closeId, '×', widthMm - edgeMm - squareMm))
  return {
    widthMm,
    heightMm,
    textMm: 10.5,
    detailMm: 9.5,
    heading: {
      text: title,
      kind: 'title',
      xMm: left,
      yMm: edgeMm,
      widthMm: widthMm - left - right,
      heightMm: squareMm,
    },
    note: {
      text: facts,
      xMm: edgeMm + 3,
      yMm: heightMm - edgeMm - factsMm + gapMm,
      widthMm: widthMm - 2 * edgeMm - 6,
      heightMm: factsMm,
    },
    cells,
  }
}

/** How many leaves so many items need. */
export const leavesOf = (count: number): number =>
  count <= mostItems ? 1 : Math.ceil(count / (mostItems - 1))

function leafOf(items: readonly MenuItem[], leaf: number): readonly MenuItem[] {
  if (items.length <= mostItems) return items
  const each = mostItems - 1
  const leaves = leavesOf(items.length)
  const first = (leaf % leaves) * each
  const more = { id: moreId, label: 'More', detail: `${(leaf % leaves) + 1} of ${leaves}` }
  return [...items.slice(first, first + each), more]
}

function cellOf(item: MenuItem, n: number): PanelCell {
  const { id, label, detail, colour, pressed, disabled, children } = item
  return {
    id,
    label: children ? `${label} ›` : label,
    ...(detail && { detail }),
    ...(colour && { colour }),
    ...(pressed && { pressed }),
    ...(disabled && { disabled }),
    align: 'left',
    xMm: edgeMm + (n % columns) * (cellMm.width + gapMm),
    yMm: edgeMm + titleMm + Math.floor(n / columns) * (cellMm.height + gapMm),
    widthMm: cellMm.width,
    heightMm: cellMm.height,
  }
}

const square = (id: string, label: string, xMm: number): PanelCell => ({
  id,
  label,
  align: 'middle',
  xMm,
  yMm: edgeMm,
  widthMm: squareMm,
  heightMm: squareMm,
})
