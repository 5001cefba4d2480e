import type { Readable } from 'node:stream'
import type { ImportJob } from './import-job.ts'
import { ImportRefusedError } from './import-refused.ts'
import type { Spool } from './spool.ts'

interface UploadEnd {
  accepted(): void
  refused(error: unknown): Promise<void>
}

/** One upload under way: open → accepted or refused. */
export class Upload {
  readonly #job: ImportJob
  readonly #spool: Spool
  readonly #end: UploadEnd

  constructor(job: ImportJob, spool: Spool, end: UploadEnd) {
    this.#job = job
    this.#spool = spool
    this.#end = end
  }

  get importId(): string {
    return this.#job.importId
  }

  set title(title: string) {
    this.#job.title = title
  }

  /** Resolves when the file is on disk. Throws ImportRefusedError. */
  async addFile(content: Readable): Promise<void> {
    await this.#spool.add(content)
  }

  /** Of `expectedBytes`, 0…1. */
  progress(fraction: number): void {
    this.#job.progress(fraction)
  }

  /** All files are there: the job waits for its turn. Throws ImportRefusedError where there is none. */
  accept(): void {
    if (this.#spool.fileCount === 0) {
      throw new ImportRefusedError('empty', 'There was no file in it.')
    }
    this.#job.report({ files: this.#spool.fileCount, bytes: this.#spool.bytes })
    this.#end.accepted()
  }

  /** The job ends with this error's words, and nothing of the upload is left. */
  async refuse(error: unknown): Promise<void> {
    await this.#end.refused(error)
  }
}
