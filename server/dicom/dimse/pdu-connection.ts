import { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'

export interface PduLimits {
  /** From the connection to a whole request for an association. */
  readonly firstPduMs: number
  /** From one whole PDU to the next, while we wait for it. */
  readonly idleMs: number
}

/** Announced to senders, and the most of any PDU (PS3.8 D.1). */
export const mostPduBytes = 256 * 1024
/** A command is some 200 bytes; it, and data that no object is for, is held in memory. */
const mostLooseBytes = 64 * 1024
/** Of answers that the peer does not take. */
const mostUnsentBytes = 1024 * 1024

/** How long a peer may take to accept our last words. */
const lingerMs = 1000

const headerBytes = 6
const associateRequest = 0x01
const dataTransfer = 0x04
/** P-DATA-TF, A-RELEASE-RQ, A-ABORT: all that a sender may send within an association. */
const laterTypes = [dataTransfer, 0x05, 0x07]
/** A-ABORT by the service provider, unrecognised PDU (PS3.8 9.3.8). */
const abort = Buffer.from([0x07, 0, 0, 0, 0, 4, 0, 0, 2, 1])

/**
 * What the DIMSE library takes for a socket. It emits `data` with one whole PDU at a time, in order,
 * and none while held; `close` at the end. What no honest sender does ends the connection before the
 * library sees it: another PDU first, one too long, one too late, memory that only fills.
 */
export class PduConnection extends EventEmitter {
  /** An object is being received: data goes to the disk. */
  isStoring = false
  readonly #socket: Socket
  readonly #limits: PduLimits
  #chunks: Buffer[] = []
  #bytes = 0
  #looseBytes = 0
  #isOpening = true
  readonly #holds = new Set<symbol>()
  #isOver = false
  #timer: NodeJS.Timeout | undefined

  constructor(socket: Socket, limits: PduLimits) {
    super()
    this.#socket = socket
    this.#limits = limits
    socket.setNoDelay(true)
    socket.on('data', (chunk) => this.#take(chunk))
    socket.on('end', () => this.end())
    socket.on('error', () => socket.destroy()) // `close` follows
    socket.on('close', () => {
      this.#over()
      this.emit('close')
    })
    this.#wait(limits.firstPduMs)
  }

  get remoteAddress(): string {
    return this.#socket.remoteAddress ?? ''
  }

  /** The library's own time-out, which is not the one that counts. */
  setTimeout(): this {
    return this
  }

  write(bytes: Uint8Array): boolean {
    if (this.#socket.writableLength > mostUnsentBytes) this.#socket.destroy()
    return this.#socket.write(bytes)
  }

  /**
   * Until what it returns is called no PDU is given out; the sender is stopped by TCP. Every hold
   * has to be let go.
   */
  hold(): () => void {
    const hold = Symbol()
    this.#holds.add(hold)
    clearTimeout(this.#timer)
    this.#socket.pause()
    return () => {
      if (!this.#holds.delete(hold) || this.#holds.size > 0) return
      this.#wait(this.#limits.idleMs)
      this.#socket.resume()
      this.#giveOut()
    }
  }

  /** Closes it when what was written has been sent. */
  end(): void {
    this.#over()
    this.#socket.destroySoon()
    this.#timer = setTimeout(() => this.#socket.destroy(), lingerMs)
  }

  abort(): void {
    if (this.#isOver) return
    this.#socket.write(abort)
    this.end()
  }

  #over(): void {
    this.#isOver = true
    this.#chunks = []
    clearTimeout(this.#timer)
  }

  #wait(ms: number): void {
    clearTimeout(this.#timer)
    if (!this.#isOver) this.#timer = setTimeout(() => this.abort(), ms)
  }

  #take(chunk: Buffer): void {
    if (this.#isOver) return
    this.#chunks.push(chunk)
    this.#bytes += chunk.length
    this.#giveOut()
  }

  #giveOut(): void {
    while (this.#holds.size === 0 && !this.#isOver) {
      const pdu = this.#next()
      if (!pdu) return
      if (pdu === 'not-allowed' || !this.#isBounded(pdu)) {
        this.abort()
        return
      }
      this.#wait(this.#limits.idleMs)
      this.#isOpening = false
      this.emit('data', pdu)
    }
  }

  /** Looks at the header as soon as it is there: what is not allowed is not waited for. */
  #next(): Buffer | 'not-allowed' | undefined {
    if (this.#bytes < headerBytes) return undefined
    if (this.#chunks[0]!.length < headerBytes) this.#chunks = [Buffer.concat(this.#chunks)]
    const [first] = this.#chunks as [Buffer]
    const type = first.readUInt8(0)
    const length = first.readUInt32BE(2)
    const isAllowed = this.#isOpening ? type === associateRequest : laterTypes.includes(type)
    if (!isAllowed || length > mostPduBytes) return 'not-allowed'
    const whole = headerBytes + length
    if (this.#bytes < whole) return undefined
    const held = this.#chunks.length > 1 ? Buffer.concat(this.#chunks) : first
    this.#chunks = held.length > whole ? [held.subarray(whole)] : []
    this.#bytes -= whole
    return held.subarray(0, whole)
  }

  /** What of a P-DATA-TF (PS3.8 9.3.5) stays in memory: every command, and data for no object. */
  #isBounded(pdu: Buffer): boolean {
    if (pdu.readUInt8(0) !== dataTransfer) return true
    for (let at = headerBytes; at < pdu.length; ) {
      if (at + headerBytes > pdu.length) return false
      const length = pdu.readUInt32BE(at)
      if (length < 2 || at + 4 + length > pdu.length) return false
      const header = pdu.readUInt8(at + 5)
      const [isCommand, isLast] = [(header & 1) === 1, (header & 2) === 2]
      if (isCommand || !this.isStoring) this.#looseBytes += length
      // The first data of an object comes before anybody knows that it is one.
      if (this.#looseBytes > mostLooseBytes + (isCommand ? 0 : mostPduBytes)) return false
      if (isLast) this.#looseBytes = 0
      at += 4 + length
    }
    return true
  }
}
