import type { PoseSample } from '../../shared/protocol/pose-sample.ts'
import type { Draft } from './shown-scene.ts'

/** What this person's hands show just now: a drag that is not yet in the state, and their laser. */
export class Hands {
  readonly #show: (sample: PoseSample) => void
  #draft: Draft = {}
  #laser: PoseSample['laser']

  /** `show` is called with everything they show, whenever that changes. */
  constructor(show: (sample: PoseSample) => void) {
    this.#show = show
  }

  get drafted(): Draft {
    return this.#draft
  }

  get laser(): PoseSample['laser'] {
    return this.#laser
  }

  /**
   * Undefined ends the drag. With `settled` the draft stays until that has come, and no longer: a
   * newer draft is not ended by what an older one waited for.
   */
  draft(draft: Draft | undefined, settled?: Promise<unknown>): void {
    const mine = draft ?? {}
    this.#draft = mine
    this.#tell()
    void settled?.then(() => {
      if (this.#draft === mine) this.draft(undefined)
    })
  }

  point(laser: PoseSample['laser']): void {
    this.#laser = laser
    this.#tell()
  }

  #tell(): void {
    this.#show({ ...this.#draft, ...(this.#laser && { laser: this.#laser }) })
  }
}
