import type { Actor } from '../../identity/actor.ts'

const aDay = 'private, max-age=86400, immutable'
const aYear = 'private, max-age=31536000, immutable'

/**
 * Volumes never change, so a browser may keep them: that of a conference's guest for the day of the
 * conference, that of staff until they sign out.
 */
export function keepPictures({ kind }: Actor): string {
  return kind === 'participant' ? aDay : aYear
}
