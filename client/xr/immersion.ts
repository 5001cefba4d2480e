import type { MediaSession } from '../media/media-session.ts'
import type { Immersion, ImmersionHost, ImmersionState } from '../scene/immersion.ts'
import type { Headset } from './headset.ts'
import { sessionMode } from './session-init.ts'

export interface ImmersionParts {
  readonly host: ImmersionHost
  readonly media: MediaSession
}

/** The way into a headset; what runs inside is fetched once a headset is there. */
export function createImmersion(parts: ImmersionParts): Immersion {
  return new HeadsetDoor(parts)
}

const inside = () => import('./headset.ts')

class HeadsetDoor implements Immersion {
  readonly #parts: ImmersionParts
  readonly #listeners = new Set<() => void>()
  readonly #gone = new AbortController()
  #state: ImmersionState = { state: 'looking' }
  #headset: Headset | undefined

  constructor(parts: ImmersionParts) {
    this.#parts = parts
    // absent where a page is not secure, and in browsers that know no headset
    const xr: XRSystem | undefined = navigator.xr
    if (!xr) {
      this.#tell({ state: 'unavailable', message: isSecureContext ? unknown : insecure })
      return
    }
    xr.addEventListener('devicechange', () => void this.#look(xr), { signal: this.#gone.signal })
    void this.#look(xr)
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  getState = (): ImmersionState => this.#state

  enter = async (): Promise<void> => {
    if (this.#state.state !== 'outside') return
    this.#tell({ state: 'entering' })
    try {
      // fetched already, so that this is still the press that browsers ask for
      const { enterHeadset } = await inside()
      const headset = await enterHeadset({ ...this.#parts, onEnd: () => this.#ended() })
      if (this.#gone.signal.aborted) return headset.dispose()
      this.#headset = headset
      this.#tell(headset.open ? { state: 'inside' } : { state: 'outside' })
    } catch (error) {
      const message = refusalWords(error)
      this.#tell({ state: 'outside', message })
      this.#parts.host.notice(message)
    }
  }

  leave = async (): Promise<void> => {
    await this.#headset?.leave()
  }

  dispose = (): void => {
    this.#gone.abort()
    this.#headset?.dispose()
    this.#headset = undefined
    this.#listeners.clear()
  }

  async #look(xr: XRSystem): Promise<void> {
    const there = await xr.isSessionSupported(sessionMode).catch(() => false) // the page may not ask
    const { state } = this.#state
    if (this.#gone.signal.aborted || state === 'entering' || state === 'inside') return
    if (!there) {
      this.#tell({ state: 'unavailable', message: absent })
      return
    }
    this.#tell({ state: 'outside' })
    void Promise.allSettled([inside()]) // whoever enters asks again
  }

  #ended(): void {
    if (!this.#headset) return
    this.#headset = undefined
    this.#tell({ state: 'outside' })
  }

  #tell(state: ImmersionState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}

const unknown = 'This browser knows no headset. Open the link in the headset’s own browser.'
const insecure =
  'A headset is offered to secure pages only: open the conference by its https address.'
const absent = 'No headset is connected. Connect one, or open the link in its own browser.'

/** What `requestSession` refuses with (WebXR §4.1), in words. */
function refusalWords(error: unknown): string {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') {
    return 'The browser was not allowed to open the headset. Press again and allow it.'
  }
  if (name === 'InvalidStateError') {
    return 'The headset is in use by another page. Leave it there and press again.'
  }
  if (name === 'NotSupportedError') return 'This headset cannot show the room. Use the page.'
  return 'The headset could not be opened. Put it on and press again.'
}
