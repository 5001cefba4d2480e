import type { MediaSession } from '../media/media-session.ts'
import type { Immersion, ImmersionHost, ImmersionState } from '../scene/immersion.ts'

export interface ImmersionParts {
  readonly host: ImmersionHost
  readonly media: MediaSession
}

/** The way into a headset; what runs inside is fetched once a headset is there. */
export function createImmersion(_parts: ImmersionParts): Immersion {
  const state: ImmersionState = { state: 'unavailable', message: 'This browser knows no headset.' }
  return {
    subscribe: () => () => undefined,
    getState: () => state,
    enter: async () => undefined,
    leave: async () => undefined,
    dispose: () => undefined,
  }
}
