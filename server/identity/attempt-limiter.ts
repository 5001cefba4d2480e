import { isIPv6 } from 'node:net'
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

export interface AttemptLimits {
  /** Wrong guesses from one address in a minute. */
  readonly failuresPerMinute: number
  /** Guesses of any outcome from one address in a minute. */
  readonly guessesPerMinute: number
  /** Attempts with what nobody can guess, of any outcome, from one address in a minute. */
  readonly boundedPerMinute: number
}

const usualLimits: AttemptLimits = {
  failuresPerMinute: 10,
  guessesPerMinute: 600,
  boundedPerMinute: 3000,
}

/** Counts up to so many in a minute, under a name of its own. */
export type AttemptCounter = (name: string, points: number) => RateLimiterAbstract

const inThisProcess: AttemptCounter = (_name, points) =>
  new RateLimiterMemory({ points, duration: 60 })

/** What the attempt gave, or when to come back. */
export type AttemptOutcome<T> = { result: T } | { retryAfterMs: number }

/**
 * Keeps codes from being guessed. A hospital's many people share one address, so those who get in
 * cost next to nothing and wrong guesses cost much; what nobody can guess counts apart, so that no
 * guesser takes it from the others. An address's guesses go one after the other: otherwise a
 * thousand at the same moment would each find that none has failed yet.
 */
export class AttemptLimiter {
  readonly #failures: RateLimiterAbstract
  readonly #guesses: RateLimiterAbstract
  readonly #bounded: RateLimiterAbstract
  readonly #latest = new Map<string, Promise<unknown>>()

  constructor(limits: AttemptLimits = usualLimits, counter: AttemptCounter = inThisProcess) {
    this.#failures = counter('failures', limits.failuresPerMinute)
    this.#guesses = counter('guesses', limits.guessesPerMinute)
    this.#bounded = counter('bounded', limits.boundedPerMinute)
  }

  /** For what can be guessed. Runs `attempt` in its turn; throws what it throws. */
  async guess<T>(
    address: string,
    attempt: () => Promise<T>,
    isWrongGuess: (error: unknown) => boolean,
  ): Promise<AttemptOutcome<T>> {
    const key = sourceOf(address)
    const retryAfterMs = await consume(this.#guesses, key)
    if (retryAfterMs !== undefined) return { retryAfterMs }
    const before = this.#latest.get(key)
    const turn = (async () => {
      await before?.then(
        () => undefined,
        () => undefined, // its own caller hears of it
      )
      return this.#guarded(key, attempt, isWrongGuess)
    })()
    this.#latest.set(key, turn)
    try {
      return await turn
    } finally {
      if (this.#latest.get(key) === turn) this.#latest.delete(key)
    }
  }

  /** For what nobody can guess. Throws what `attempt` throws. */
  async bounded<T>(address: string, attempt: () => Promise<T>): Promise<AttemptOutcome<T>> {
    const retryAfterMs = await consume(this.#bounded, sourceOf(address))
    return retryAfterMs === undefined ? { result: await attempt() } : { retryAfterMs }
  }

  async #guarded<T>(
    key: string,
    attempt: () => Promise<T>,
    isWrongGuess: (error: unknown) => boolean,
  ): Promise<AttemptOutcome<T>> {
    const failed = await this.#failures.get(key)
    if (failed && failed.remainingPoints <= 0) return { retryAfterMs: failed.msBeforeNext }
    try {
      return { result: await attempt() }
    } catch (error) {
      if (isWrongGuess(error)) await this.#failures.penalty(key)
      throw error
    }
  }
}

/** Undefined while there is room, else how long until there is. */
async function consume(limiter: RateLimiterAbstract, key: string): Promise<number | undefined> {
  try {
    await limiter.consume(key)
    return undefined
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return refused.msBeforeNext
    throw refused
  }
}

/** One household of IPv6 has 2⁶⁴ addresses: its network counts, not the address. */
export function sourceOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!isIPv6(plain)) return plain
  const [head = '', tail = ''] = plain.split('%')[0]!.split('::')
  const first = head.split(':').filter(Boolean)
  const last = tail.split(':').filter(Boolean)
  const zeros = Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0')
  return [...first, ...zeros, ...last].slice(0, 4).join(':')
}
