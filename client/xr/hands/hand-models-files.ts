import genericHandLeft from '@webxr-input-profiles/assets/dist/profiles/generic-hand/left.glb?url'
import genericHandRight from '@webxr-input-profiles/assets/dist/profiles/generic-hand/right.glb?url'
import genericLeft from '@webxr-input-profiles/assets/dist/profiles/generic-trigger-squeeze-thumbstick/left.glb?url'
import genericRight from '@webxr-input-profiles/assets/dist/profiles/generic-trigger-squeeze-thumbstick/right.glb?url'
import touchPlusLeft from '@webxr-input-profiles/assets/dist/profiles/meta-quest-touch-plus/left.glb?url'
import touchPlusRight from '@webxr-input-profiles/assets/dist/profiles/meta-quest-touch-plus/right.glb?url'
import touchLeft from '@webxr-input-profiles/assets/dist/profiles/oculus-touch-v3/left.glb?url'
import touchRight from '@webxr-input-profiles/assets/dist/profiles/oculus-touch-v3/right.glb?url'
import picoLeft from '@webxr-input-profiles/assets/dist/profiles/pico-4/left.glb?url'
import picoRight from '@webxr-input-profiles/assets/dist/profiles/pico-4/right.glb?url'
import type { Side, XrHand } from './xr-hand.ts'

/** By XRInputSource.profiles: the build copies these few, and only these, beside its scripts. */
const controllers: Readonly<Record<string, Record<Side, string>>> = {
  'meta-quest-touch-plus': { left: touchPlusLeft, right: touchPlusRight },
  'oculus-touch-v3': { left: touchLeft, right: touchRight },
  'pico-4': { left: picoLeft, right: picoRight },
  'generic-trigger-squeeze-thumbstick': { left: genericLeft, right: genericRight },
}
const bareHand: Readonly<Record<Side, string>> = { left: genericHandLeft, right: genericHandRight }

/** Where the model of what this hand is, or holds, is fetched; undefined where there is none. */
export function modelUrl({
  kind,
  side,
  profiles,
}: Pick<XrHand, 'kind' | 'side' | 'profiles'>): string | undefined {
  if (kind === 'gaze') return undefined
  if (kind === 'hand') return bareHand[side]
  const known = profiles.find((profile) => profile in controllers)
  return known && controllers[known]?.[side]
}
