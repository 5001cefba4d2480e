import type { ImmersionState } from '../../scene/immersion.ts'
import type { MenuEntry } from './top-bar.tsx'
import type { Sharing } from './use-sharing.ts'

/** What the phone's dock has no room for, and why there is no button for a headset. */
export function moreEntries(now: {
  wide: boolean
  sharing: Sharing
  immersion: ImmersionState
}): MenuEntry[] {
  const { wide, sharing, immersion } = now
  const entries: MenuEntry[] = []
  if (!wide && sharing.may) {
    entries.push({
      id: 'share-view',
      testId: 'share-view',
      name: sharing.sharing ? 'End sharing your view' : 'Share your view',
      isDisabled: !sharing.ready,
      run: sharing.toggle,
    })
  }
  if (immersion.state === 'unavailable') {
    const nothing = () => undefined
    const name = `No headset: ${immersion.message}`
    entries.push({ id: 'headset', name, isDisabled: true, run: nothing })
  }
  return entries
}
