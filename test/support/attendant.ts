import { createHash } from 'node:crypto'
import { type ConnectionState, RoomConnection } from '../../client/connection/room-connection.ts'
import type { JoinAnswer } from '../../client/connection/room-line.ts'
import { canonicalState } from '../../shared/conference/durable.ts'
import type { CommandAnswer } from '../../shared/conference/rejection.ts'
import type { ConferenceState } from '../../shared/conference/state.ts'
import { joinByLink, type Way } from './join-by-link.ts'

/** Somebody in a conference by the page's own connection, without a page; comes back as a page does. */
export class Attendant {
  readonly states: ConnectionState[] = []
  readonly frames: Uint8Array[] = []
  readonly #way: Way
  #joined!: JoinAnswer
  #connection!: RoomConnection
  #sent = 0

  private constructor(way: Way) {
    this.#way = way
  }

  /** By a link, through whatever answers at `origin`. */
  static async join(origin: string, link: string, displayName: string): Promise<Attendant> {
    const invitation = new URL(link).hash.slice(1)
    const attendant = new Attendant({ origin, invitation, displayName })
    attendant.#joined = await joinByLink(attendant.#way)
    attendant.#connection = await RoomConnection.open(attendant.#joined.seat, {
      origin,
      rejoin: async () => {
        attendant.#joined = await joinByLink(attendant.#way, attendant.#joined.token)
        return attendant.#joined
      },
      events: {
        onState: () => undefined,
        onPoses: (frame) => attendant.frames.push(frame),
        onHash: () => undefined,
        onMediaNote: () => undefined,
        onConnection: (connection) => attendant.states.push(connection),
      },
    })
    return attendant
  }

  get participantId(): string {
    return this.#joined.participantId
  }

  get token(): string {
    return this.#joined.token
  }

  get connected(): boolean {
    return this.#connection.connection.state === 'connected'
  }

  get state(): ConferenceState | undefined {
    return this.#connection.state
  }

  get conferenceId(): string {
    return this.state?.conferenceId ?? ''
  }

  get hash(): string | undefined {
    const { state } = this
    return state && createHash('sha256').update(canonicalState(state)).digest('hex')
  }

  command(type: string, fields: object = {}, commandId?: string): Promise<CommandAnswer> {
    const id = commandId ?? `${this.participantId}-${this.#sent++}`
    return this.#connection.request('command', { commandId: id, type, ...fields })
  }

  show(sample: Uint8Array): void {
    this.#connection.sendPose(sample)
  }

  async leave(): Promise<void> {
    await this.#connection.leave()
  }
}
