import type { Vec3 } from '../../shared/geometry/transform.ts'
import { length, subtract } from '../../shared/geometry/vector.ts'

/** Where a chunk stands in a volume. */
export interface ChunkPlace {
  readonly key: string
  /** 0: the finest level. */
  readonly level: number
  readonly centreMm: Vec3
}

type Outcome<T> = { readonly value: T } | { readonly failure: unknown }

interface Job<T> {
  readonly place: ChunkPlace
  readonly run: (signal: AbortSignal) => Promise<T>
  readonly outcome: PromiseWithResolvers<Outcome<T>>
  readonly abort: AbortController
  urgent: boolean
  order: number
  waiting: number
  running: boolean
}

/**
 * What is wanted, a few at a time: the urgent in the order in which they were asked for, then coarse
 * levels before fine ones, then what is nearest to the place looked at. A job that nobody waits for
 * any more is given up, also while it runs.
 */
export class ChunkQueue<T> {
  /** What is near it comes first. */
  lookedAtMm: Vec3 = [0, 0, 0]
  readonly #slots: number
  readonly #jobs = new Map<string, Job<T>>()
  #running = 0
  #asked = 0

  constructor(slots: number) {
    this.#slots = slots
  }

  /** Rejects with what `run` rejects with, or with the signal's reason. */
  async want(
    place: ChunkPlace,
    { urgent, signal }: { urgent: boolean; signal: AbortSignal },
    run: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted()
    const job = this.#jobs.get(place.key) ?? this.#add(place, run)
    job.waiting++
    if (urgent && !job.urgent) {
      job.urgent = true
      job.order = this.#asked++
    }
    const given = Promise.withResolvers<never>()
    const giveUp = () => given.reject(signal.reason)
    signal.addEventListener('abort', giveUp, { once: true })
    this.#start()
    try {
      const outcome = await Promise.race([job.outcome.promise, given.promise])
      if ('failure' in outcome) throw outcome.failure
      return outcome.value
    } finally {
      signal.removeEventListener('abort', giveUp)
      job.waiting--
      if (job.waiting === 0) this.#leave(job, signal.reason)
    }
  }

  #add(place: ChunkPlace, run: Job<T>['run']): Job<T> {
    const job: Job<T> = {
      place,
      run,
      outcome: Promise.withResolvers<Outcome<T>>(),
      abort: new AbortController(),
      urgent: false,
      order: this.#asked++,
      waiting: 0,
      running: false,
    }
    this.#jobs.set(place.key, job)
    return job
  }

  #leave(job: Job<T>, reason: unknown): void {
    if (this.#jobs.get(job.place.key) !== job) return
    this.#jobs.delete(job.place.key)
    job.abort.abort(reason)
  }

  #start(): void {
    while (this.#running < this.#slots) {
      const job = this.#next()
      if (!job) return
      job.running = true
      this.#running++
      void this.#run(job) // it settles the job's outcome
    }
  }

  async #run(job: Job<T>): Promise<void> {
    try {
      job.outcome.resolve({ value: await job.run(job.abort.signal) })
    } catch (failure) {
      job.outcome.resolve({ failure })
    } finally {
      this.#running--
      if (this.#jobs.get(job.place.key) === job) this.#jobs.delete(job.place.key)
      this.#start()
    }
  }

  #next(): Job<T> | undefined {
    let best: Job<T> | undefined
    for (const job of this.#jobs.values()) {
      if (!job.running && (!best || this.#isBefore(job, best))) best = job
    }
    return best
  }

  #isBefore(a: Job<T>, b: Job<T>): boolean {
    if (a.urgent !== b.urgent) return a.urgent
    if (a.urgent) return a.order < b.order
    if (a.place.level !== b.place.level) return a.place.level > b.place.level
    const nearer = this.#awayMm(a) - this.#awayMm(b)
    return nearer === 0 ? a.order < b.order : nearer < 0
  }

  #awayMm(job: Job<T>): number {
    return length(subtract(job.place.centreMm, this.lookedAtMm))
  }
}
