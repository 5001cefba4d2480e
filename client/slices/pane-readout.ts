import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import { valueWords } from '../../shared/volume/value-words.ts'
import { placeWords } from './patient-words.ts'
import type { SliceAt } from './slice-space.ts'

/** What a pane tells of the place under the pointer, or of what is being dragged. */
export type Readout =
  | { readonly kind: 'place'; readonly words: string }
  | { readonly kind: 'dragged'; readonly words: string; readonly at: SliceAt }

interface Readable {
  readonly manifest: Pick<VolumeManifest, 'unit' | 'suvbwFactor'>
  valueAt(pointMm: Vec3): Promise<number | undefined>
}

/** One question at a time: the newest place is asked for when the answer before it has come. */
export class PaneReadout {
  #now: Readout | undefined
  #wanted: { pointMm: Vec3; from: Readable } | undefined
  #asking = false
  readonly #listeners = new Set<() => void>()

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  getNow = (): Readout | undefined => this.#now

  /** A pointer rests here; `from` holds the values as they are stored. */
  rest(pointMm: Vec3, from: Readable): void {
    this.#wanted = { pointMm, from }
    if (!this.#asking) void this.#ask()
  }

  drag(words: string, at: SliceAt): void {
    this.#wanted = undefined
    this.#tell({ kind: 'dragged', words, at })
  }

  clear(): void {
    this.#wanted = undefined
    this.#tell(undefined)
  }

  async #ask(): Promise<void> {
    this.#asking = true
    while (this.#wanted) {
      const { pointMm, from } = this.#wanted
      const asked = this.#wanted
      const value = await from.valueAt(pointMm).then(
        (stored) => (stored === undefined ? 'outside' : valueWords(stored, from.manifest)),
        () => 'no value',
      )
      if (!this.#wanted) break
      this.#tell({ kind: 'place', words: `${value}  ·  ${placeWords(pointMm)}` })
      if (this.#wanted === asked) this.#wanted = undefined
    }
    this.#asking = false
  }

  #tell(now: Readout | undefined): void {
    if (now?.words === this.#now?.words && now?.kind === 'place') return
    if (!now && !this.#now) return
    this.#now = now
    for (const listener of this.#listeners) listener()
  }
}
