/** At once, and then per second. */
const burst = 400
const perSecond = 100
/** Refusals in words, within the window, before a page counts as out of control. */
const patience = 1_000
const windowMs = 10_000

export type Allowance = 'go' | 'refuse' | 'flood'

/** How many commands one participant may send: a token bucket, and an end to being answered. */
export class CommandAllowance {
  #tokens = burst
  #countedMs: number
  #refused = 0
  #windowStartMs: number

  constructor(nowMs: number) {
    this.#countedMs = nowMs
    this.#windowStartMs = nowMs
  }

  take(nowMs: number): Allowance {
    this.#tokens = Math.min(burst, this.#tokens + ((nowMs - this.#countedMs) / 1000) * perSecond)
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
