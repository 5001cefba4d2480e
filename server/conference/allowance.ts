export interface AllowanceOptions {
  /** At once, and then per second. */
  readonly burst: number
  readonly perSecond: number
  /** Refusals within ten seconds before a page counts as out of control. */
  readonly patience: number
}

export type Verdict = 'go' | 'refuse' | 'flood'

/** Commands are answered one by one: 400 at once are a script at work, 100 a second a busy hand. */
export const commandAllowance: AllowanceOptions = { burst: 400, perSecond: 100, patience: 1_000 }
/** Who comes into a room of a hundred voices asks twice for each of them, all at once. */
export const mediaAllowance: AllowanceOptions = { burst: 250, perSecond: 30, patience: 1_000 }
/** Poses come at 30 Hz; what comes faster is dropped unread. */
export const poseAllowance: AllowanceOptions = { burst: 120, perSecond: 90, patience: 3_000 }

const windowMs = 10_000

/** How much one connection may send: a token bucket, and an end to being refused. */
export class Allowance {
  readonly #options: AllowanceOptions
  #tokens: number
  #countedMs: number
  #refused = 0
  #windowStartMs: number

  constructor(options: AllowanceOptions, nowMs: number) {
    this.#options = options
    this.#tokens = options.burst
    this.#countedMs = nowMs
    this.#windowStartMs = nowMs
  }

  take(nowMs: number): Verdict {
    const { burst, perSecond, patience } = this.#options
    const earned = ((nowMs - this.#countedMs) / 1000) * perSecond
    this.#tokens = Math.min(burst, this.#tokens + earned)
    this.#countedMs = nowMs
    if (this.#tokens >= 1) {
      this.#tokens--
      return 'go'
    }
    if (nowMs - this.#windowStartMs > windowMs) {
      this.#windowStartMs = nowMs
      this.#refused = 0
    }
    return ++this.#refused > patience ? 'flood' : 'refuse'
  }
}
