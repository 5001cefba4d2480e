import type { ReadFailureCode } from './level-messages.ts'

/** A level could not be read; `message` is in words for the person who waits for it. */
export class ReadFailure extends Error {
  readonly code: ReadFailureCode
  constructor(code: ReadFailureCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

const retryDelaysMs = [250, 1000, 3000, 8000, 15_000]

/** How long to wait after the nth failure in a row; undefined: give up. */
export const nextRetryDelayMs = (failures: number): number | undefined =>
  retryDelaysMs[failures - 1]

export interface ZarrSourceOptions {
  readonly headers: Readonly<Record<string, string>>
  readonly onRetry: (inMs: number) => void
  readonly fetch?: typeof fetch
  readonly wait?: (ms: number) => Promise<void>
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/**
 * Reads keys of a zarr tree over HTTP, as a zarrita store. A missing key (404) is undefined, which
 * zarr takes for the fill value. Tries again, later each time, where the network or the server fails.
 */
export class ZarrSource {
  /** Received so far, compressed. */
  bytes = 0
  readonly #url: string
  readonly #options: ZarrSourceOptions

  constructor(zarrUrl: string, options: ZarrSourceOptions) {
    this.#url = zarrUrl.replace(/\/$/, '')
    this.#options = options
  }

  async get(key: `/${string}`): Promise<Uint8Array | undefined> {
    for (let failures = 1; ; failures++) {
      const answer = await this.#try(key)
      if (answer.state === 'here') {
        this.bytes += answer.body.byteLength
        return answer.body
      }
      if (answer.state === 'missing') return undefined
      const delayMs = nextRetryDelayMs(failures)
      if (delayMs === undefined) {
        throw new ReadFailure(
          'network',
          'The volume could not be fetched: the server does not answer.',
          {
            cause: answer.cause,
          },
        )
      }
      this.#options.onRetry(delayMs)
      await (this.#options.wait ?? wait)(delayMs)
    }
  }

  async #try(
    key: string,
  ): Promise<
    { state: 'here'; body: Uint8Array } | { state: 'missing' } | { state: 'failed'; cause: unknown }
  > {
    try {
      const get = this.#options.fetch ?? fetch
      const response = await get(`${this.#url}${key}`, { headers: this.#options.headers })
      if (response.ok) return { state: 'here', body: new Uint8Array(await response.arrayBuffer()) }
      if (response.status === 404) return { state: 'missing' }
      if (response.status === 401 || response.status === 403) {
        throw new ReadFailure('not-allowed', 'You may no longer read this volume: join again.')
      }
      if (response.status < 500 && response.status !== 408 && response.status !== 429) {
        throw new ReadFailure(
          'damaged',
          `The server refused a part of the volume (${response.status}).`,
        )
      }
      return { state: 'failed', cause: response.status }
    } catch (cause) {
      if (cause instanceof ReadFailure) throw cause
      return { state: 'failed', cause }
    }
  }
}
