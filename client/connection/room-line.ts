import { Client, type Room } from '@colyseus/sdk'
import { ConferenceState } from '../../shared/conference/state.ts'
import { CloseCode } from '../../shared/protocol/close-codes.ts'
import type { MediaNote } from '../../shared/protocol/media.ts'

/** What POST /api/conferences/join answers. */
export interface JoinAnswer {
  /** What the Colyseus SDK consumes. */
  readonly seat: unknown
  readonly participantId: string
  readonly role: 'attending' | 'resident' | 'observer'
  readonly token: string
}

export interface RoomLineEvents {
  onState(state: ConferenceState): void
  onPoses(frame: Uint8Array): void
  onHash(told: { seq: number; hash: string }): void
  onMediaNote(note: MediaNote): void
  onClose(code: number): void
}

const pingEveryMs = 4_000
/** Pings in a row without an answer, after which a line is dead; a sleeping tab sends none. */
const mostUnanswered = 2

/** One connection to the room, from a seat to its end; whoever wants another opens another. */
export class RoomLine {
  readonly #room: Room<unknown, ConferenceState>
  readonly #pinging: ReturnType<typeof setInterval>
  readonly #onClose: (code: number) => void
  #unanswered = 0
  #ended = false

  private constructor(room: Room<unknown, ConferenceState>, events: RoomLineEvents) {
    this.#room = room
    room.reconnection.enabled = false // coming back is joining again as the same participant
    this.#onClose = events.onClose
    room.onStateChange((state) => {
      if (!this.#ended) events.onState(state)
    })
    room.onMessage('poses', events.onPoses)
    room.onMessage('hash', events.onHash)
    room.onMessage('media', events.onMediaNote)
    room.onLeave.once((code) => this.#end(code))
    this.#pinging = setInterval(() => this.#watch(), pingEveryMs)
  }

  /** Rejects where the seat has expired or the server does not answer. */
  static async open(origin: string, seat: unknown, events: RoomLineEvents): Promise<RoomLine> {
    const client = new Client(origin)
    const room = await client.consumeSeatReservation(
      seat as Parameters<Client['consumeSeatReservation']>[0],
      ConferenceState as never,
    )
    return new RoomLine(room as unknown as Room<unknown, ConferenceState>, events)
  }

  get state(): ConferenceState {
    return this.#room.state
  }

  request<T>(type: string, payload: unknown): Promise<T> {
    return this.#room.request(type, payload) as Promise<T>
  }

  sendPose(sample: Uint8Array): void {
    if (this.#room.connection.isOpen) this.#room.sendBytes('pose', sample)
  }

  /** Ends it from here, at once: a line that carries nothing carries no farewell either. */
  abandon(code: CloseCode): void {
    this.#room.connection.close(code)
    this.#end(code)
  }

  async leave(): Promise<void> {
    this.#ended = true
    clearInterval(this.#pinging)
    if (this.#room.connection.isOpen) await this.#room.leave(true)
  }

  #end(code: number): void {
    if (this.#ended) return
    this.#ended = true
    clearInterval(this.#pinging)
    this.#onClose(code)
  }

  /** A black-holed socket says nothing for minutes: unanswered pings end it. */
  #watch(): void {
    if (this.#unanswered >= mostUnanswered) this.abandon(CloseCode.NoFrames)
    else {
      this.#unanswered++
      this.#room.ping(() => {
        this.#unanswered = 0
      })
    }
  }
}
