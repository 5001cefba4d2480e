import type { ConferenceSession } from '../conference/conference-session.ts'
import { ConferenceMedia } from './conference-media.ts'
import type { MediaSession } from './media-session.ts'

/** Whoever makes it disposes it. */
export const createMedia = (session: ConferenceSession): MediaSession =>
  new ConferenceMedia(session)
