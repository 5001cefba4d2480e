import type { Asked } from '../../conference/conference-session.ts'
import type { ImmersionHost } from '../../scene/immersion.ts'
import type { Draft } from '../../scene/shown-scene.ts'

/**
 * What both hands drag just now: one may hold the volume while the other holds a plane into it.
 * Each part is shown until the command that makes it last has been answered, or a newer drag of the
 * same part has begun.
 */
export class Drafts {
  readonly #host: Pick<ImmersionHost, 'draft' | 'session'>
  #shown: Draft = {}

  constructor(host: Pick<ImmersionHost, 'draft' | 'session'>) {
    this.#host = host
  }

  show(part: Draft): void {
    this.#shown = { ...this.#shown, ...part }
    this.#host.draft(this.#shown)
  }

  /** Shown before it is asked for: whoever begins again at once begins here. */
  last(part: Draft, asked: Asked): void {
    this.show(part)
    const held = Object.entries(part)
    void this.#host.session.command(asked).then(() => {
      for (const [name, value] of held) {
        if (this.#shown[name as keyof Draft] === value) this.drop(name as keyof Draft)
      }
    })
  }

  drop(name: keyof Draft): void {
    if (!(name in this.#shown)) return
    const { [name]: _dropped, ...others } = this.#shown
    this.#shown = others
    this.#host.draft(Object.keys(others).length > 0 ? others : undefined)
  }

  dropAll(): void {
    this.#shown = {}
    this.#host.draft(undefined)
  }
}
