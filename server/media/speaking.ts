/** Three looks of the level observer: a breath between two words does not put the mark out. */
const heldMs = 900

/** Who is heard, from levels that come and go: on at once, off when nothing came for a while. */
export class Speaking {
  readonly #onChange: (participantId: string, speaking: boolean) => void
  readonly #heldMs: number
  readonly #timers = new Map<string, NodeJS.Timeout>()

  constructor(onChange: (participantId: string, speaking: boolean) => void, held = heldMs) {
    this.#onChange = onChange
    this.#heldMs = held
  }

  heard(participantId: string): void {
    const timer = this.#timers.get(participantId)
    if (timer) {
      timer.refresh()
      return
    }
    this.#timers.set(
      participantId,
      setTimeout(() => this.silenced(participantId), this.#heldMs).unref(),
    )
    this.#onChange(participantId, true)
  }

  /** At once: a microphone was closed. */
  silenced(participantId: string): void {
    const timer = this.#timers.get(participantId)
    if (!timer) return
    clearTimeout(timer)
    this.#timers.delete(participantId)
    this.#onChange(participantId, false)
  }

  close(): void {
    for (const participantId of [...this.#timers.keys()]) this.silenced(participantId)
  }
}
