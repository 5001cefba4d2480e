import { type PaneLook, panned, zoomed } from './pane-frame.ts'
import type { SlicePane } from './slice-pane.ts'
import type { SliceAt } from './slice-space.ts'

const decidesPx = 10
const perSlicePx = 9

/**
 * Two fingers: apart or together they come nearer and shift, one's own look; side by side, up and
 * down, they go on by slices. What they do first decides.
 */
export class PaneTouch {
  readonly #pane: SlicePane
  readonly #from: Pair
  readonly #look: PaneLook
  #does: 'undecided' | 'zooms' | 'scrolls' = 'undecided'
  #scrolled = 0

  constructor(pane: SlicePane, fingers: readonly SliceAt[]) {
    this.#pane = pane
    this.#from = pairOf(fingers)
    this.#look = pane.look
  }

  move(fingers: readonly SliceAt[]): void {
    const now = pairOf(fingers)
    const apart = Math.abs(now.apart - this.#from.apart)
    const along = now.middle.y - this.#from.middle.y
    if (this.#does === 'undecided') {
      if (apart > decidesPx) this.#does = 'zooms'
      else if (Math.abs(along) > decidesPx) this.#does = 'scrolls'
    }
    if (this.#does === 'zooms') this.#zoom(now)
    if (this.#does === 'scrolls') this.#scroll(along)
  }

  end(): void {
    if (this.#does === 'scrolls') this.#pane.scroll(0, 'lasting')
  }

  #zoom(now: Pair): void {
    const { frame } = this.#pane
    if (!frame || this.#from.apart === 0) return
    const { middle } = this.#from
    const before = {
      mmPerPx: (frame.mmPerPx * this.#pane.look.zoom) / this.#look.zoom,
      size: frame.size,
    }
    const nearer = zoomed(this.#look, before, middle, now.apart / this.#from.apart)
    const mmPerPx = (before.mmPerPx * this.#look.zoom) / nearer.zoom
    const [dx, dy] = [now.middle.x - middle.x, now.middle.y - middle.y]
    this.#pane.setLook(panned(nearer, mmPerPx, dx, dy))
  }

  #scroll(alongPx: number): void {
    const slices = Math.trunc(alongPx / perSlicePx)
    if (slices === this.#scrolled) return
    this.#pane.scroll(slices - this.#scrolled)
    this.#scrolled = slices
  }
}

interface Pair {
  readonly middle: SliceAt
  readonly apart: number
}

function pairOf([a, b]: readonly SliceAt[]): Pair {
  const [one, other] = [a ?? { x: 0, y: 0 }, b ?? a ?? { x: 0, y: 0 }]
  return {
    middle: { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 },
    apart: Math.hypot(one.x - other.x, one.y - other.y),
  }
}
