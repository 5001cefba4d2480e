/** A thumbstick that scrolls: pushed from here on, and at rest again below the second. */
const pushed = 0.5
const atRest = 0.3
const repeatsAfterMs = 350
const slicesPerSecond = { least: 4, most: 30 }

/**
 * Slices gone through by a thumbstick: one at the push, and after a moment as many a second as it
 * is pushed far. Towards the wearer is on, as a wheel's turn towards its hand is.
 */
export class StickScroll {
  #pushedAtMs: number | undefined
  #steppedAtMs = 0
  #rest = true

  /** It belongs to the slices until it is let go. */
  get scrolls(): boolean {
    return this.#pushedAtMs !== undefined
  }

  /** How many slices on or back in this frame; `mayBegin` while the hand points at them. */
  frame(y: number, mayBegin: boolean, nowMs: number): number {
    const far = Math.abs(y)
    if (far < atRest) {
      this.#pushedAtMs = undefined
      this.#rest = true
      return 0
    }
    if (this.#pushedAtMs === undefined) {
      const begins = this.#rest && mayBegin && far > pushed
      // what was pushed elsewhere is not the slices' when it comes by
      if (far > pushed) this.#rest = false
      if (!begins) return 0
      this.#pushedAtMs = this.#steppedAtMs = nowMs
      return Math.sign(y)
    }
    if (nowMs - this.#pushedAtMs < repeatsAfterMs) return 0
    const share = Math.min(1, Math.max(0, (far - pushed) / (1 - pushed)))
    const { least, most } = slicesPerSecond
    const everyMs = 1000 / (least + (most - least) * share ** 2)
    const steps = Math.min(8, Math.floor((nowMs - this.#steppedAtMs) / everyMs))
    if (steps > 0) this.#steppedAtMs = nowMs
    return steps * Math.sign(y)
  }
}
