import type { ReadFailure } from '../voxels/read-failure.ts'
import type { Slice, SliceRequest, Voxels } from '../voxels/voxels.ts'
import { isSameCut, isSameSlab } from './same-cut.ts'
import { SliceFeed } from './slice-feed.ts'

/** Between one try and the next, where nobody presses and the network tells of nothing. */
const againMs = 20_000

interface Wanted {
  readonly voxels: Voxels
  readonly request: SliceRequest
}

/** How far a cut has come: nothing of its plane is here, some of it is, all of it is. */
export type Arrival = 'away' | 'coarse' | 'sharp'

/** One volume's cuts in one pane: the newest that came, or why the wanted one does not. */
export class CutLane {
  readonly #feed: SliceFeed
  readonly #onChange: () => void
  #wanted: Wanted | undefined
  #came: (Wanted & { readonly slice: Slice }) | undefined
  #failure: ReadFailure | undefined
  #again: ReturnType<typeof setTimeout> | undefined

  constructor(onChange: () => void) {
    this.#onChange = onChange
    this.#feed = new SliceFeed(
      (slice, { voxels, request }) => {
        this.#came = { voxels, request, slice }
        this.#onChange()
      },
      (failure) => this.#fail(failure),
    )
  }

  /** Why what is wanted now does not come. */
  get failure(): ReadFailure | undefined {
    return this.#failure
  }

  /** What may be painted: of a plane before while the next comes, never in place of one that failed. */
  get slice(): Slice | undefined {
    if (!this.#came || this.#came.voxels !== this.#wanted?.voxels) return undefined
    if (this.#failure && !isSameSlab(this.#came.request, this.#wanted.request)) return undefined
    return this.#came.slice
  }

  ask(voxels: Voxels, request: SliceRequest): void {
    const before = this.#wanted
    this.#wanted = { voxels, request }
    if (before?.voxels !== voxels || !isSameCut(before.request, request)) this.#recover()
    // a cut that has failed is not tried anew by each finer request for it
    if (!this.#failure) this.#feed.ask(voxels, request)
  }

  /** `withinMm`: of the wanted plane. */
  arrival(withinMm: number): Arrival {
    const { slice } = this
    if (!slice || !this.#came || !this.#wanted) return 'away'
    const [came, wanted] = [this.#came.request, this.#wanted.request]
    if (!isSameSlab(came, wanted, withinMm)) return 'away'
    return slice.sharp && isSameCut(came, wanted) ? 'sharp' : 'coarse'
  }

  /** Once more, where it has failed. */
  retry(): void {
    if (!this.#failure || !this.#wanted) return
    this.#recover()
    this.#feed.giveUp()
    this.#feed.ask(this.#wanted.voxels, this.#wanted.request)
    this.#onChange()
  }

  dispose(): void {
    clearTimeout(this.#again)
    this.#feed.giveUp()
  }

  #fail(failure: ReadFailure): void {
    this.#failure = failure
    clearTimeout(this.#again)
    if (failure.code === 'network') this.#again = setTimeout(() => this.retry(), againMs)
    this.#onChange()
  }

  #recover(): void {
    clearTimeout(this.#again)
    this.#failure = undefined
  }
}
