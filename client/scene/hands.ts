import type { PoseSample } from '../../shared/protocol/pose-sample.ts'
import type { Draft } from './shown-scene.ts'

/** Head and hands of whoever wears a headset. */
export type Body = Pick<PoseSample, 'head' | 'left' | 'right'>

/**
 * What this person shows just now: a drag that is not yet in the state, their laser, and their head
 * and hands while they wear a headset.
 */
export class Hands {
  readonly #show: (sample: PoseSample, changed: boolean) => void
  #draft: Draft = {}
  #laser: PoseSample['laser']
  #body: Body = {}

  /**
   * `show` is called with everything they show, whenever that changes; `changed` is false where it
   * changed for the others only: nobody sees their own head.
   */
  constructor(show: (sample: PoseSample, changed: boolean) => void) {
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

  /** Empty once the headset is off. */
  wear(body: Body): void {
    this.#body = body
    this.#tell(false)
  }

  #tell(changed = true): void {
    const laser = this.#laser && { laser: this.#laser }
    this.#show({ ...this.#body, ...this.#draft, ...laser }, changed)
  }
}
