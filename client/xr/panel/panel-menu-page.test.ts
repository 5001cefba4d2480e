import { describe, expect, it } from 'vitest'
import { backId, closeId, leavesOf, menuPage, moreId } from './panel-menu-page.ts'
import { cellAt, type PanelPage } from './panel-page.ts'

const items = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ id: `item ${n}`, label: `Item ${n}` }))
const page = (count: number, options: object = {}) =>
  menuPage({
    title: 'Tools',
    items: items(count),
    sub: false,
    canClose: false,
    leaf: 0,
    ...options,
  })
const ids = ({ cells }: PanelPage) => cells.map(({ id }) => id)

const degreesAt = (textMm: number, distanceMm: number) =>
  (2 * Math.atan(textMm / 2 / distanceMm) * 180) / Math.PI

describe('[XR-2] a level of the wrist menu', () => {
  it('is no larger than a hand, its letters 1.2° and more at 45 cm', () => {
    const { widthMm, heightMm, textMm, detailMm } = page(8)
    expect(widthMm).toBeLessThanOrEqual(180)
    expect(heightMm).toBeLessThanOrEqual(160)
    expect(degreesAt(textMm, 450)).toBeGreaterThan(1.2)
    expect(degreesAt(detailMm, 450)).toBeGreaterThan(1.2)
  })

  it('keeps its cells on the page, apart from each other, and large enough for a finger', () => {
    const whole = page(8, { sub: true, canClose: true })
    for (const [n, cell] of whole.cells.entries()) {
      expect(cell.xMm).toBeGreaterThan(0)
      expect(cell.yMm).toBeGreaterThan(0)
      expect(cell.xMm + cell.widthMm).toBeLessThan(whole.widthMm)
      expect(cell.yMm + cell.heightMm).toBeLessThan(whole.heightMm)
      expect(Math.min(cell.widthMm, cell.heightMm)).toBeGreaterThanOrEqual(16)
      const middle = cellAt(whole, cell.xMm + cell.widthMm / 2, cell.yMm + cell.heightMm / 2)
      expect(middle?.id).toBe(cell.id)
      for (const other of whole.cells.slice(n + 1)) {
        const apart =
          Math.abs(cell.xMm - other.xMm) >= Math.min(cell.widthMm, other.widthMm) + 2 ||
          Math.abs(cell.yMm - other.yMm) >= Math.min(cell.heightMm, other.heightMm) + 2
        expect(apart, `${cell.id} and ${other.id}`).toBe(true)
      }
    }
  })

  it('has a way back on a lower level, and a way out where it floats', () => {
    expect(ids(page(3))).toEqual(['item 0', 'item 1', 'item 2'])
    expect(ids(page(3, { sub: true }))).toContain(backId)
    expect(ids(page(3, { canClose: true }))).toContain(closeId)
  })

  it('thirty people are found on five leaves of seven, each of them once', () => {
    expect(leavesOf(30)).toBe(5)
    const seen = [0, 1, 2, 3, 4].flatMap((leaf) => {
      const shown = ids(page(30, { leaf }))
      expect(shown.length).toBeLessThanOrEqual(8)
      expect(shown.at(-1)).toBe(moreId)
      return shown.slice(0, -1)
    })
    expect(seen).toEqual(items(30).map(({ id }) => id))
    expect(ids(page(30, { leaf: 5 }))).toEqual(ids(page(30)))
  })

  it('what is disabled is seen and not pressed', () => {
    const disabled = menuPage({
      title: '',
      items: [{ id: 'undo', label: 'Undo', disabled: true }],
      sub: false,
      canClose: false,
      leaf: 0,
    })
    const [cell] = disabled.cells
    expect(cell && cellAt(disabled, cell.xMm + 5, cell.yMm + 5)).toBeUndefined()
  })
})
