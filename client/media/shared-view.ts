import type { ViewSource } from '../scene/stage.ts'

type Sharing =
  | { readonly state: 'none' }
  | {
      readonly state: 'byHand' | 'needed'
      readonly source: ViewSource
      readonly track: MediaStreamTrack
    }

/**
 * This page's picture as it is shown to the others: begun by a press, or by itself while somebody's
 * device cannot draw. What was begun by hand is ended by hand.
 */
export class SharedView {
  readonly #onChange: () => void
  #offered: ViewSource | undefined
  #sharing: Sharing = { state: 'none' }

  constructor(onChange: () => void) {
    this.#onChange = onChange
  }

  get track(): MediaStreamTrack | undefined {
    return this.#sharing.state === 'none' ? undefined : this.#sharing.track
  }

  get canShare(): boolean {
    return this.#offered !== undefined
  }

  /** The picture there is to show, undefined once it is gone. */
  offer(source: ViewSource | undefined): void {
    if (source === this.#offered) return
    this.#offered = source
    this.end()
  }

  byHand(source: ViewSource): void {
    if (this.#sharing.state === 'none') this.#begin('byHand', source)
    else this.#become({ ...this.#sharing, state: 'byHand' })
  }

  /** Begins or ends what nobody pressed for; true where that begins something. */
  need(needed: boolean): boolean {
    const { state } = this.#sharing
    if (needed && state === 'none' && this.#offered) {
      this.#begin('needed', this.#offered)
      return true
    }
    if (!needed && state === 'needed') this.end()
    return false
  }

  end(): void {
    if (this.#sharing.state === 'none') return
    this.#sharing.source.close()
    this.#become({ state: 'none' })
  }

  #begin(state: 'byHand' | 'needed', source: ViewSource): void {
    this.#become({ state, source, track: source.open() })
  }

  #become(sharing: Sharing): void {
    this.#sharing = sharing
    this.#onChange()
  }
}
