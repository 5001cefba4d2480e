import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImportStatus } from '../../shared/case/import.ts'
import type { Siblings } from '../scaling/siblings.ts'
import { followImport } from './follow-import.ts'
import { ImportJob, statusOf } from './import-job.ts'
import { ImportRefusedError } from './import-refused.ts'
import { ImportSweeper } from './import-sweeper.ts'
import { interrupted } from './interrupted.ts'
import { type CaseRepository, ImportOverError, type ImportRepository } from './ports.ts'
import { ProgressNotes } from './progress-notes.ts'
import type { Quarantine } from './quarantine.ts'
import type { ReviewedSlice } from './review.ts'
import { type ImportTools, runImport } from './run-import.ts'
import { Spool, type SpoolLimits } from './spool.ts'
import { Upload } from './upload.ts'

export interface ImportServiceOptions extends ImportTools {
  readonly quarantine: Quarantine
  readonly imports: ImportRepository
  readonly cases: CaseRepository
  /** The processes that share the database, the volumes and the spool. */
  readonly siblings: Siblings
  /** Holds the files of imports under way, a folder for each process; nothing outlives them. */
  readonly spoolRoot: string
  readonly limits?: SpoolLimits
  /** How often is looked for what ended processes left. */
  readonly sweepEveryMs?: number
  /**
   * How often the progress of a job is stored for the other processes, and looked at there while
   * somebody watches.
   */
  readonly lookEveryMs?: number
  /** Hears of every job that ended, and of an error that was nobody's expectation. */
  readonly onEnded?: (status: ImportStatus) => void
  readonly onError?: (importId: string, error: unknown) => void
  /** Hears of what went wrong and will be tried again. */
  readonly onTrouble?: (error: unknown) => void
}

const recentImports = 50
const defaultSweepEveryMs = 10_000
const defaultLookEveryMs = 1000

/** Takes uploads, runs one job after the other, and says how each of them is going. */
export class ImportService {
  readonly #options: ImportServiceOptions
  readonly #sweeper: ImportSweeper
  readonly #following: { everyMs: number; onTrouble: (error: unknown) => void }
  /** Of this process. */
  readonly #spoolFolder: string
  /** The jobs that this process runs. */
  readonly #active = new Map<string, ImportJob>()
  readonly #stopping = new AbortController()
  #queue: Promise<void> = Promise.resolve()

  constructor(options: ImportServiceOptions) {
    this.#options = options
    this.#spoolFolder = join(options.spoolRoot, options.siblings.processId)
    const onTrouble = (error: unknown) => options.onTrouble?.(error)
    this.#following = { everyMs: options.lookEveryMs ?? defaultLookEveryMs, onTrouble }
    this.#sweeper = new ImportSweeper({
      ...options,
      everyMs: options.sweepEveryMs ?? defaultSweepEveryMs,
      onEnded: (status) => options.onEnded?.(status),
      onTrouble,
    })
  }

  /** Before anything else: what a stopped process left unfinished has failed, and says so. */
  async start(): Promise<void> {
    await this.#options.store.open()
    await this.#sweeper.start()
    await this.#sweepQuarantine()
  }

  /** A new job in state `receiving`. The caller ends the upload by `accept` or `refuse`. */
  async receive({ demo = false }: { demo?: boolean } = {}): Promise<Upload> {
    const { limits, pool, onError } = this.#options
    const job = await this.#begin(demo)
    const spool = new Spool(this.#spoolFolder, job.importId, limits)
    // Threads start while the files come in. Nothing waits for that: what needs them fails by itself.
    pool.warm().catch((error: unknown) => {
      if (!this.#stopping.signal.aborted) onError?.(job.importId, error)
    })
    await spool.create()
    return new Upload(job, spool, {
      accepted: () => this.#enqueue(job, spool),
      refused: async (error) => {
        await spool.remove()
        await this.#endWith(job, error)
      },
    })
  }

  /**
   * Imports anew what was held back, with what a person saw in it now and before. The id of the new
   * import; undefined where nothing is held back under that id any more. Throws while it stops: what
   * is given up then would be lost.
   */
  async release(importId: string, reviewed: readonly ReviewedSlice[]): Promise<string | undefined> {
    this.#stopping.signal.throwIfAborted()
    const released = await this.#options.quarantine.release(importId)
    if (!released) return undefined
    const job = await this.#begin(false)
    if (released.title !== undefined) job.title = released.title
    const spool = new Spool(this.#spoolFolder, job.importId, this.#options.limits, released.key)
    await mkdir(this.#spoolFolder, { recursive: true, mode: 0o700 })
    await Spool.adopt(spool, released)
    this.#enqueue(job, spool, [...released.reviewed, ...reviewed])
    return job.importId
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

  /**
   * The listener hears every change from now on; of an import that another process runs, how it is
   * now and then, and its end. The return value ends that.
   */
  watch(importId: string, listener: (status: ImportStatus) => void): () => void {
    const job = this.#active.get(importId)
    if (job) return job.watch(listener)
    const look = () => this.status(importId)
    return followImport({ look, tell: listener, ...this.#following })
  }

  /**
   * Stops the job under way at its next slab; it is `failed`. No new one begins, and nothing that
   * was sent stays on disk, half an upload neither.
   */
  async close(): Promise<void> {
    this.#stopping.abort()
    await this.#queue
    await this.#sweeper.stop()
    await rm(this.#spoolFolder, { recursive: true, force: true, maxRetries: 3 })
  }

  /** An import under way, in any process, may be just about to be held back. */
  async #sweepQuarantine(): Promise<void> {
    const { imports, quarantine } = this.#options
    if ((await imports.unfinished()).length > 0) return
    await quarantine.sweep(async (id) => (await imports.find(id))?.state === 'quarantined')
  }

  async #begin(demo: boolean): Promise<ImportJob> {
    const { imports, siblings } = this.#options
    const { processId } = siblings
    const job = await ImportJob.create(imports, { processId, demo, nowMs: Date.now() })
    const notes = new ProgressNotes({ imports, ...this.#following })
    job.watch((status) => notes.hear(status))
    this.#active.set(job.importId, job)
    return job
  }

  #enqueue(job: ImportJob, spool: Spool, reviewed: readonly ReviewedSlice[] = []): void {
    this.#queue = this.#queue.then(() => this.#run(job, spool, reviewed))
  }

  async #run(job: ImportJob, spool: Spool, reviewed: readonly ReviewedSlice[]): Promise<void> {
    const { signal } = this.#stopping
    try {
      const end = await runImport(job, spool, this.#options, { signal, reviewed })
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
    try {
      await this.#enterEnd(job, error)
      this.#ended(job)
    } catch (cause) {
      if (!(cause instanceof ImportOverError)) throw cause
      await job.endAsStored()
      this.#active.delete(job.importId)
    }
  }

  async #enterEnd(job: ImportJob, error: unknown): Promise<void> {
    if (error instanceof ImportOverError) throw error
    if (error instanceof ImportRefusedError) {
      job.addProblems([error.problem])
      const ours = ['disk-full', 'upload-interrupted'].includes(error.problem.code)
      await job.enter(ours ? 'failed' : 'rejected')
    } else {
      job.addProblems([this.#stopping.signal.aborted ? interrupted : unexpected])
      this.#options.onError?.(job.importId, error)
      await job.enter('failed')
    }
  }

  #ended(job: ImportJob): void {
    this.#active.delete(job.importId)
    this.#options.onEnded?.(job.status)
  }
}

const unexpected = {
  code: 'unexpected',
  message:
    'Something went wrong in Caseroom itself. Its log says what, under the id of the import.',
}
