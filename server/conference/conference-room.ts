import { type Client, Room, ServerError } from '@colyseus/core'
import type { ConferenceEvent } from '../../shared/conference/event.ts'
import { type CommandAnswer, reject } from '../../shared/conference/rejection.ts'
import type { ConferenceState, ParticipantState } from '../../shared/conference/state.ts'
import { CloseCode } from '../../shared/protocol/close-codes.ts'
import type { MediaAnswer } from '../../shared/protocol/media.ts'
import {
  Allowance,
  commandAllowance,
  mediaAllowance,
  poseAllowance,
  type Verdict,
} from './allowance.ts'
import type { Conference } from './conference.ts'
import { mediaHost } from './media-host.ts'
import type { ConferenceMedia, MediaHost } from './ports.ts'
import { type PoseListener, PoseRelay } from './pose-relay.ts'
import { type Seat, Seats } from './seats.ts'
import { stateHash } from './state-hash.ts'
import { StateSerializer } from './state-serializer.ts'

export interface RoomPorts {
  /** Takes the conference into this process; the room holds it until it is disposed. */
  hold(conferenceId: string): Promise<Conference>
  /** Resolves when all that was asked of it is in the log. */
  release(conference: Conference): Promise<void>
  openMedia(conference: MediaHost): ConferenceMedia
  answered(answer: CommandAnswer): void
  /** For the access log. */
  came(conference: Conference, seat: Seat): void
  went(conference: Conference, seat: Seat): void
  happened(conference: Conference, event: ConferenceEvent, by: readonly ParticipantState[]): void
  /** Something in a room threw that should not have; the other rooms go on. */
  failed(conferenceId: string, error: unknown): void
}

interface Connection {
  readonly commands: Allowance
  readonly media: Allowance
  readonly poses: Allowance
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
const leadRetryMs = 1_000
/** Past it a connection has stopped reading: it is cut, and may come back. */
const stalledBytes = 4 * 1024 * 1024
/** Close codes after which somebody may come back to their seat: away, no status, cut, our own. */
const mayComeBack = new Set<number | undefined>([
  1001,
  1005,
  1006,
  CloseCode.NoFrames,
  CloseCode.StateDiverged,
])

/** The Colyseus side of a conference: seats, bytes and clocks; no rule of the conference is here. */
export function conferenceRoom(ports: RoomPorts) {
  return class ConferenceRoom extends Room<{ state: ConferenceState; client: SeatedClient }> {
    override maxClients = 500
    override patchRate = 33
    #conference!: Conference
    #seats!: Seats
    #media!: ConferenceMedia
    readonly #relay = new PoseRelay()
    /** Lets go of what Colyseus keeps for somebody who is away: it counts among `maxClients`. */
    readonly #kept = new Map<string, () => void>()
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
      this.#media = ports.openMedia(
        mediaHost({
          state: this.state,
          seats: this.#seats,
          listeners: () => this.clients,
          failed: (error) => ports.failed(this.roomId, error),
        }),
      )
      this.onMessage('command', (client: SeatedClient, asked: unknown) =>
        this.#command(client, asked),
      )
      this.onMessage('media', (client: SeatedClient, asked: unknown) => this.#ask(client, asked))
      this.onMessageBytes('pose', (client: SeatedClient, bytes: Uint8Array) => {
        if (this.#mayPass(client, 'poses') !== 'go') return
        const participant = this.#seats.find(client.auth.participantId)
        if (participant) this.#relay.take(participant.poseIndex, this.#standing(client), bytes)
      })
      // an unknown type is no reason to lose a seat, but it counts
      this.onMessage('*', (client: SeatedClient) => void this.#mayPass(client, 'poses'))
      this.#stopListening = this.#conference.onEvent((event) => this.#happened(event))
      this.#conference.onSuperseded(() => void this.disconnect(CloseCode.HostedElsewhere))
      this.clock.setInterval(() => this.#tick(), tickMs)
      this.clock.setInterval(() => this.#tellHash(), hashEveryMs)
      this.clock.setInterval(() => this.#cutStalled(), 1_000)
    }

    /** Asked, from this process or another, by who was given no seat. */
    isFull(): boolean {
      return this.clients.length >= this.maxClients
    }

    override onJoin(client: SeatedClient): void {
      const seat = client.auth
      if (this.#conference.closed) throw new ServerError(CloseCode.ConferenceClosed, 'closed')
      const others = this.#othersAs(client)
      if (others.length > 0) this.#media.leave(seat.participantId)
      for (const other of others) this.#unseat(other)
      this.#seats.take(seat)
      this.#sit(client)
      this.#letGo(seat.participantId)
      ports.came(this.#conference, seat)
      this.#settleLead(seat)
    }

    override onDrop(client: SeatedClient, code?: number): void {
      if (!client.userData) return
      this.#relay.forget(client.userData.listener)
      if (this.#othersAs(client).length > 0 || !mayComeBack.has(code)) return
      this.#stopShowing(client)
      this.#seats.away(client.auth.participantId)
      const keeping = this.allowReconnection(client, seatKeptSeconds)
      this.#kept.set(client.auth.participantId, () => keeping.reject(false))
      keeping.then(
        () => undefined,
        () => undefined, // onLeave runs then, and says so
      )
    }

    override onReconnect(client: SeatedClient): void {
      if (this.#othersAs(client).length > 0) {
        this.#unseat(client)
        return
      }
      this.#kept.delete(client.auth.participantId)
      this.#seats.take(client.auth)
      this.#sit(client)
    }

    override onLeave(client: SeatedClient): void {
      if (!client.userData) return
      this.#relay.forget(client.userData.listener)
      if (this.#othersAs(client).length > 0) return
      this.#stopShowing(client)
      this.#media.leave(client.auth.participantId)
      this.#kept.delete(client.auth.participantId)
      this.#seats.leave(client.auth.participantId)
      ports.went(this.#conference, client.auth)
      this.#settleLead()
    }

    override async onDispose(): Promise<void> {
      this.#stopListening()
      if (!this.#conference) return // it could not be opened
      this.#media.close()
      await ports.release(this.#conference)
    }

    override onUncaughtException(error: unknown): void {
      ports.failed(this.roomId, error)
    }

    #letGo(participantId: string): void {
      this.#kept.get(participantId)?.()
      this.#kept.delete(participantId)
    }

    /** Other connections of the same participant: a page joined again before its old line ended. */
    #othersAs(client: SeatedClient): SeatedClient[] {
      const { participantId } = client.auth
      return this.clients.filter(
        (c) => c !== client && c.userData && c.auth.participantId === participantId,
      )
    }

    /** From now on, however long its line takes to end, and even where it does not listen. */
    #unseat(client: SeatedClient): void {
      if (client.userData) this.#relay.forget(client.userData.listener)
      client.userData = undefined
      client.leave(CloseCode.JoinedElsewhere)
    }

    #sit(client: SeatedClient): void {
      const nowMs = Date.now()
      const listener: PoseListener = {
        everyTicks: client.auth.role === 'observer' ? 2 : 1,
        bufferedBytes: () => client.ref.bufferedAmount,
        send: (frame) => client.sendBytes('poses', frame),
      }
      client.userData = {
        commands: new Allowance(commandAllowance, nowMs),
        media: new Allowance(mediaAllowance, nowMs),
        poses: new Allowance(poseAllowance, nowMs),
        listener,
      }
      this.#relay.welcome(listener)
    }

    #stopShowing(client: SeatedClient): void {
      const participant = this.#seats.find(client.auth.participantId)
      if (participant) this.#relay.drop(participant.poseIndex)
    }

    #standing({ auth }: SeatedClient) {
      return { role: auth.role, presents: this.state.presenterId === auth.participantId }
    }

    /**
     * The lead belongs to somebody who sits here or to nobody, and an attending who comes takes an
     * empty one. Looked at when its turn in the log comes: others may have changed it by then.
     */
    #settleLead(newcomer?: Seat): void {
      const settling = this.#conference.happen((ahead) => {
        if (this.#conference.closed) return undefined
        const led = ahead.presenterId !== '' && this.#seats.find(ahead.presenterId) !== undefined
        const heir = newcomer?.role === 'attending' && this.#seats.find(newcomer.participantId)
        const participantId = led ? ahead.presenterId : heir ? heir.participantId : ''
        if (participantId === ahead.presenterId) return undefined
        return { type: 'presenterChanged', participantId }
      })
      settling.catch((error) => {
        ports.failed(this.roomId, error)
        this.clock.setTimeout(() => this.#settleLead(newcomer), leadRetryMs)
      })
    }

    async #command(client: SeatedClient, asked: unknown): Promise<CommandAnswer> {
      if (this.#mayPass(client, 'commands') !== 'go') {
        ports.answered(tooMany)
        return tooMany
      }
      const { auth } = client
      const colour = this.#seats.find(auth.participantId)?.colour ?? 0
      const answer = await this.#conference.command(asked, { ...auth, colour })
      ports.answered(answer)
      return answer
    }

    #ask(client: SeatedClient, asked: unknown): MediaAnswer | Promise<MediaAnswer> {
      if (this.#mayPass(client, 'media') !== 'go') return tooManyRequests
      return this.#media.request(client.auth.participantId, asked)
    }

    #mayPass(client: SeatedClient, what: 'commands' | 'media' | 'poses'): Verdict {
      const verdict = client.userData?.[what].take(Date.now()) ?? 'refuse'
      if (verdict === 'flood') client.leave(CloseCode.Flooding)
      return verdict
    }

    #happened(event: ConferenceEvent): void {
      ports.happened(this.#conference, event, this.#seats.all())
      if (event.type === 'presenterChanged' && event.participantId !== '') {
        if (!this.#seats.find(event.participantId)) this.#settleLead() // left while it was decided
      }
      if (event.type === 'presenterChanged' || event.type === 'participantsMuted') {
        this.#media.review()
      }
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
        if (ref.bufferedAmount > stalledBytes) ref.terminate()
      }
    }
  }
}

const tooMany: CommandAnswer = {
  ok: false,
  ...reject('too-many-commands', 'Too many commands at once; wait a moment.').rejected,
}

const tooManyRequests: MediaAnswer = {
  ok: false,
  reason: 'too-many',
  message: 'Too many media requests at once; wait a moment.',
}
