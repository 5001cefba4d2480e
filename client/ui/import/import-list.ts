import { endStates, type ImportStatus } from '../../../shared/case/import.ts'
import { wordsFor } from '../../api/http.ts'
import { recentImports, watchImport } from '../../api/imports.ts'
import { type Upload, upload } from '../../api/upload.ts'

/** One row of the import page: files on their way to the server, then the server's job. */
export type ImportRow =
  | {
      readonly state: 'sending'
      readonly rowId: string
      readonly files: number
      readonly bytes: number
      readonly fraction: number
    }
  | {
      readonly state: 'not-sent'
      readonly rowId: string
      readonly files: number
      readonly message: string
    }
  | { readonly state: 'job'; readonly rowId: string; readonly job: ImportStatus }

/** Uploads and the jobs they became; they go on while other pages are looked at. */
export class ImportList {
  readonly #listeners = new Set<() => void>()
  readonly #uploads = new Map<string, Upload>()
  /** The row that shows a job, by the job's id. */
  readonly #followed = new Map<string, string>()
  #rows: readonly ImportRow[] = []
  #nextRow = 0

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  getSnapshot = (): readonly ImportRow[] => this.#rows

  async send(files: readonly File[]): Promise<void> {
    const rowId = `upload-${this.#nextRow++}`
    const bytes = files.reduce((sum, file) => sum + file.size, 0)
    const row = { rowId, files: files.length, bytes } as const
    const sending = (fraction: number) => this.#put({ state: 'sending', ...row, fraction })
    sending(0)
    const sent = upload(files, sending)
    this.#uploads.set(rowId, sent)
    try {
      this.#follow(await sent.importId, rowId)
    } catch (error) {
      if (error instanceof DOMException) this.#drop(rowId)
      else {
        const message = wordsFor(error)
        this.#put({ state: 'not-sent', rowId, files: files.length, message })
      }
    } finally {
      this.#uploads.delete(rowId)
    }
  }

  cancel(rowId: string): void {
    this.#uploads.get(rowId)?.cancel()
  }

  /** Jobs of earlier visits, and of others; those under way are followed. */
  async refresh(): Promise<void> {
    const jobs = (await recentImports()).filter(({ state }) => state !== 'receiving')
    for (const job of jobs.toReversed()) {
      const { importId, state } = job
      if (this.#followed.has(importId)) continue
      this.#put({ state: 'job', rowId: importId, job })
      if (endStates.includes(state)) this.#followed.set(importId, importId)
      else this.#follow(importId, importId)
    }
  }

  /** A job that began elsewhere than by an upload of this page. */
  follow(importId: string): void {
    this.#follow(importId, importId)
  }

  /** A job has one row: its upload's, where it came from this page. */
  #follow(importId: string, rowId: string): void {
    const followedAs = this.#followed.get(importId)
    this.#followed.set(importId, rowId)
    if (followedAs !== undefined) {
      const before = this.#rows.find((row) => row.rowId === followedAs)
      this.#drop(followedAs)
      if (before?.state === 'job') this.#put({ ...before, rowId })
      return
    }
    watchImport(importId, (job) => {
      this.#put({ state: 'job', rowId: this.#followed.get(importId) ?? rowId, job })
    })
  }

  #put(row: ImportRow): void {
    const there = this.#rows.some(({ rowId }) => rowId === row.rowId)
    this.#show(
      there ? this.#rows.map((r) => (r.rowId === row.rowId ? row : r)) : [row, ...this.#rows],
    )
  }

  #drop(rowId: string): void {
    this.#show(this.#rows.filter((row) => row.rowId !== rowId))
  }

  #show(rows: readonly ImportRow[]): void {
    this.#rows = rows
    for (const listener of this.#listeners) listener()
  }
}
