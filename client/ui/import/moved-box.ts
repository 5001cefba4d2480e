import type { PixelBox, QuarantinedSlice } from '../../../shared/case/quarantine.ts'

const stepPixels = 4
const directions: Record<string, readonly [x: number, y: number]> = {
  ArrowLeft: [-stepPixels, 0],
  ArrowRight: [stepPixels, 0],
  ArrowUp: [0, -stepPixels],
  ArrowDown: [0, stepPixels],
}

/** The frame after an arrow key; with Shift its lower right corner moves. Undefined for other keys. */
export function movedBox(
  [left, top, right, bottom]: PixelBox,
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
  { columns, rows }: Pick<QuarantinedSlice, 'columns' | 'rows'>,
): PixelBox | undefined {
  const direction = directions[key]
  if (!direction) return undefined
  const leastX = shiftKey ? left + 1 - right : -left
  const leastY = shiftKey ? top + 1 - bottom : -top
  const x = between(direction[0], leastX, columns - 1 - right)
  const y = between(direction[1], leastY, rows - 1 - bottom)
  return shiftKey ? [left, top, right + x, bottom + y] : [left + x, top + y, right + x, bottom + y]
}

const between = (value: number, least: number, most: number) =>
  Math.min(Math.max(value, Math.min(0, least)), Math.max(0, most))
