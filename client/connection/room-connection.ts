import type { ConferenceState } from '../../shared/conference/state.ts'
import { CloseCode, ending } from '../../shared/protocol/close-codes.ts'
import { nextRetryDelayMs } from './retry-policy.ts'
import { type JoinAnswer, RoomLine, type RoomLineEvents } from './room-line.ts'

/** What a person can do where a line has ended; `none`: the conference is over for them. */
export type Remedy = 'join-again' | 'reload' | 'none'

/** Joining again was refused for good: the link expired, the conference was closed. */
export class RejoinRefusedError extends Error {
  override readonly name = 'RejoinRefusedError'
  /** `reload`: the server has become newer than the page. */
  readonly remedy: Exclude<Remedy, 'join-again'>

  constructor(message: string, remedy: Exclude<Remedy, 'join-again'> = 'none') {
    super(message)
    this.remedy = remedy
  }
}

export type ConnectionState =
  | { readonly state: 'connected' }
  | { readonly state: 'reconnecting'; readonly sinceMs: number }
  | { readonly state: 'ended'; readonly message: string; readonly remedy: Remedy }

export interface ConnectionEvents extends Omit<RoomLineEvents, 'onClose'> {
  onConnection(connection: ConnectionState): void
}

export interface ConnectionParts {
  readonly origin: string
  /** A new seat for the same participant. Throws RejoinRefusedError where there is none any more. */
  readonly rejoin: () => Promise<JoinAnswer>
  readonly events: ConnectionEvents
}

/** A participant's way to the room, over as many connections as it takes. */
export class RoomConnection {
  readonly #parts: ConnectionParts
  #line: RoomLine | undefined
  #connection: ConnectionState = { state: 'reconnecting', sinceMs: Date.now() }
  #retry: ReturnType<typeof setTimeout> | undefined
  #left = false

  private constructor(parts: ConnectionParts) {
    this.#parts = parts
  }

  static async open(seat: unknown, parts: ConnectionParts): Promise<RoomConnection> {
    const connection = new RoomConnection(parts)
    await connection.#connect(seat)
    globalThis.addEventListener?.('online', connection.#tryNow)
    return connection
  }

  get connection(): ConnectionState {
    return this.#connection
  }

  get state(): ConferenceState | undefined {
    return this.#line?.state
  }

  /** Rejects where the line is down or goes down before the answer. */
  request<T>(type: string, payload: unknown): Promise<T> {
    if (!this.#line) return Promise.reject(new Error('the line is down'))
    return this.#line.request<T>(type, payload)
  }

  sendPose(sample: Uint8Array): void {
    this.#line?.sendPose(sample)
  }

  /** This page's copy of the state is not the server's: a whole new one is fetched. */
  renew(): void {
    this.#line?.abandon(CloseCode.StateDiverged)
  }

  async leave(): Promise<void> {
    this.#left = true
    clearTimeout(this.#retry)
    globalThis.removeEventListener?.('online', this.#tryNow)
    await this.#line?.leave()
  }

  async #connect(seat: unknown): Promise<void> {
    const { origin, events } = this.#parts
    const line: RoomLine = await RoomLine.open(origin, seat, {
      ...events,
      onClose: (code) => {
        if (this.#line === line) this.#lost(code)
      },
    })
    if (this.#left) {
      await line.leave()
      return
    }
    this.#line = line
    this.#say({ state: 'connected' })
  }

  #lost(code: number): void {
    this.#line = undefined
    if (this.#left) return
    const sinceMs = Date.now()
    if (nextRetryDelayMs({ code, attempt: 0, sinceLossMs: 0 }) === null) this.#end(code)
    else {
      this.#say({ state: 'reconnecting', sinceMs })
      this.#schedule({ code, attempt: 0, sinceMs })
    }
  }

  #schedule(loss: { code: number; attempt: number; sinceMs: number }): void {
    const delayMs = nextRetryDelayMs({ ...loss, sinceLossMs: Date.now() - loss.sinceMs })
    if (delayMs === null) this.#end(loss.code)
    else this.#retry = setTimeout(() => void this.#comeBack(loss), delayMs)
  }

  async #comeBack(loss: { code: number; attempt: number; sinceMs: number }): Promise<void> {
    this.#retry = undefined
    try {
      const { seat } = await this.#parts.rejoin()
      if (!this.#left) await this.#connect(seat)
    } catch (error) {
      if (error instanceof RejoinRefusedError) {
        this.#say({ state: 'ended', message: error.message, remedy: error.remedy })
      } else if (!this.#left) this.#schedule({ ...loss, attempt: loss.attempt + 1 })
    }
  }

  #end(code: number): void {
    const remedy = code === CloseCode.ConferenceClosed ? 'none' : 'join-again'
    this.#say({ state: 'ended', message: ending(code).message, remedy })
  }

  #say(connection: ConnectionState): void {
    this.#connection = connection
    this.#parts.events.onConnection(connection)
  }

  /** The network is back: waiting out the delay would be waiting for nothing. */
  readonly #tryNow = (): void => {
    if (this.#connection.state !== 'reconnecting' || this.#retry === undefined) return
    clearTimeout(this.#retry)
    this.#schedule({ code: 1006, attempt: 0, sinceMs: this.#connection.sinceMs })
  }
}
