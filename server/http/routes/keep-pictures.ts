import type { Actor } from '../../identity/actor.ts'

const notAtAll = 'no-store'
const aYear = 'private, max-age=31536000, immutable'

/**
 * Volumes never change, so a browser of staff may keep them until they sign out. In a conference the
 * page keeps them itself, within bounds, and clears them away: nothing of a guest's is to stay.
 */
export function keepPictures({ kind }: Actor): string {
  return kind === 'participant' ? notAtAll : aYear
}
