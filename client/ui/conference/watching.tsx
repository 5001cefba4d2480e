import { useSyncExternalStore } from 'react'
import { mayShareView } from '../../../shared/conference/permissions.ts'
import type { ConferenceView, ParticipantView } from '../../conference/conference-view.ts'
import type { MediaSession } from '../../media/media-session.ts'
import { viewOfAway } from './attending-view.tsx'

/** Where this device cannot draw: why, and what is seen or waited for instead. */
export function Watching(props: { media: MediaSession; view: ConferenceView }) {
  const { media, view } = props
  const { needsView, view: shown } = useSyncExternalStore(media.subscribe, media.getSnapshot)
  if (needsView === undefined) return null
  const person = view.participants.find((p) => p.participantId === shown?.participantId)
  const someone = view.participants.find((p) => !p.isMe && !p.needsView && mayShareView(p))
  const waits = someone
    ? `You will see ${someone.displayName}’s view as soon as it comes.`
    : 'You will see the view of whoever leads once somebody leads whose device can draw it.'
  return (
    <div className="watching" data-shown={person !== undefined} role="alert">
      <p>{person ? shownWords(person) : waits}</p>
      <p className="quiet">This device cannot draw the volume. {needsView}</p>
    </div>
  )
}

const shownWords = ({ displayName, away }: ParticipantView): string =>
  away ? viewOfAway(displayName) : `You see ${displayName}’s view.`
