import { useEffect, useState, useSyncExternalStore } from 'react'
import type { ConferenceSession } from '../../conference/conference-session.ts'
import { createMedia } from '../../media/create-media.ts'
import type { MediaSession, MediaView } from '../../media/media-session.ts'

/** One for as long as the page is in the conference. */
export function useMedia(session: ConferenceSession): MediaSession {
  const [media] = useState(() => createMedia(session))
  useEffect(() => () => media.dispose(), [media])
  return media
}

/** A part of the media's state; drawn again only when that part changes. */
export function useMediaPart<T>(media: MediaSession, part: (view: MediaView) => T): T {
  return useSyncExternalStore(media.subscribe, () => part(media.getSnapshot()))
}
