import { type Client, Room, ServerError } from '@colyseus/core'
import type { ConferenceEvent } from '../../shared/conference/event.ts'
import { type CommandAnswer, reject } from '../../shared/conference/rejection.ts'
import type { ConferenceState, ParticipantState } from '../../shared/conference/state.ts'
import { CloseCode } from '../../shared/protocol/close-codes.ts'
import { CommandAllowance } from './command-allowance.ts'
import type { Conference } from './conference.ts'
import { type PoseListener, PoseRelay } from './pose-relay.ts'
import { type Seat, Seats } from './seats.ts'
import { stateHash } from './state-hash.ts'
import { StateSerializer } from './state-serializer.ts'

export interface RoomPorts {
  /** Takes the conference into this process; the room holds it until it is disposed. */
  hold(conferenceId: string): Promise<Conference>
  /** Resolves when all that was asked of it is in the log. */
  release(conference: Conference): Promise<void>
  answered(answer: CommandAnswer): void
  /** For the access log. */
  came(conference: Conference, seat: Seat): void
  went(conference: Conference, seat: Seat): void
  happened(conference: Conference, event: ConferenceEvent, by: readonly ParticipantState[]): void
}

interface Connection {
  readonly allowance: CommandAllowance
  readonly listener: PoseListener
}

type SeatedClient = Client & {
  auth: Seat
  /** Absent until somebody sits: a join may be refused. */
  userData: Connection | undefined
  /** The WebSocket below; Colyseus types it as an emitter only. */
  ref: { readonly bufferedAmount: number; terminate(): void }
}

const tickMs = 1000 / 30
const seatKeptSeconds = 30
const hashEveryMs = 5_000
/** Past it a connection has stopped reading: it is cut, and may come back. */
const maximumBufferedBytes = 4 * 1024 * 1024
/** Close codes after which somebody may come back to their seat: away, no status, cut, no frames. */
const mayComeBack = new Set<number | undefined>([1001, 1005, 1006, CloseCode.NoFrames])

/** The Colyseus side of a conference: seats, bytes and clocks; no rule of the conference is here. */
export function conferenceRoom(ports: RoomPorts) {
  return class ConferenceRoom extends Room<{ state: ConferenceState; client: SeatedClient }> {
    override maxClients = 500
    override patchRate = 33
    #conference!: Conference
    #seats!: Seats
    readonly #relay = new PoseRelay()
    #hashedSeq = 0
    #stopListening = () => {}

    /** Colyseus calls it with its own when the state is set. */
    override setSerializer(): void {
      super.setSerializer(new StateSerializer(() => this.clients))
    }

    override async onCreate({ conferenceId }: { conferenceId: string }): Promise<void> {
      this.roomId = conferenceId
      this.#conference = await ports.hold(conferenceId)
      this.state = this.#conference.state
      this.#seats = new Seats(this.state)

      this.onMessage('command', (client: SeatedClient, asked: unknown) =>
        this.#command(client, asked),
      )
      this.onMessageBytes('pose', (client: SeatedClient, bytes: Uint8Array) => {
        const participant = this.#seats.find(client.auth.participantId)
        if (participant) this.#relay.take(participant.poseIndex, this.#standing(client), bytes)
      })
      this.onMessage('*', () => undefined) // an unknown type is no reason to lose a seat
      this.#stopListening = this.#conference.onEvent((event) => this.#happened(event))
      this.clock.setInterval(() => this.#tick(), tickMs)
      this.clock.setInterval(() => this.#tellHash(), hashEveryMs)
      this.clock.setInterval(() => this.#cutStalled(), 1_000)
    }

    override async onJoin(client: SeatedClient): Promise<void> {
      const seat = client.auth
      if (this.#conference.closed) throw new ServerError(CloseCode.ConferenceClosed, 'closed')
      for (const other of this.clients) {
        if (other !== client && other.auth.participantId === seat.participantId) {
          other.leave(CloseCode.JoinedElsewhere)
        }
      }
      this.#seats.take(seat)
      this.#sit(client)
      ports.came(this.#conference, seat)
      if (seat.role === 'attending' && this.state.presenterId === '') {
        await this.#conference.happen({
          type: 'presenterChanged',
          participantId: seat.participantId,
        })
      }
    }

    override onDrop(client: SeatedClient, code?: number): void {
      if (client.userData) this.#relay.forget(client.userData.listener)
      if (!mayComeBack.has(code)) return
      this.#stopShowing(client)
      this.#seats.away(client.auth.participantId)
      this.allowReconnection(client, seatKeptSeconds).then(
        () => undefined,
        () => undefined, // onLeave runs then, and says so
      )
    }

    override onReconnect(client: SeatedClient): void {
      this.#seats.take(client.auth)
      this.#sit(client)
    }

    override async onLeave(client: SeatedClient): Promise<void> {
      if (!client.userData) return
      const { participantId } = client.auth
      this.#relay.forget(client.userData.listener)
      const elsewhere = this.clients.some((other) => other.auth.participantId === participantId)
      if (elsewhere) return
      this.#stopShowing(client)
      this.#seats.leave(participantId)
      ports.went(this.#conference, client.auth)
      if (this.state.presenterId === participantId && !this.#conference.closed) {
        await this.#conference.happen({ type: 'presenterChanged', participantId: '' })
      }
    }

    override async onDispose(): Promise<void> {
      this.#stopListening()
      await ports.release(this.#conference)
    }

    #sit(client: SeatedClient): void {
      const listener: PoseListener = {
        bufferedBytes: () => client.ref.bufferedAmount,
        send: (frame) => client.sendBytes('poses', frame),
      }
      client.userData = { allowance: new CommandAllowance(Date.now()), listener }
      this.#relay.welcome(listener)
    }

    #stopShowing(client: SeatedClient): void {
      const participant = this.#seats.find(client.auth.participantId)
      if (participant) this.#relay.drop(participant.poseIndex)
    }

    #standing({ auth }: SeatedClient) {
      return { role: auth.role, presents: this.state.presenterId === auth.participantId }
    }

    async #command(client: SeatedClient, asked: unknown): Promise<CommandAnswer> {
      const allowance = client.userData?.allowance.take(Date.now())
      if (allowance !== 'go') {
        if (allowance === 'flood') client.leave(CloseCode.Flooding)
        ports.answered(tooMany)
        return tooMany
      }
      const { auth } = client
      const colour = this.#seats.find(auth.participantId)?.colour ?? 0
      const answer = await this.#conference.command(asked, { ...auth, colour })
      ports.answered(answer)
      return answer
    }

    #happened(event: ConferenceEvent): void {
      ports.happened(this.#conference, event, this.#seats.all())
      if (event.type === 'conferenceClosed') {
        // after the patch and the answer to whoever closed it
        this.clock.setTimeout(() => void this.disconnect(CloseCode.ConferenceClosed), 200)
      }
    }

    #tick(): void {
      this.#relay.tick(this.clients.flatMap(({ userData }) => userData?.listener ?? []))
    }

    /** Each client compares it with its own state's hash at the same `seq`. */
    #tellHash(): void {
      if (this.state.seq === this.#hashedSeq || this.clients.length === 0) return
      this.#hashedSeq = this.state.seq
      const { seq } = this.state
      this.broadcast('hash', { seq, hash: stateHash(this.state) }, { afterNextPatch: true })
    }

    #cutStalled(): void {
      for (const { ref } of this.clients) {
        if (ref.bufferedAmount > maximumBufferedBytes) ref.terminate()
      }
    }
  }
}

const tooMany: CommandAnswer = {
  ok: false,
  ...reject('too-many-commands', 'Too many commands at once; wait a moment.').rejected,
}
