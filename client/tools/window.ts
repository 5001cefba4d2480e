import type { Window } from '../../shared/conference/event.ts'
import { lasting } from './lasting.ts'
import type { Tool } from './tool.ts'

/** Of the present width for each pixel: as fast on a narrow window as on a wide one. */
const perPixel = 1 / 300
const narrowest = 1

/** Across widens or narrows the window, down raises its centre (darker), up lowers it (brighter). */
export const windowing: Tool = {
  id: 'window',
  drags: true,
  begin(space, from) {
    if (space.session.may('setWindow') !== 'yes') {
      space.notice('Only the person who leads can change the window.')
      return undefined
    }
    const before = space.shown().window
    const perPx = before.windowWidth * perPixel
    const rounded = (value: number) => Number(value.toFixed(digitsFor(perPx)))
    const at = ({ x, y }: { x: number; y: number }): Window => ({
      windowCenter: rounded(before.windowCenter + (y - from.y) * perPx),
      windowWidth: Math.max(narrowest, rounded(before.windowWidth + (x - from.x) * perPx)),
    })
    return {
      move: (to) => space.draft({ window: at(to) }),
      end: (to) => {
        const window = at(to)
        lasting(space, { window }, { type: 'setWindow', ...window })
      },
      cancel: () => space.draft(undefined),
    }
  },
}

/** Whole numbers where a pixel is worth one; as many decimals as keep it from rounding to nothing. */
function digitsFor(perPx: number): number {
  return Math.max(0, -Math.floor(Math.log10(perPx)))
}
