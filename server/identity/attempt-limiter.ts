import { isIPv6 } from 'node:net'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

export interface AttemptLimits {
  /** Wrong guesses from one address in a minute. */
  readonly failuresPerMinute: number
  /** Attempts of any outcome from one address in a minute. */
  readonly attemptsPerMinute: number
}

const usualLimits: AttemptLimits = { failuresPerMinute: 10, attemptsPerMinute: 600 }

/**
 * Keeps codes from being guessed. A hospital's many people share one address, so those who get in
 * cost next to nothing and wrong guesses cost much. An address's attempts go one after the other:
 * otherwise a thousand guesses at the same moment would each find that none has failed yet.
 */
export class AttemptLimiter {
  readonly #failures: RateLimiterMemory
  readonly #attempts: RateLimiterMemory
  readonly #latest = new Map<string, Promise<unknown>>()

  constructor({ failuresPerMinute, attemptsPerMinute }: AttemptLimits = usualLimits) {
    this.#failures = new RateLimiterMemory({ points: failuresPerMinute, duration: 60 })
    this.#attempts = new RateLimiterMemory({ points: attemptsPerMinute, duration: 60 })
  }

  /** Runs `attempt` in its turn, or says when to come back. Throws what `attempt` throws. */
  async attempt<T>(
    address: string,
    attempt: () => Promise<T>,
    isWrongGuess: (error: unknown) => boolean,
  ): Promise<{ result: T } | { retryAfterMs: number }> {
    const key = sourceOf(address)
    try {
      await this.#attempts.consume(key)
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return { retryAfterMs: refused.msBeforeNext }
      throw refused
    }
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

  async #guarded<T>(
    key: string,
    attempt: () => Promise<T>,
    isWrongGuess: (error: unknown) => boolean,
  ): Promise<{ result: T } | { retryAfterMs: number }> {
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
