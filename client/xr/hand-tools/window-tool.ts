import { windowAfter } from '../../tools/window-step.ts'
import type { AimingHand, HandTool } from './hand-tool.ts'
import { sidewaysOf } from './sideways.ts'

/** A hand's width of 30 cm is as much as 300 pixels of the page: the width of the present window. */
const pixelsPerM = 1000

/** To the right widens, up lowers the centre (brighter), as the page's drag does. */
export const windowing: HandTool = {
  id: 'window',
  name: 'Window',
  aims: false,
  begin(space, hand) {
    const { session } = space.host
    if (session.may('setWindow') !== 'yes') {
      space.refuse(hand, 'Only the person who leads can change the window.')
      return undefined
    }
    const before = space.host.shown().window
    const moved = sidewaysOf(hand)
    const windowAt = (now: AimingHand) => {
      const { rightM, upM } = moved(now)
      return windowAfter(before, rightM * pixelsPerM, -upM * pixelsPerM)
    }
    return {
      move: (now) => space.drafts.show({ window: windowAt(now) }),
      end: (now) => {
        const window = windowAt(now)
        space.drafts.last({ window }, { type: 'setWindow', ...window })
      },
      cancel: () => space.drafts.drop('window'),
    }
  },
}
