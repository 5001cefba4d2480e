import type { types } from 'mediasoup'

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

  /** `personOf`: whose voice a producer is, as far as it is anybody's still. */
  follow(
    levels: types.AudioLevelObserver,
    personOf: (producerId: string) => string | undefined,
  ): void {
    levels.on('volumes', (volumes) => {
      for (const { producer } of volumes) {
        const participantId = producer.paused ? undefined : personOf(producer.id)
        if (participantId !== undefined) this.heard(participantId)
      }
    })
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
