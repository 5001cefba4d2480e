const toldEveryMs = 500
/** A longer pause was no frame but rest. */
const restMs = 400

/** How long frames take while something moves, told at most twice a second. */
export class FrameClock {
  #lastMs: number | undefined
  #spentMs = 0
  #frames = 0

  /** Nothing to draw: the next frame begins a new run. */
  rest(): void {
    this.#lastMs = undefined
  }

  /** Milliseconds a frame over the last half second, when there is something new to tell. */
  tick(nowMs: number): number | undefined {
    const sinceMs = this.#lastMs === undefined ? undefined : nowMs - this.#lastMs
    this.#lastMs = nowMs
    if (sinceMs === undefined || sinceMs > restMs) return undefined
    this.#spentMs += sinceMs
    this.#frames++
    if (this.#spentMs < toldEveryMs) return undefined
    const frameMs = this.#spentMs / this.#frames
    this.#spentMs = 0
    this.#frames = 0
    return frameMs
  }
}
