import { lasting } from './lasting.ts'
import type { Tool } from './tool.ts'
import { windowAfter } from './window-step.ts'

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
    const at = ({ x, y }: { x: number; y: number }) => windowAfter(before, x - from.x, y - from.y)
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
