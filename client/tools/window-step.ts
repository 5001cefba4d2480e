import type { Window } from '../../shared/conference/event.ts'

/** Of the present width for each pixel: as fast on a narrow window as on a wide one. */
const perPixel = 1 / 300
const narrowest = 1
/** What an arrow key, or one press in a headset's menu, moves. */
export const stepPx = 12

/**
 * The window after a drag of so many pixels: across widens or narrows it, down raises its centre
 * (darker), up lowers it (brighter).
 */
export function windowAfter({ windowCenter, windowWidth }: Window, dx: number, dy: number): Window {
  const perPx = windowWidth * perPixel
  const rounded = (value: number) => Number(value.toFixed(digitsFor(perPx)))
  return {
    windowCenter: rounded(windowCenter + dy * perPx),
    windowWidth: Math.max(narrowest, rounded(windowWidth + dx * perPx)),
  }
}

/** Whole numbers where a pixel is worth one; as many decimals as keep it from rounding to nothing. */
function digitsFor(perPx: number): number {
  return Math.max(0, -Math.floor(Math.log10(perPx)))
}
