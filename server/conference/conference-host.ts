import type { CaseFacts } from '../../shared/conference/case-facts.ts'
import { durableState } from '../../shared/conference/durable.ts'
import type { ConferenceEvent } from '../../shared/conference/event.ts'
import type { CommandAnswer } from '../../shared/conference/rejection.ts'
import type { Role } from '../../shared/conference/role.ts'
import type { ParticipantState } from '../../shared/conference/state.ts'
import type { AccessAction, AccessActor, AccessLog } from '../audit/access-log.ts'
import { Sightings } from '../audit/sightings.ts'
import { Conference, type ConferenceParts } from './conference.ts'
import type {
  ConferenceMedia,
  ConferenceRepository,
  EventLog,
  Hosting,
  MediaHost,
  MediaRooms,
} from './ports.ts'
import { RoomFinder } from './room-finder.ts'
import type { Seat } from './seats.ts'
import { stateHash } from './state-hash.ts'

export interface ConferenceHostParts {
  readonly log: EventLog
  readonly conferences: ConferenceRepository
  readonly accessLog: AccessLog
  readonly media: MediaRooms
  readonly hosting: Hosting
  /** What deciding needs to know of a case and its prior; undefined where there is no such case. */
  readonly factsOf: (caseId: string, priorCaseId?: string) => Promise<CaseFacts | undefined>
  readonly now: () => number
  readonly onAnswer: (answer: CommandAnswer) => void
  readonly onFailure: (
    what: 'log' | 'access-log' | 'room' | 'hosting',
    conferenceId: string,
    error: unknown,
  ) => void
}

const hostingLookMs = 1_000

/**
 * The conferences that this process hosts. A conference is in memory while its room is; asked for
 * its state without one, it is read from the log and let go.
 */
export class ConferenceHost {
  readonly #parts: ConferenceHostParts
  readonly #held = new Map<string, Conference>()
  readonly #releasing = new Map<string, Promise<void>>()
  readonly #rooms: RoomFinder
  readonly #looking: ReturnType<typeof setInterval>
  /** A prior is blended and nudged many times a second: who sees it is noted once. */
  readonly #sightings: Sightings

  constructor(parts: ConferenceHostParts) {
    this.#parts = parts
    this.#sightings = new Sightings(parts.accessLog, parts.now)
    this.#rooms = new RoomFinder(parts.hosting, {
      released: async (conferenceId) => this.#releasing.get(conferenceId),
      failed: (conferenceId, error) => parts.onFailure('hosting', conferenceId, error),
    })
    this.#looking = setInterval(() => void this.#letGoOfLost(), hostingLookMs).unref()
  }

  /** Takes a conference into memory for a room, after any earlier room of it has let go. */
  async hold(conferenceId: string): Promise<Conference> {
    await this.#releasing.get(conferenceId)
    const conference = await Conference.host(await this.#conferenceParts(conferenceId))
    this.#held.set(conferenceId, conference)
    if (conference.closed) await this.#close(conferenceId) // a crash came between log and register
    return conference
  }

  /** A room that could not be listed lets go late: what another has opened since stays. */
  async release(conference: Conference): Promise<void> {
    const { conferenceId } = conference.state
    if (this.#held.get(conferenceId) !== conference) return
    const released = this.#released(conference)
    this.#held.delete(conferenceId)
    this.#releasing.set(conferenceId, released)
    await released
    this.#releasing.delete(conferenceId)
  }

  /** Resolves when everything asked of every conference is in the log; nothing is looked at after. */
  async settled(): Promise<void> {
    clearInterval(this.#looking)
    await Promise.all([...this.#held.values()].map((conference) => conference.settled()))
  }

  /** Undefined of a conference that this process does not hold. */
  isClosed(conferenceId: string): boolean | undefined {
    return this.#held.get(conferenceId)?.closed
  }

  /** `{seq, hash, state}` of a conference, open or closed, whether anybody is in it or not. */
  async stateOf(conferenceId: string) {
    const held = this.#held.get(conferenceId)
    const state = held?.state ?? (await Conference.read(await this.#conferenceParts(conferenceId)))
    return { seq: state.seq, hash: stateHash(state), state: durableState(state) }
  }

  /** A seat for the Colyseus SDK, in the room that this conference has somewhere or gets here now. */
  reserve(conferenceId: string, seat: Seat): Promise<unknown> {
    return this.#rooms.reserve(conferenceId, seat)
  }

  /** Conferences and people in this process, for the metrics. */
  census(): { conferences: number; participants: Record<Role, number> } {
    const participants: Record<Role, number> = { attending: 0, resident: 0, observer: 0 }
    for (const held of this.#held.values()) {
      for (const { role } of held.state.participants.values()) participants[role as Role]++
    }
    return { conferences: this.#held.size, participants }
  }

  openMedia(conference: MediaHost): ConferenceMedia {
    return this.#parts.media.open(conference)
  }

  answered(answer: CommandAnswer): void {
    this.#parts.onAnswer(answer)
  }

  failed(conferenceId: string, error: unknown): void {
    this.#parts.onFailure('room', conferenceId, error)
  }

  came(conference: Conference, seat: Seat): void {
    this.#note('joined', conference.state.conferenceId, seat)
    this.#note('saw', conference.state.shownVolumeId, seat)
    this.#sawPrior(conference.state.prior.volumeId, [seat])
  }

  went(conference: Conference, seat: Seat): void {
    this.#note('left', conference.state.conferenceId, seat)
  }

  happened(
    conference: Conference,
    event: ConferenceEvent,
    present: readonly ParticipantState[],
  ): void {
    if (event.type === 'volumeShown') {
      for (const participant of present) this.#note('saw', event.volumeId, participant)
    }
    if (event.type === 'priorSet') this.#sawPrior(event.prior.volumeId, present)
    if (event.type === 'conferenceClosed') void this.#close(conference.state.conferenceId)
  }

  /** Another may host it from here on: all that was asked of it is in the log. */
  async #released(conference: Conference): Promise<void> {
    const { conferenceId } = conference.state
    await conference.settled()
    try {
      await this.#parts.hosting.release(conferenceId)
    } catch (error) {
      this.#parts.onFailure('hosting', conferenceId, error)
    }
  }

  /** While nobody can be asked, nobody takes anything over. */
  async #isOurs(conferenceId: string): Promise<boolean> {
    try {
      return (await this.#parts.hosting.lost([conferenceId])).length === 0
    } catch {
      return true
    }
  }

  /** Another process took this one for dead and hosts them: who sits here is sent there. */
  async #letGoOfLost(): Promise<void> {
    try {
      const lost = await this.#parts.hosting.lost([...this.#held.keys()])
      for (const conferenceId of lost) this.#held.get(conferenceId)?.supersede()
    } catch {
      // nobody can be asked, and who could not be asked took nothing over
    }
  }

  async #conferenceParts(conferenceId: string): Promise<ConferenceParts> {
    const record = await this.#parts.conferences.find(conferenceId)
    const facts = record && (await this.#parts.factsOf(record.caseId, record.priorCaseId))
    if (!facts) throw new Error(`conference ${conferenceId} has no case to show`)
    const { log, now, onFailure } = this.#parts
    return {
      conferenceId,
      facts,
      log,
      now,
      isOurs: () => this.#isOurs(conferenceId),
      onLogFailure: (error) => onFailure('log', conferenceId, error),
    }
  }

  async #close(conferenceId: string): Promise<void> {
    try {
      await this.#parts.conferences.markClosed(conferenceId, this.#parts.now())
    } catch (error) {
      this.#parts.onFailure('log', conferenceId, error)
    }
  }

  #sawPrior(volumeId: string, people: readonly Person[]): void {
    if (volumeId === '') return
    for (const person of people) {
      this.#sightings
        .record(actorOf(person), 'saw', volumeId)
        .catch((error) => this.#parts.onFailure('access-log', volumeId, error))
    }
  }

  #note(action: AccessAction, subjectId: string, person: Person): void {
    this.#parts.accessLog
      .record({ atMs: this.#parts.now(), action, subjectId, actor: actorOf(person) })
      .catch((error) => this.#parts.onFailure('access-log', subjectId, error))
  }
}

type Person = Pick<Seat, 'participantId' | 'displayName'>

const actorOf = ({ participantId, displayName }: Person): AccessActor => ({
  kind: 'participant',
  id: participantId,
  name: displayName,
})
