import type { MediaSession } from '../../media/media-session.ts'
import type { Hold } from './use-shortcuts.ts'

const shortPressMs = 300

/** Held, one talks while it is held; a short press opens or closes the microphone. */
export const talkKey = (media: Pick<MediaSession, 'talk' | 'toggleMicrophone'>): Hold => ({
  press: () => media.talk(true),
  release: (heldMs) => {
    media.talk(false)
    if (heldMs < shortPressMs) media.toggleMicrophone()
  },
  cancel: () => media.talk(false),
})
