import type { IncomingMessage, ServerResponse } from 'node:http'

/** What HTTP adds to an answer on its way. */
const headBytes = 300
const tickMs = 5

interface Sending {
  readonly response: ServerResponse
  readonly body: Buffer
  at: number
}

export interface LinkShape {
  readonly bitsPerSecond: number
  readonly roundTripMs: number
}

/** Answers keys of a tree as over a slow line that all answers share evenly. */
export class ShapedLink {
  readonly #shape: LinkShape
  readonly #sending: Sending[] = []
  #timer: ReturnType<typeof setInterval> | undefined
  #sentAtMs = 0
  #next = 0
  /** Of bodies, since it was set to 0. */
  bytes = 0

  constructor(shape: LinkShape) {
    this.#shape = shape
  }

  answer(request: IncomingMessage, response: ServerResponse, body: Buffer | undefined): void {
    setTimeout(() => {
      response.writeHead(body ? 200 : 404, { 'content-length': body?.length ?? 0 })
      if (!body || request.method === 'HEAD') {
        response.end()
        return
      }
      response.flushHeaders()
      this.#sending.push({ response, body, at: -headBytes })
      this.#start()
    }, this.#shape.roundTripMs)
  }

  close(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#sending.length = 0
  }

  #start(): void {
    if (this.#timer) return
    this.#sentAtMs = performance.now()
    this.#timer = setInterval(() => this.#send(), tickMs)
  }

  /** What the line has carried since it was last looked at, in turn to all that wait. */
  #send(): void {
    const nowMs = performance.now()
    let bytes = Math.floor(((nowMs - this.#sentAtMs) * this.#shape.bitsPerSecond) / 8000)
    this.#sentAtMs += (bytes * 8000) / this.#shape.bitsPerSecond
    while (bytes > 0 && this.#sending.length > 0) {
      this.#next %= this.#sending.length
      const one = this.#sending[this.#next] as Sending
      const count = Math.min(bytes, 1460, one.body.length - one.at)
      const from = Math.max(one.at, 0)
      one.at += count
      bytes -= count
      if (one.at > from) {
        one.response.write(one.body.subarray(from, one.at))
        this.bytes += one.at - from
      }
      if (one.at < one.body.length && !one.response.destroyed) this.#next++
      else {
        one.response.end()
        this.#sending.splice(this.#next, 1)
      }
    }
    if (this.#sending.length === 0) {
      clearInterval(this.#timer)
      this.#timer = undefined
    }
  }
}
