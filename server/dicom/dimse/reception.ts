import type { Readable } from 'node:stream'
import type { Gathering } from './gathering.ts'

/** What arrives within one association; its first object joins it to an import. */
export class Reception {
  readonly #join: () => Gathering
  #gathering: Gathering | undefined
  #isOver = false

  constructor(join: () => Gathering) {
    this.#join = join
  }

  /** False where it is not taken. */
  store(content: Readable): Promise<boolean> {
    this.#gathering ??= this.#join()
    return this.#gathering.store(content)
  }

  /** The sender is done. */
  end(): void {
    this.#finish((gathering) => gathering.leave())
  }

  /** It broke off: nothing half is kept. */
  breakOff(words: string): void {
    this.#finish((gathering) => gathering.breakOff(words))
  }

  #finish(how: (gathering: Gathering) => void): void {
    if (this.#isOver) return
    this.#isOver = true
    if (this.#gathering) how(this.#gathering)
  }
}
