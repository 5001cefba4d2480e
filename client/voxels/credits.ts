/** How many parts may be on their way to a page that has not taken them in yet. */
export class Credits {
  #left: number
  readonly #waiting: (() => void)[] = []

  constructor(count: number) {
    this.#left = count
  }

  give(count: number): void {
    this.#left += count
    while (this.#left > 0) {
      const next = this.#waiting.shift()
      if (!next) return
      this.#left--
      next()
    }
  }

  /** Throws the signal's reason where it is given up meanwhile. */
  take(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (this.#left > 0) {
      this.#left--
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const stop = () => {
        this.#waiting.splice(this.#waiting.indexOf(taken), 1)
        reject(signal.reason)
      }
      const taken = () => {
        signal.removeEventListener('abort', stop)
        resolve()
      }
      signal.addEventListener('abort', stop, { once: true })
      this.#waiting.push(taken)
    })
  }
}
