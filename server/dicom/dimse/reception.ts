import type { Readable } from 'node:stream'
import type { IncomingImport, Intake } from '../pacs/incoming-import.ts'

/** What arrives within one association: one import, begun by its first object. */
export class Reception {
  readonly #intake: Intake
  readonly #record: (importId: string) => Promise<void>
  #upload: Promise<IncomingImport> | undefined
  #refusal: unknown
  #over: Promise<void> | undefined

  /** `record`: who sent it, durable before the import is accepted. */
  constructor(intake: Intake, record: (importId: string) => Promise<void>) {
    this.#intake = intake
    this.#record = record
  }

  /** False where it is not taken; then nothing of the association is. */
  async store(content: Readable): Promise<boolean> {
    try {
      if (this.#refusal !== undefined) throw this.#refusal
      this.#upload ??= this.#intake.receive()
      const upload = await this.#upload
      await upload.addFile(content)
      return true
    } catch (error) {
      this.#refusal ??= error
      content.resume() // the sender is told at the end of the object, which has to come
      return false
    }
  }

  /** The sender is done: the import goes on, or says why it does not. */
  end(): Promise<void> {
    this.#over ??= this.#accept()
    return this.#over
  }

  /** It broke off: nothing half is kept. */
  breakOff(words: string): Promise<void> {
    this.#over ??= this.#refuse(words)
    return this.#over
  }

  async #accept(): Promise<void> {
    const upload = await this.#upload
    if (!upload) return
    try {
      if (this.#refusal !== undefined) throw this.#refusal
      await this.#record(upload.importId)
      upload.accept()
    } catch (error) {
      await upload.refuse(error)
    }
  }

  async #refuse(words: string): Promise<void> {
    const upload = await this.#upload
    await upload?.refuse(this.#intake.interrupted(words, this.#refusal))
  }
}
