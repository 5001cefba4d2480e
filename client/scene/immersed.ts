import { rotate } from '../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { Avatars } from './avatars.ts'
import type { Looking } from './box-frame.ts'
import type { FlatLabels } from './flat-labels.ts'
import type { ImmersedParts } from './immersion.ts'
import type { Labels } from './labels.ts'
import type { Ears } from './stage.ts'
import type { CanvasPart } from './view-source.ts'

/** What is different on a stage while its page's person wears a headset. */
export class Immersed {
  readonly #labels: Labels
  readonly #flatLabels: FlatLabels
  readonly #avatars: Avatars
  readonly #listeners = new Set<(ears: Ears | undefined) => void>()
  #parts: ImmersedParts | undefined

  constructor(labels: Labels, flatLabels: FlatLabels, avatars: Avatars) {
    this.#labels = labels
    this.#flatLabels = flatLabels
    this.#avatars = avatars
  }

  /** Which way the wearer looks; undefined while nobody wears one. */
  get now(): Looking | undefined {
    if (!this.#parts) return undefined
    const { rotation } = this.#parts.head()
    return {
      forward: rotate(rotation, [0, 0, -1]),
      right: rotate(rotation, [1, 0, 0]),
      up: rotate(rotation, [0, 1, 0]),
    }
  }

  /** Where the wearer looks from; undefined while nobody wears one. */
  get eye(): Vec3 | undefined {
    return this.#parts?.head().position
  }

  onEars(listener: (ears: Ears | undefined) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  begin(parts: ImmersedParts): void {
    this.#parts = parts
    this.#labels.paintWith(parts.painter)
  }

  end(): void {
    if (!this.#parts) return
    this.#parts = undefined
    this.#labels.paintWith(this.#flatLabels)
    this.#tell(undefined)
  }

  mirror(wanted: boolean): void {
    this.#parts?.mirror(wanted)
  }

  /** The part of the canvas that shows what the wearer sees after this frame, if any does. */
  get mirrored(): CanvasPart | undefined {
    return this.#parts?.mirrored()
  }

  /** Before each frame; false where there is nobody in a headset. */
  frame(): boolean {
    if (!this.#parts) return false
    this.#tell({ head: this.#parts.head(), mouths: this.#avatars.heads })
    return true
  }

  #tell(ears: Ears | undefined): void {
    for (const listener of this.#listeners) listener(ears)
  }
}
