export const sessionMode = 'immersive-vr'

export interface SessionWishes {
  /** Bare hands: some browsers ask their owner for them. */
  readonly hands: boolean
}

/**
 * What a session is asked for (WebXR §4.2). Nothing is required, so that no device is shut out: the
 * floor has a stand-in (floor-space.ts), and hands are a matter of what is held.
 */
export function sessionInit({ hands }: SessionWishes = { hands: true }): XRSessionInit {
  return {
    requiredFeatures: [],
    optionalFeatures: ['local-floor', ...(hands ? ['hand-tracking'] : [])],
  }
}
