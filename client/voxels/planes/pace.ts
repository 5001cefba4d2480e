const workMs = 12

/** Lets messages in, as that somebody gave up, between stretches of work. */
export class Pace {
  readonly #signal: AbortSignal
  #sinceMs = performance.now()

  constructor(signal: AbortSignal) {
    this.#signal = signal
  }

  get isDue(): boolean {
    return performance.now() - this.#sinceMs >= workMs
  }

  /** Throws the signal's reason. */
  async breathe(): Promise<void> {
    await new Promise<void>((resolve) => {
      // A timer would wait 4 ms, the more often it is used.
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        port1.close()
        resolve()
      }
      port2.postMessage(undefined)
    })
    this.#signal.throwIfAborted()
    this.#sinceMs = performance.now()
  }
}
