import { setTimeout as delay } from 'node:timers/promises'
import { type MediaRoute, MediaWorker, type MediaWorkerOptions } from './media-worker.ts'
import { retryDelayMs } from './retry-delay.ts'

export interface MediaWorkersOptions extends MediaWorkerOptions {
  /** Worker n listens on `port` + n. */
  readonly count: number
  readonly onDied: (what: { port: number }) => void
  /** One that should take a dead one's place does not run; it is tried again. */
  readonly onRetry: (error: unknown) => void
}

/** A worker that ran this long was not stillborn: the next one is tried at once again. */
const settledMs = 10_000
const longestWaitMs = 5_000

/**
 * The workers of this process. One that dies is replaced on the same port, at once; again and again,
 * with growing pauses, where the new one dies or does not start.
 */
export class MediaWorkers {
  readonly #options: MediaWorkersOptions
  readonly #running = new Set<MediaWorker>()
  readonly #ended = new AbortController()
  #arrival = Promise.withResolvers<void>()

  private constructor(options: MediaWorkersOptions) {
    this.#options = options
  }

  /** All of them, or none: rejects with what is wrong with the first that does not start. */
  static async start(options: MediaWorkersOptions): Promise<MediaWorkers> {
    const workers = new MediaWorkers(options)
    const ports = Array.from({ length: options.count }, (_, n) => options.port + n)
    const started = await Promise.allSettled(ports.map((port) => workers.#start(port, 0)))
    const failed = started.find((outcome) => outcome.status === 'rejected')
    if (!failed) return workers
    workers.close()
    throw failed.reason
  }

  get size(): number {
    return this.#running.size
  }

  get pids(): number[] {
    return [...this.#running].map(({ pid }) => pid)
  }

  /**
   * On the least busy worker. Waits for one where all have just died; undefined where none comes
   * back in time.
   */
  async openRoute(): Promise<MediaRoute | undefined> {
    if (this.#running.size === 0 && !this.#ended.signal.aborted) {
      const enough = AbortSignal.any([this.#ended.signal, AbortSignal.timeout(longestWaitMs)])
      await Promise.race([this.#arrival.promise, aborted(enough)])
    }
    return [...this.#running].toSorted((a, b) => a.routes - b.routes)[0]?.openRoute()
  }

  close(): void {
    this.#ended.abort()
    for (const worker of this.#running) worker.close()
    this.#running.clear()
  }

  async #start(port: number, attempt: number): Promise<void> {
    const worker = await MediaWorker.start({ ...this.#options, port })
    if (this.#ended.signal.aborted) {
      worker.close()
      return
    }
    const sinceMs = performance.now()
    this.#running.add(worker)
    this.#arrival.resolve()
    worker.onDied(() => {
      this.#running.delete(worker)
      if (this.#running.size === 0) this.#arrival = Promise.withResolvers()
      this.#options.onDied({ port })
      const settled = performance.now() - sinceMs > settledMs
      void this.#replace(port, settled ? 0 : attempt) // ends by itself or by close; never rejects
    })
  }

  async #replace(port: number, after: number): Promise<void> {
    const { signal } = this.#ended
    for (let attempt = after; !signal.aborted; attempt++) {
      try {
        await delay(retryDelayMs(attempt), undefined, { signal })
        return await this.#start(port, attempt + 1)
      } catch (error) {
        if (!signal.aborted) this.#options.onRetry(error)
      }
    }
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
