import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { ImportStatus } from '../../shared/case/import.ts'
import { ImportJob, statusOf } from './import-job.ts'
import { ImportRefusedError } from './import-refused.ts'
import type { CaseRepository, ImportRepository } from './ports.ts'
import { type ImportTools, runImport } from './run-import.ts'
import { Spool, type SpoolLimits } from './spool.ts'

export interface ImportServiceOptions extends ImportTools {
  readonly imports: ImportRepository
  readonly cases: CaseRepository
  /** Holds the files of imports under way; nothing of it outlives them. */
  readonly spoolRoot: string
  readonly limits?: SpoolLimits
  /** Hears of every job that ended, and of an error that was nobody's expectation. */
  readonly onEnded?: (status: ImportStatus) => void
  readonly onError?: (importId: string, error: unknown) => void
}

const recentImports = 50

/** Takes uploads, runs one job after the other, and says how each of them is going. */
export class ImportService {
  readonly #options: ImportServiceOptions
  readonly #active = new Map<string, ImportJob>()
  readonly #stopping = new AbortController()
  /** Spools of uploads that are still coming in. */
  readonly #receiving = new Set<Spool>()
  #queue: Promise<void> = Promise.resolve()

  constructor(options: ImportServiceOptions) {
    this.#options = options
  }

  /** Before anything else: what a stopped process left unfinished has failed, and says so. */
  async start(): Promise<void> {
    const { imports, cases, store, spoolRoot } = this.#options
    await mkdir(spoolRoot, { recursive: true, mode: 0o700 })
    for (const name of await readdir(spoolRoot)) {
      await rm(join(spoolRoot, name), { recursive: true, force: true })
    }
    await store.open(async (volumeId) => (await cases.caseOfVolume(volumeId)) !== undefined)
    for (const record of await imports.unfinished()) {
      const failed = { ...record, state: 'failed', progress: 1, updatedAtMs: Date.now() } as const
      await imports.update({ ...failed, problems: [...record.problems, interrupted] })
    }
  }

  /** A new job in state `receiving`. The caller ends the upload by `accept` or `refuse`. */
  async receive({ demo = false }: { demo?: boolean } = {}): Promise<Upload> {
    const { imports, spoolRoot, limits, pool, onError } = this.#options
    const job = await ImportJob.create(imports, { demo, nowMs: Date.now() })
    const spool = new Spool(spoolRoot, job.importId, limits)
    this.#active.set(job.importId, job)
    // Threads start while the files come in. Nothing waits for that: what needs them fails by itself.
    pool.warm().catch((error: unknown) => {
      if (!this.#stopping.signal.aborted) onError?.(job.importId, error)
    })
    await spool.create()
    this.#receiving.add(spool)
    return new Upload(job, spool, {
      accepted: () => {
        this.#receiving.delete(spool)
        this.#enqueue(job, spool)
      },
      refused: async (error) => {
        this.#receiving.delete(spool)
        await spool.remove()
        await this.#endWith(job, error)
      },
    })
  }

  async status(importId: string): Promise<ImportStatus | undefined> {
    const active = this.#active.get(importId)
    if (active) return active.status
    const record = await this.#options.imports.find(importId)
    return record && statusOf(record)
  }

  /** Newest first. */
  async recent(): Promise<ImportStatus[]> {
    const records = await this.#options.imports.recent(recentImports)
    return records.map((record) => this.#active.get(record.importId)?.status ?? statusOf(record))
  }

  /** Undefined where the job has ended (or never was): there is nothing more to hear. */
  watch(importId: string, listener: (status: ImportStatus) => void): (() => void) | undefined {
    return this.#active.get(importId)?.watch(listener)
  }

  /**
   * Stops the job under way at its next slab; it is `failed`. No new one begins, and nothing that
   * was sent stays on disk, half an upload neither.
   */
  async close(): Promise<void> {
    this.#stopping.abort()
    await this.#queue
    await Promise.all([...this.#receiving].map((spool) => spool.remove()))
  }

  #enqueue(job: ImportJob, spool: Spool): void {
    this.#queue = this.#queue.then(() => this.#run(job, spool))
  }

  async #run(job: ImportJob, spool: Spool): Promise<void> {
    try {
      const end = await runImport(job, spool, this.#options, this.#stopping.signal)
      // Nothing of what was sent is left when the job is seen to have ended.
      await spool.remove()
      await end()
      this.#ended(job)
    } catch (error) {
      await spool.remove()
      await this.#endWith(job, error)
    }
  }

  async #endWith(job: ImportJob, error: unknown): Promise<void> {
    if (error instanceof ImportRefusedError) {
      job.addProblems([error.problem])
      const ours = ['disk-full', 'upload-interrupted'].includes(error.problem.code)
      await job.enter(ours ? 'failed' : 'rejected')
    } else {
      job.addProblems([this.#stopping.signal.aborted ? interrupted : unexpected])
      this.#options.onError?.(job.importId, error)
      await job.enter('failed')
    }
    this.#ended(job)
  }

  #ended(job: ImportJob): void {
    this.#active.delete(job.importId)
    this.#options.onEnded?.(job.status)
  }
}

const interrupted = {
  code: 'interrupted',
  message: 'Caseroom was stopped while this import was under way. Import the files again.',
}
const unexpected = {
  code: 'unexpected',
  message:
    'Something went wrong in Caseroom itself. Its log says what, under the id of the import.',
}

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
