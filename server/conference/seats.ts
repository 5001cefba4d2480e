import type { Role } from '../../shared/conference/role.ts'
import { type ConferenceState, ParticipantState } from '../../shared/conference/state.ts'
import { participantColours } from '../../shared/protocol/participant-colours.ts'

/** Who a seat was reserved for; what a connection carries as `client.auth`. */
export interface Seat {
  readonly participantId: string
  readonly displayName: string
  readonly role: Role
}

/** The participants of a conference, beside its durable state: who sits, who is away. */
export class Seats {
  readonly #participants: ConferenceState['participants']

  constructor(state: ConferenceState) {
    this.#participants = state.participants
  }

  find(participantId: string): ParticipantState | undefined {
    return this.#participants.get(participantId)
  }

  all(): ParticipantState[] {
    return [...this.#participants.values()]
  }

  /** Sits down; somebody who was here before keeps index and colour. */
  take({ participantId, displayName, role }: Seat): ParticipantState {
    const there = this.#participants.get(participantId)
    if (there) {
      there.presence = 'present'
      there.displayName = displayName
      return there
    }
    const poseIndex = this.#free((p) => p.poseIndex)
    const participant = new ParticipantState({
      participantId,
      displayName,
      role,
      poseIndex,
      colour: this.#free((p) => p.colour) % participantColours.length,
      presence: 'present',
      handRaised: false,
    })
    this.#participants.set(participantId, participant)
    return participant
  }

  away(participantId: string): void {
    const participant = this.#participants.get(participantId)
    if (participant) participant.presence = 'away'
  }

  leave(participantId: string): void {
    this.#participants.delete(participantId)
  }

  #free(of: (participant: ParticipantState) => number): number {
    const taken = new Set(this.all().map(of))
    let number = 0
    while (taken.has(number)) number++
    return number
  }
}
