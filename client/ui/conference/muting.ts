import type { ConferenceSession } from '../../conference/conference-session.ts'
import type { ParticipantView } from '../../conference/conference-view.ts'

/** Others may be muted by an attending; opening a microphone is its owner's alone. */
export const mayMuteOthers = (session: ConferenceSession): boolean =>
  session.may('setMuted') === 'yes' && session.getSnapshot().me.role === 'attending'

/** What a person's microphone is, in words; nothing of who has none. */
export function microphoneWordsOf({ microphone, muted, speaking }: ParticipantView): string {
  if (microphone === 'none') return ''
  if (speaking) return 'speaks'
  if (muted) return 'muted'
  return microphone === 'open' ? 'microphone on' : 'microphone off'
}
