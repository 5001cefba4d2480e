import type { ViewSource } from '../scene/stage.ts'

type Sharing =
  | { readonly state: 'none' }
  /** It could not be sent: it does not begin again by itself for the same need. */
  | { readonly state: 'refused' }
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
    return 'track' in this.#sharing ? this.#sharing.track : undefined
  }

  /** The picture there is to show, undefined once it is gone. */
  offer(source: ViewSource | undefined): void {
    if (source === this.#offered) return
    this.#offered = source
    this.end()
  }

  byHand(source: ViewSource): void {
    if ('track' in this.#sharing) this.#become({ ...this.#sharing, state: 'byHand' })
    else this.#begin('byHand', source)
  }

  /** Begins or ends what nobody pressed for; true where that begins something. */
  need(needed: boolean): boolean {
    const { state } = this.#sharing
    if (needed && state === 'none' && this.#offered) {
      this.#begin('needed', this.#offered)
      return true
    }
    if (!needed && state !== 'byHand') this.end()
    return false
  }

  refuse(): void {
    this.#become({ state: 'refused' })
  }

  end(): void {
    if (this.#sharing.state !== 'none') this.#become({ state: 'none' })
  }

  #begin(state: 'byHand' | 'needed', source: ViewSource): void {
    this.#become({ state, source, track: source.open() })
  }

  #become(sharing: Sharing): void {
    const before = this.#sharing
    this.#sharing = sharing
    if ('source' in before && !('source' in sharing)) before.source.close()
    this.#onChange()
  }
}
