import type { Role } from '../../shared/conference/role.ts'
import type { ConferenceState } from '../../shared/conference/state.ts'
import type { MediaNote } from '../../shared/protocol/media.ts'
import type { MediaHost } from './ports.ts'
import type { Seats } from './seats.ts'

/** What a note can be sent to. */
export interface MediaListener {
  readonly auth: { readonly participantId: string }
  send(type: 'media', note: MediaNote): void
}

/** A room as its media see it: who stands where, what of them is shown, how they are told. */
export function mediaHost(room: {
  state: ConferenceState
  seats: Seats
  /** Who is connected now. */
  listeners: () => Iterable<MediaListener>
  failed: (error: unknown) => void
}): MediaHost {
  const { state, seats, listeners, failed } = room
  return {
    standingOf: (participantId) => {
      const participant = seats.find(participantId)
      if (!participant) return undefined
      const presents = state.presenterId === participantId
      return { role: participant.role as Role, presents, muted: participant.muted }
    },
    onChange: (participantId, changed) => seats.find(participantId)?.assign(changed),
    tell: (note, participantId) => {
      for (const listener of listeners()) {
        if (participantId && listener.auth.participantId !== participantId) continue
        listener.send('media', note)
      }
    },
    failed,
  }
}
