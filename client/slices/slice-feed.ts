import type { Slice, SliceRequest, Voxels } from '../voxels/voxels.ts'

/**
 * How long a newer plane waits for the answer to the one before: without waiting, a wheel that turns
 * faster than slices come would show none until it stops.
 */
const patienceMs = 250

/** One pane's slices of one volume: the newest plane wins, and something comes while it moves. */
export class SliceFeed {
  readonly #onSlice: (slice: Slice, from: Voxels) => void
  #asked: { voxels: Voxels; key: string; giveUp: () => void; answered: boolean } | undefined
  #next: { voxels: Voxels; request: SliceRequest } | undefined
  #waiting: ReturnType<typeof setTimeout> | undefined

  constructor(onSlice: (slice: Slice, from: Voxels) => void) {
    this.#onSlice = onSlice
  }

  /** Costs nothing where the same was asked for last. */
  ask(voxels: Voxels, request: SliceRequest): void {
    const newest = this.#next
    const key = keyOf(request)
    if (
      newest
        ? keyOf(newest.request) === key && newest.voxels === voxels
        : this.#isAsked(voxels, key)
    )
      return
    if (this.#asked && !this.#asked.answered && this.#asked.voxels === voxels) {
      this.#next = { voxels, request }
      this.#waiting ??= setTimeout(() => this.#goOn(), patienceMs)
    } else {
      this.#next = undefined
      this.#send(voxels, request)
    }
  }

  dispose(): void {
    clearTimeout(this.#waiting)
    this.#next = undefined
    this.#asked?.giveUp()
    this.#asked = undefined
  }

  #isAsked(voxels: Voxels, key: string): boolean {
    return this.#asked?.voxels === voxels && this.#asked.key === key
  }

  #send(voxels: Voxels, request: SliceRequest): void {
    this.#asked?.giveUp()
    const asked = { voxels, key: keyOf(request), giveUp: () => {}, answered: false }
    this.#asked = asked
    asked.giveUp = voxels.slice(request, (slice) => {
      if (this.#asked !== asked) return
      asked.answered = true
      this.#onSlice(slice, voxels)
      if (this.#next) this.#goOn()
    })
  }

  #goOn(): void {
    clearTimeout(this.#waiting)
    this.#waiting = undefined
    const next = this.#next
    this.#next = undefined
    if (next) this.#send(next.voxels, next.request)
  }
}

const keyOf = (request: SliceRequest): string => JSON.stringify(request)
