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
    let reason: unknown
    while (Date.now() < deadlineMs) {
      try {
        const reserved = await this.#seatIn(await this.#room(conferenceId), seat)
        if (reserved) return reserved
      } catch (error) {
        reason = error
      }
      await delay(seatRetryMs)
    }
    this.#on.failed(conferenceId, reason)
    throw new ConferenceRefusedError(
      'not-reached',
      'The conference could not be reached. Try again in a moment.',
    )
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
    const elsewhere = await this.#hosting.claim(conferenceId)
    if (elsewhere) return elsewhere
    try {
      return await matchMaker.createRoom(roomName, { conferenceId })
    } catch (error) {
      await this.#hosting.release(conferenceId)
      throw error
    }
  }

  /** Undefined where the process that has the room turns out to be gone. */
  async #seatIn(room: HostingRoom, seat: Seat): Promise<unknown> {
    const reserving = matchMaker.reserveSeatFor(room as IRoomCache, {}, seat)
    if (room.processId === matchMaker.processId) return reserving
    const reserved = Promise.allSettled([reserving])
    if (!(await this.#hosting.stands(room))) return undefined
    await reserved
    return reserving
  }
}
