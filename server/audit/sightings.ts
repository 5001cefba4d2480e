import type { AccessActor, AccessLog } from './access-log.ts'

export type SightAction = 'opened' | 'saw'

const windowMs = 10 * 60_000

/**
 * Reading comes in thousands of calls, and whoever reads the first of them has seen: per actor,
 * action and subject one entry in ten minutes, whichever call comes first.
 */
export class Sightings {
  readonly #accessLog: AccessLog
  readonly #now: () => number
  /** In the order of their times. */
  readonly #latest = new Map<string, { atMs: number; recorded: Promise<void> }>()

  constructor(accessLog: AccessLog, now: () => number) {
    this.#accessLog = accessLog
    this.#now = now
  }

  /** Resolves when the window's entry is durable, so that nothing is sent before it. */
  async record(actor: AccessActor, action: SightAction, subjectId: string): Promise<void> {
    const atMs = this.#now()
    this.#forgetBefore(atMs - windowMs)
    const key = JSON.stringify([actor, action, subjectId])
    const known = this.#latest.get(key)
    if (known) return known.recorded
    const recorded = this.#accessLog.record({ atMs, actor, action, subjectId })
    this.#latest.set(key, { atMs, recorded })
    try {
      await recorded
    } catch (error) {
      this.#latest.delete(key)
      throw error
    }
  }

  #forgetBefore(atMs: number): void {
    for (const [key, sighting] of this.#latest) {
      if (sighting.atMs > atMs) return
      this.#latest.delete(key)
    }
  }
}
