import { mayShareView } from '../../shared/conference/permissions.ts'
import type { ConferenceView, ParticipantView } from '../conference/conference-view.ts'

/** Who needs a view because their device cannot draw. */
export const whoNeeds = ({ participants }: ConferenceView): ParticipantView | undefined =>
  participants.find(({ needsView, away }) => needsView && !away)

export const whoShows = ({ participants }: ConferenceView): ParticipantView | undefined =>
  participants.find(({ viewProducerId }) => viewProducerId !== '')

/**
 * Whose page begins by itself where somebody needs a view and nobody shows one: the presenter's,
 * else the first attending's whose own device draws. Every page comes to the same answer.
 */
export function whoShouldShow(view: ConferenceView): ParticipantView | undefined {
  const able = view.participants.filter(
    (person) => !person.away && !person.needsView && mayShareView(person),
  )
  return able.find(({ presents }) => presents) ?? able[0]
}
