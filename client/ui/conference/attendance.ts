import { type Joined, joinByKey, type Key, pageOutdated } from '../../api/conferences.ts'
import { ApiError, wordsFor } from '../../api/http.ts'
import type { ConferenceSession } from '../../conference/conference-session.ts'
import { clearInvitation, clearSeat, keepSeat, type Seat, storedSeat } from './kept-seat.ts'

/** This page's part in a conference, from the lobby to the door. */
export type Attendance =
  | { readonly state: 'outside' }
  | { readonly state: 'joining' }
  | { readonly state: 'refused'; readonly message: string; readonly outdated: boolean }
  | {
      readonly state: 'inside'
      readonly session: ConferenceSession
      /** Reads this conference's case and volumes; a new one after every reconnection. */
      readonly token: () => string
      readonly joinedAtMs: number
    }
  | { readonly state: 'left'; readonly conferenceId: string }

/** Takes the seat; `rejoin` throws what `refusedForGood` made where there is no way back. */
export type Connect = (options: {
  origin: string
  joined: Joined
  displayName: string
  rejoin: () => Promise<Joined>
}) => Promise<ConferenceSession>

export interface AttendanceParts {
  readonly connect: Connect
  readonly refusedForGood: (message: string, remedy: 'reload' | 'none') => Promise<Error>
}

/** Statuses after which asking again is of no use: the link, the conference or the person is out. */
const final = [400, 401, 403, 404, 410]

export class AttendanceStore {
  readonly #parts: AttendanceParts
  readonly #listeners = new Set<() => void>()
  #attendance: Attendance = { state: 'outside' }

  constructor(parts: AttendanceParts) {
    this.#parts = parts
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  getSnapshot = (): Attendance => this.#attendance

  /** The id of the conference that was entered; undefined where it was refused, in words. */
  async enter(key: Key, displayName: string, rejoin?: string): Promise<string | undefined> {
    this.#become({ state: 'joining' })
    try {
      const joined = await joinByKey(key, displayName, rejoin)
      return await this.#sit({ key, displayName, token: joined.token, conferenceId: '' }, joined)
    } catch (error) {
      this.#become({ state: 'refused', message: wordsFor(error), outdated: isOutdated(error) })
      return undefined
    }
  }

  /** Comes back as the same participant after a reload; false where this tab was never in there. */
  resume(conferenceId: string): boolean {
    const seat = storedSeat()
    if (seat?.conferenceId !== conferenceId) return false
    void this.enter(seat.key, seat.displayName, seat.token)
    return true
  }

  async leave(): Promise<void> {
    if (this.#attendance.state !== 'inside') return
    const { session } = this.#attendance
    this.#become({ state: 'left', conferenceId: session.getSnapshot().conferenceId })
    await session.leave()
  }

  /** The conference is over or this person is done with it for good. */
  forget(): void {
    clearSeat()
    clearInvitation()
    this.#become({ state: 'outside' })
  }

  async #sit(seat: Seat, joined: Joined): Promise<string> {
    const { key, displayName } = seat
    let { token } = joined
    const keep = (conferenceId: string) => keepSeat({ key, displayName, token, conferenceId })
    const rejoin = async () => {
      try {
        const again = await joinByKey(key, displayName, token)
        token = again.token
        keep(session.getSnapshot().conferenceId)
        return again
      } catch (error) {
        if (isOutdated(error)) throw await this.#parts.refusedForGood(wordsFor(error), 'reload')
        if (!(error instanceof ApiError) || !final.includes(error.status)) throw error
        throw await this.#parts.refusedForGood(error.message, 'none')
      }
    }
    const { origin } = location
    const session = await this.#parts.connect({ origin, joined, displayName, rejoin })
    const conferenceId = await firstConferenceId(session)
    keep(conferenceId)
    clearInvitation() // the seat holds the key now, and goes with the person
    const joinedAtMs = Date.now()
    this.#become({ state: 'inside', session, token: () => token, joinedAtMs })
    return conferenceId
  }

  #become(attendance: Attendance): void {
    this.#attendance = attendance
    for (const listener of this.#listeners) listener()
  }
}

/** This page and the server are of different versions. */
const isOutdated = (error: unknown): boolean =>
  error instanceof ApiError && error.code === pageOutdated

/** The state follows the seat by a moment. */
function firstConferenceId(session: ConferenceSession): Promise<string> {
  return new Promise((resolve) => {
    const look = () => {
      const { conferenceId } = session.getSnapshot()
      if (!conferenceId) return false
      resolve(conferenceId)
      return true
    }
    if (look()) return
    const stop = session.subscribe(() => {
      if (look()) stop()
    })
  })
}
