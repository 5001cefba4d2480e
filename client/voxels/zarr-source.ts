import { readWhole, Stalled, StallWatch } from './read-body.ts'
import { ReadFailure } from './read-failure.ts'

const retryDelaysMs = [250, 1000, 3000, 8000, 15_000]

/** How long to wait after the nth failure in a row; undefined: give up. */
export const nextRetryDelayMs = (failures: number): number | undefined =>
  retryDelaysMs[failures - 1]

/** A server that has said nothing for so long is asked anew, so often. */
const stallMs = 15_000
const mostStalls = 3

type Headers = Readonly<Record<string, string>>

/** What was received before and is still there; never throws. */
export interface KeptKeys {
  read(key: string): Promise<'absent' | Uint8Array | undefined>
  /** Best effort: nobody waits for it. */
  write(key: string, value: 'absent' | Uint8Array): void
  /** The server does not give the volume any more. */
  drop(): Promise<void>
}

export interface ZarrSourceOptions {
  readonly headers: Headers
  /** Asked once where the server refuses: the token may have been renewed. */
  readonly renewHeaders?: () => Promise<Headers>
  readonly onRetry: (inMs: number) => void
  readonly onBytes?: (bytes: number) => void
  readonly kept?: Promise<KeptKeys | undefined>
  readonly fetch?: typeof fetch
  /** How long no byte may come. Default 15 s. */
  readonly stallMs?: number
  readonly wait?: (ms: number, signal?: AbortSignal) => Promise<void>
}

type Answer =
  | { state: 'here'; body: Uint8Array }
  | { state: 'missing' }
  | { state: 'refused' }
  | { state: 'failed'; cause: unknown }

/**
 * Reads keys of a zarr tree over HTTP, or from what was kept of it. A missing key (404) is undefined:
 * whoever asks knows whether that may be. Tries again, later each time, where the network or the server
 * fails.
 */
export class ZarrSource {
  /** Received so far, compressed; what was kept from before is not counted. */
  bytes = 0
  readonly #url: string
  readonly #options: ZarrSourceOptions
  #headers: Headers
  #renewal: Promise<void> | undefined
  /** The server gives this volume to whoever reads it now: it has answered, or was asked. */
  #leave: Promise<void> | undefined

  constructor(zarrUrl: string, options: ZarrSourceOptions) {
    this.#url = zarrUrl.replace(/\/$/, '')
    this.#options = options
    this.#headers = options.headers
  }

  async get(key: `/${string}`, signal?: AbortSignal): Promise<Uint8Array | undefined> {
    const kept = await this.#options.kept
    const before = await kept?.read(key)
    signal?.throwIfAborted()
    if (before !== undefined) {
      await this.#mayRead(metadataOf(key))
      return before === 'absent' ? undefined : before
    }
    const answer = await this.#request('GET', key, signal)
    this.#leave ??= Promise.resolve()
    kept?.write(key, answer ?? 'absent')
    return answer
  }

  /** What was received is not what a volume is made of, as a proxy's page: none of it is kept. */
  async forget(): Promise<void> {
    const kept = await this.#options.kept
    await kept?.drop()
  }

  /** Somebody may have lost the right to what this browser has kept. One request, without a body. */
  #mayRead(key: string): Promise<void> {
    this.#leave ??= this.#request('HEAD', key).then(
      () => undefined,
      (failure: unknown) => {
        this.#leave = undefined
        throw failure
      },
    )
    return this.#leave
  }

  async #request(
    method: 'GET' | 'HEAD',
    key: string,
    signal?: AbortSignal,
  ): Promise<Uint8Array | undefined> {
    let renewed = false
    let stalls = 0
    for (let failures = 1; ; ) {
      const sent = this.#headers
      const answer = await this.#try(method, key, sent, signal)
      if (answer.state === 'here') {
        this.bytes += answer.body.byteLength
        this.#options.onBytes?.(this.bytes)
        return answer.body
      }
      if (answer.state === 'missing') {
        if (method === 'GET') return undefined
        await this.forget()
        throw new ReadFailure('not-found', 'This volume is not on the server.')
      }
      if (answer.state === 'refused') {
        if (!renewed && this.#options.renewHeaders) {
          renewed = true
          if (sent === this.#headers) await this.#renew(this.#options.renewHeaders)
          continue
        }
        await this.forget()
        throw new ReadFailure('not-allowed', 'You may no longer read this volume: join again.')
      }
      if (answer.cause instanceof Stalled) stalls++
      const delayMs = stalls < mostStalls ? nextRetryDelayMs(failures++) : undefined
      if (delayMs === undefined) {
        const why = stalls > 0 ? 'the network stalls.' : 'the server does not answer.'
        throw new ReadFailure('network', `The volume could not be fetched: ${why}`, {
          cause: answer.cause,
        })
      }
      this.#options.onRetry(delayMs)
      await (this.#options.wait ?? waitFor)(delayMs, signal)
    }
  }

  async #try(
    method: 'GET' | 'HEAD',
    key: string,
    headers: Headers,
    signal: AbortSignal | undefined,
  ): Promise<Answer> {
    const watch = new StallWatch(this.#options.stallMs ?? stallMs)
    try {
      const get = this.#options.fetch ?? fetch
      const response = await get(`${this.#url}${key}`, {
        method,
        headers,
        // The browser need not keep a second copy.
        ...((await this.#options.kept) && { cache: 'no-store' as const }),
        signal: signal ? AbortSignal.any([signal, watch.signal]) : watch.signal,
      })
      if (response.ok) return { state: 'here', body: await readWhole(response, watch) }
      if (response.status === 404) return { state: 'missing' }
      if (response.status === 401 || response.status === 403) return { state: 'refused' }
      if (response.status < 500 && response.status !== 408 && response.status !== 429) {
        throw new ReadFailure(
          'damaged',
          `The server refused a part of the volume (${response.status}).`,
        )
      }
      return { state: 'failed', cause: response.status }
    } catch (cause) {
      if (cause instanceof ReadFailure) throw cause
      signal?.throwIfAborted()
      return { state: 'failed', cause: watch.signal.aborted ? watch.signal.reason : cause }
    } finally {
      watch.end()
    }
  }

  async #renew(ask: () => Promise<Headers>): Promise<void> {
    this.#renewal ??= ask()
      .then((headers) => {
        this.#headers = headers
      })
      .finally(() => {
        this.#renewal = undefined
      })
    await this.#renewal
  }
}

/** Of the level that a chunk is in: unlike a chunk, it is there for as long as the volume is. */
const metadataOf = (key: `/${string}`) => key.replace(/\/c\/[\d/]+$/, '/zarr.json')

/** Throws the signal's reason where it is given up meanwhile. */
async function waitFor(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted()
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal?.addEventListener('abort', stop, { once: true })
  })
}
