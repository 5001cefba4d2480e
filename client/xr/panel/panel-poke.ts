import { type OnPanel, within } from './panel-hit.ts'
import { cellAt, type PanelPage } from './panel-page.ts'

const nearM = 0.05
/** A finger that went through a panel is still on it so far behind. */
const throughM = 0.06
const withdrawnM = 0.012

export interface Poked {
  /** The finger is at the panel: what it does there belongs to the panel. */
  readonly near: boolean
  /** The cell before it. */
  readonly over: string | undefined
  /** The cell that was touched in this very frame. */
  readonly poked: string | undefined
}

const away: Poked = { near: false, over: undefined, poked: undefined }

/** A fingertip's touches: one each time it comes to the panel from its front, and has left before. */
export class Poke {
  #state: 'away' | 'before' | 'through' = 'away'

  /** The finger is gone, or there is no panel any more. */
  leave(): void {
    this.#state = 'away'
  }

  frame(tip: OnPanel | undefined, page: PanelPage): Poked {
    const at = tip && within(tip, page) && tip.beforeM > -throughM && tip.beforeM < nearM
    if (!tip || !at) {
      this.#state = 'away'
      return away
    }
    const over = cellAt(page, tip.xMm, tip.yMm)?.id
    if (tip.beforeM > 0) {
      if (this.#state !== 'through' || tip.beforeM > withdrawnM) this.#state = 'before'
      return { near: true, over, poked: undefined }
    }
    // whoever comes from behind, or from beside it, has pressed nothing
    if (this.#state !== 'before') return { near: this.#state === 'through', over, poked: undefined }
    this.#state = 'through'
    return { near: true, over, poked: over }
  }
}
