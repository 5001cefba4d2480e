import type { Readable } from 'node:stream'
import type { IncomingImport, Intake } from '../pacs/incoming-import.ts'

export interface GatheringParts {
  readonly intake: Intake
  /** Who sent it, durable before the import is accepted. */
  readonly record: (importId: string) => Promise<void>
  /** After the last association: what comes by then belongs to it. */
  readonly quietMs: number
  /** It takes nothing more; resolves when its import has been left to itself or refused. */
  readonly onOver: (ended: Promise<void>) => void
}

/**
 * One import, of what one sender sends in one association or in several: many workstations open one
 * for each image. It goes on when the sender has been quiet for a while. Where one association broke
 * off, nothing of any is kept, nor taken before the sender was quiet: the rest would pass for a study.
 */
export class Gathering {
  readonly begunAtMs = performance.now()
  readonly #parts: GatheringParts
  #upload: Promise<IncomingImport> | undefined
  #refusal: unknown
  /** All that there were, and those that are open. */
  #associations = 0
  #open = 0
  #quiet: NodeJS.Timeout | undefined

  constructor(parts: GatheringParts) {
    this.#parts = parts
  }

  /** Every association that joins has to leave or break off, once. */
  join(): void {
    clearTimeout(this.#quiet)
    this.#associations++
    this.#open++
  }

  /** False where it is not taken; then nothing is any more. */
  async store(content: Readable): Promise<boolean> {
    try {
      if (this.#refusal !== undefined) throw this.#refusal
      this.#upload ??= this.#parts.intake.receive()
      const upload = await this.#upload
      await upload.addFile(content)
      return true
    } catch (error) {
      this.#refusal ??= error
      content.resume() // the sender is told at the end of the object, which has to come
      return false
    }
  }

  leave(): void {
    this.#open--
    if (this.#open > 0) return
    const isSettled = this.#associations === 1 && this.#refusal !== undefined
    if (isSettled) this.end()
    else this.#quiet = setTimeout(() => this.end(), this.#parts.quietMs)
  }

  breakOff(words: string): void {
    this.#refusal ??= this.#parts.intake.interrupted(words, undefined)
    this.leave()
  }

  /** When all have left, at once. */
  end(): void {
    clearTimeout(this.#quiet)
    this.#parts.onOver(this.#finish())
  }

  async #finish(): Promise<void> {
    const upload = await this.#upload
    if (!upload) return
    try {
      if (this.#refusal !== undefined) throw this.#refusal
      await this.#parts.record(upload.importId)
      upload.accept()
    } catch (error) {
      await upload.refuse(error)
    }
  }
}
