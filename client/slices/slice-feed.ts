import type { ReadFailure } from '../voxels/read-failure.ts'
import type { Slice, SliceRequest, Voxels } from '../voxels/voxels.ts'

/**
 * How long a newer plane waits for the answer to the one before: without waiting, a wheel that turns
 * faster than slices come would show none until it stops.
 */
const patienceMs = 250

interface Asked {
  readonly voxels: Voxels
  readonly request: SliceRequest
}

/** One pane's slices of one volume: the newest plane wins, and something comes while it moves. */
export class SliceFeed {
  readonly #onSlice: (slice: Slice, from: Asked) => void
  readonly #onFailure: (failure: ReadFailure, from: Asked) => void
  #asked: (Asked & { key: string; giveUp: () => void; answered: boolean }) | undefined
  #next: Asked | undefined
  #waiting: ReturnType<typeof setTimeout> | undefined

  constructor(
    onSlice: (slice: Slice, from: Asked) => void,
    onFailure: (failure: ReadFailure, from: Asked) => void,
  ) {
    this.#onSlice = onSlice
    this.#onFailure = onFailure
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

  /** Nothing comes any more, until it is asked for anew. */
  giveUp(): void {
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
    const asked = { voxels, request, key: keyOf(request), giveUp: () => {}, answered: false }
    this.#asked = asked
    asked.giveUp = voxels.slice(
      request,
      (slice) => {
        if (this.#asked !== asked) return
        asked.answered = true
        this.#onSlice(slice, asked)
        if (this.#next) this.#goOn()
      },
      (failure) => {
        if (this.#asked !== asked) return
        asked.answered = true
        if (this.#next) this.#goOn()
        else this.#onFailure(failure, asked)
      },
    )
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
