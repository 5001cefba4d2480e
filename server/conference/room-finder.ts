import { setTimeout as delay } from 'node:timers/promises'
import { type IRoomCache, matchMaker } from '@colyseus/core'
import { ConferenceRefusedError } from './conference-refused-error.ts'
import type { Hosting, HostingRoom } from './ports.ts'
import type { Seat } from './seats.ts'

const roomName = 'conference'
/** A room that is closing, here or elsewhere, is gone in a moment. */
const seatWithinMs = 8_000
const seatRetryMs = 50

interface Notices {
  /** Resolves when an earlier room of this conference has let go of it here. */
  released(conferenceId: string): Promise<void>
  failed(conferenceId: string, error: unknown): void
}

/** The way to a conference's room: the one it has, in whichever process, or one opened here. */
export class RoomFinder {
  readonly #hosting: Hosting
  readonly #finding = new Map<string, Promise<HostingRoom>>()
  readonly #on: Notices

  constructor(hosting: Hosting, on: Notices) {
    this.#hosting = hosting
    this.#on = on
  }

  /** A seat for the Colyseus SDK. Throws ConferenceRefusedError where no room can be reached. */
  async reserve(conferenceId: string, seat: Seat): Promise<unknown> {
    const deadlineMs = Date.now() + seatWithinMs
    let why: unknown
    while (Date.now() < deadlineMs) {
      const room = await this.#room(conferenceId)
      const asked = await this.#seatIn(room, seat)
      if ('given' in asked) return asked.given
      why = asked.why
      await delay(seatRetryMs)
    }
    throw this.#notReached(conferenceId, why)
  }

  /** Creating a room twice at once would make two: the second asker waits for the first. */
  async #room(conferenceId: string): Promise<HostingRoom> {
    const finding = this.#finding.get(conferenceId)
    if (finding) return finding
    if (matchMaker.getLocalRoomById(conferenceId)) {
      return { name: roomName, roomId: conferenceId, processId: matchMaker.processId }
    }
    const found = this.#findOrOpen(conferenceId)
    this.#finding.set(conferenceId, found)
    try {
      return await found
    } finally {
      this.#finding.delete(conferenceId)
    }
  }

  async #findOrOpen(conferenceId: string): Promise<HostingRoom> {
    await this.#on.released(conferenceId)
    const elsewhere = await this.#claim(conferenceId)
    if (elsewhere) return elsewhere
    try {
      return await matchMaker.createRoom(roomName, { conferenceId })
    } catch (error) {
      await this.#release(conferenceId)
      throw this.#notReached(conferenceId, error)
    }
  }

  async #release(conferenceId: string): Promise<void> {
    try {
      await this.#hosting.release(conferenceId)
    } catch (error) {
      this.#on.failed(conferenceId, error)
    }
  }

  async #claim(conferenceId: string): Promise<HostingRoom | undefined> {
    try {
      return await this.#hosting.claim(conferenceId)
    } catch (error) {
      throw this.#notReached(conferenceId, error)
    }
  }

  /** No seat where the room is closing, or the process that has it turns out to be gone. */
  async #seatIn(room: HostingRoom, seat: Seat): Promise<{ given: unknown } | { why: unknown }> {
    const asking = Promise.allSettled([matchMaker.reserveSeatFor(room as IRoomCache, {}, seat)])
    const isHere = room.processId === matchMaker.processId
    try {
      if (!isHere && !(await this.#hosting.stands(room))) return { why: processGone }
    } catch (why) {
      return { why }
    }
    const [answer] = await asking
    if (answer.status === 'fulfilled') return { given: answer.value }
    if (await this.#isFull(room)) throw full()
    return { why: answer.reason }
  }

  async #isFull({ roomId }: HostingRoom): Promise<boolean> {
    try {
      return (await matchMaker.remoteRoomCall(roomId, 'isFull' as never)) === true
    } catch {
      return false // it has closed
    }
  }

  #notReached(conferenceId: string, why: unknown): ConferenceRefusedError {
    this.#on.failed(conferenceId, why)
    return new ConferenceRefusedError(
      'not-reached',
      'The conference could not be reached. Try again in a moment.',
    )
  }
}

const processGone = new Error('the process that had the room is gone')

const full = () =>
  new ConferenceRefusedError('conference-full', 'The conference is full: nobody more can come in.')
