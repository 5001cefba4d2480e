import type { MediaNote, MediaSource } from '../../shared/protocol/media.ts'
import { type Ask, MediaRefusedError } from './ask.ts'
import type { MediaView } from './media-session.ts'
import type { Direction } from './peer-transport.ts'
import { reconcile, type Step, type Wanted } from './reconcile.ts'
import { retryDelayMs } from './retry-delay.ts'
import { type Consumer, type Device, NoWebRtcError } from './rtc-device.ts'
import { SfuPeer } from './sfu-peer.ts'
import { noWayThrough } from './words.ts'

type LineState = MediaView['line']

export interface LineParts {
  readonly ask: Ask
  readonly createDevice: () => Promise<Device>
  readonly wanted: () => Wanted
  /** `receiving` has changed. */
  readonly onReceiving: () => void
  readonly onState: (state: LineState) => void
  /** What was to be sent is not taken. It is not wanted any more when this returns. */
  readonly onRefused: (source: MediaSource, error: MediaRefusedError) => void
  /** The server has ended what this page sends; as above. */
  readonly onEnded: (source: MediaSource, why: 'replaced' | 'not-allowed') => void
}

/** Failures in a row after which a person is told more than that it comes back. */
const failuresToSay = 3

/**
 * The way to the SFU, over as many peers as it takes: does one step after the other until what is
 * had is what is wanted, begins anew where a peer has ended, and waits while the room is out of reach.
 */
export class MediaLine {
  readonly #parts: LineParts
  #roomIsUp = false
  /** Counts the room's lines, so that an answer of the last one is not taken for one of this. */
  #roomLine = 0
  #joined = false
  #peer: SfuPeer | undefined
  /** Producers that ended before this page could receive them; their ids never come again. */
  readonly #unreceivable = new Set<string>()
  readonly #toRestart = new Set<Direction>()
  #stale = false
  #working = false
  #failures = 0
  /** Ever. */
  #connected = false
  #retry: ReturnType<typeof setTimeout> | undefined
  #disposed = false

  constructor(parts: LineParts) {
    this.#parts = parts
  }

  get receiving(): ReadonlyMap<string, { readonly consumer: Consumer }> {
    return this.#peer?.receiving ?? new Map()
  }

  setRoom(up: boolean): void {
    if (up === this.#roomIsUp) return
    this.#roomIsUp = up
    this.#roomLine++
    this.#joined = false
    if (up) this.#again()
  }

  /** What is wanted may have changed. */
  look(): void {
    this.#stale = true
    if (this.#working || this.#retry !== undefined || this.#disposed || !this.#roomIsUp) return
    void this.#work() // never rejects
  }

  note(note: MediaNote): void {
    if (note.note === 'lost') {
      this.#drop()
      this.#parts.onState({ state: 'lost' })
      this.#again()
    } else if (note.note === 'consumerClosed') {
      this.#peer?.consumerEnded(note.consumerId)
      this.#parts.onReceiving()
      this.look()
    } else {
      this.#peer?.producerEnded(note.source)
      this.#parts.onEnded(note.source, note.why)
      this.look()
    }
  }

  dispose(): void {
    this.#disposed = true
    clearTimeout(this.#retry)
    this.#drop()
  }

  /** At once: whatever was waited for has changed. */
  #again(): void {
    clearTimeout(this.#retry)
    this.#retry = undefined
    this.#failures = 0
    this.look()
  }

  async #work(): Promise<void> {
    this.#working = true
    while (this.#stale && this.#roomIsUp && this.#retry === undefined && !this.#disposed) {
      this.#stale = false
      try {
        await this.#settle()
      } catch (error) {
        this.#failed(error)
      }
    }
    this.#working = false
  }

  async #settle(): Promise<void> {
    const peer = await this.#join()
    for (const direction of this.#toRestart) {
      this.#toRestart.delete(direction)
      if (!(await peer.restartIce(direction))) throw new PathLostError()
    }
    for (;;) {
      const [step] = reconcile(this.#wanted(), peer)
      if (!step || peer !== this.#peer || !this.#joined) break
      await this.#take(peer, step)
    }
    if (peer !== this.#peer || !this.#joined) return this.look()
    if (!peer.isThrough) return // its transports say when they are, or that they never will be
    this.#failures = 0
    this.#connected = true
    this.#parts.onState({ state: 'connected' })
  }

  async #take(peer: SfuPeer, step: Step): Promise<void> {
    try {
      await peer.take(step)
    } catch (error) {
      if (!(error instanceof MediaRefusedError) || !this.#acceptRefusal(peer, step, error)) {
        throw error
      }
    }
    if ('producerId' in step) this.#parts.onReceiving()
  }

  /** True where going on makes sense. */
  #acceptRefusal(peer: SfuPeer, step: Step, error: MediaRefusedError): boolean {
    const { reason } = error
    if (step.do === 'receive' && (reason === 'no-such-producer' || reason === 'cannot-consume')) {
      this.#unreceivable.add(step.producerId)
      return true
    }
    if ('producerId' in step && reason === 'no-such-consumer') {
      peer.forget(step.producerId) // it ended while this was asked
      return true
    }
    if (step.do === 'setOpen' && reason === 'no-such-producer') {
      peer.producerEnded(step.source)
      return true
    }
    if ('source' in step && (reason === 'muted' || reason === 'not-allowed')) {
      this.#parts.onRefused(step.source, error)
      return true
    }
    return false
  }

  #wanted(): Wanted {
    const wanted = this.#parts.wanted()
    const receive = [...wanted.receive].filter(([id]) => !this.#unreceivable.has(id))
    return { ...wanted, receive: new Map(receive) }
  }

  async #join(): Promise<SfuPeer> {
    if (this.#peer && this.#joined) return this.#peer
    const line = this.#roomLine
    const before = this.#peer
    const { ask, createDevice } = this.#parts
    const answer = await ask('join', before ? { peerId: before.peerId } : {})
    if (before && answer.resumed && before === this.#peer) {
      before.iceServers = answer.iceServers
      for (const direction of before.silent) this.#toRestart.add(direction)
    } else {
      this.#drop()
      const device = await createDevice()
      await device.load({ routerRtpCapabilities: answer.rtpCapabilities })
      const peer: SfuPeer = new SfuPeer(answer.peerId, {
        ask,
        device,
        iceServers: answer.iceServers,
        onPath: (direction, path) => {
          if (peer !== this.#peer) return
          if (path === 'lost') {
            this.#toRestart.add(direction)
            if (peer.connected) this.#parts.onState({ state: 'lost' })
          }
          this.look()
        },
      })
      this.#peer = peer
    }
    if (line !== this.#roomLine || !this.#peer) throw new Error('the line to the room has changed')
    this.#joined = true
    return this.#peer
  }

  #drop(): void {
    this.#joined = false
    this.#toRestart.clear()
    this.#unreceivable.clear()
    this.#peer?.close()
    this.#peer = undefined
    this.#parts.onReceiving()
  }

  #failed(error: unknown): void {
    this.#stale = true
    if (!this.#roomIsUp || this.#disposed) return // what is there stays until the room is back
    const neverConnected = this.#peer?.connected === false
    const keeps = error instanceof MediaRefusedError && error.reason === 'too-many'
    if (!keeps) this.#drop()
    this.#parts.onState(this.#stateAfter(error, neverConnected))
    this.#retry = setTimeout(
      () => {
        this.#retry = undefined
        this.look()
      },
      retryDelayMs(this.#failures++),
    )
  }

  #stateAfter(error: unknown, neverConnected: boolean): LineState {
    if (error instanceof NoWebRtcError) return { state: 'unavailable', message: error.message }
    if (error instanceof PathLostError && neverConnected) {
      return { state: 'unavailable', message: noWayThrough }
    }
    const says = !this.#connected || this.#failures >= failuresToSay
    return says && error instanceof MediaRefusedError
      ? { state: 'unavailable', message: error.message }
      : { state: 'lost' }
  }
}

class PathLostError extends Error {
  override readonly name = 'PathLostError'
}
