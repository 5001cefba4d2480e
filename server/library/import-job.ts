import { randomBytes } from 'node:crypto'
import type {
  ImportProblem,
  ImportReport,
  ImportState,
  ImportStatus,
} from '../../shared/case/import.ts'
import type { SealedOrigin } from '../dicom/index.ts'
import {
  type CaseRecord,
  ImportOverError,
  type ImportRecord,
  type ImportRepository,
} from './ports.ts'

/** Where a job may go from each state. */
const nextStates: Record<ImportState, readonly ImportState[]> = {
  receiving: ['reading', 'rejected', 'failed'],
  reading: ['deidentifying', 'rejected', 'failed'],
  deidentifying: ['building', 'rejected', 'quarantined', 'failed'],
  building: ['ready', 'rejected', 'quarantined', 'failed'],
  ready: [],
  rejected: [],
  quarantined: [],
  failed: [],
}

/** The part of the whole that lies behind a job that enters the state; it ends at the next one's. */
const progressAt: Partial<Record<ImportState, [from: number, to: number]>> = {
  receiving: [0, 0.25],
  reading: [0.25, 0.34],
  deidentifying: [0.34, 0.35],
  building: [0.35, 1],
}

/** One import while this process works on it. States are stored when entered, progress is not. */
export class ImportJob {
  #record: ImportRecord
  readonly #imports: ImportRepository
  readonly #listeners = new Set<(status: ImportStatus) => void>()

  private constructor(record: ImportRecord, imports: ImportRepository) {
    this.#record = record
    this.#imports = imports
  }

  static async create(
    imports: ImportRepository,
    options: { processId: string; demo: boolean; nowMs: number },
  ): Promise<ImportJob> {
    const { processId, demo, nowMs } = options
    const record: ImportRecord = {
      importId: randomBytes(16).toString('hex'),
      state: 'receiving',
      progress: 0,
      problems: [],
      caseIds: [],
      report: { files: 0, bytes: 0, volumes: 0, setAside: [] },
      createdAtMs: nowMs,
      updatedAtMs: nowMs,
      processId,
      demo,
    }
    await imports.add(record)
    return new ImportJob(record, imports)
  }

  get importId(): string {
    return this.#record.importId
  }

  get demo(): boolean {
    return this.#record.demo
  }

  get title(): string | undefined {
    return this.#record.title
  }

  set title(title: string) {
    this.#record = { ...this.#record, title }
  }

  /** What was typed is not kept; durable with the next state. */
  forgetTitle(): void {
    const { title: _, ...rest } = this.#record
    this.#record = rest
  }

  get status(): ImportStatus {
    return statusOf(this.#record)
  }

  /** Of the current state, 0…1. */
  progress(fraction: number): void {
    const [from, to] = progressAt[this.#record.state] ?? [1, 1]
    const progress = from + (to - from) * Math.min(1, Math.max(0, fraction))
    if (progress <= this.#record.progress) return
    this.#record = { ...this.#record, progress }
    this.#tell()
  }

  /** What is known so far; stored with the next state. */
  report(report: Partial<ImportReport>): void {
    this.#record = { ...this.#record, report: { ...this.#record.report, ...report } }
  }

  addProblems(problems: readonly ImportProblem[]): void {
    this.#record = { ...this.#record, problems: [...this.#record.problems, ...problems] }
  }

  /**
   * Durable once it resolves, and told only then. Throws ImportOverError where another process has
   * ended the job.
   */
  async enter(state: Exclude<ImportState, 'ready'>): Promise<void> {
    const record = this.#entering(state)
    if (!(await this.#imports.update(record))) throw new ImportOverError(this.importId)
    this.#becomes(record)
  }

  /**
   * Ends as `ready`, together with the cases and where they came from: all are stored, or none. Throws ImportOverError
   * as `enter` does.
   */
  async complete(cases: readonly CaseRecord[], origins: readonly SealedOrigin[]): Promise<void> {
    const caseIds = cases.map(({ caseId }) => caseId)
    const record = { ...this.#entering('ready'), caseIds }
    await this.#imports.complete(record, cases, origins)
    this.#becomes(record)
  }

  /** Ends as another process has stored it. */
  async endAsStored(): Promise<void> {
    const record = await this.#imports.find(this.importId)
    if (record) this.#becomes(record)
  }

  /** The listener hears every change from now on. The return value ends that. */
  watch(listener: (status: ImportStatus) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #entering(state: ImportState): ImportRecord {
    const from = this.#record.state
    if (!nextStates[from].includes(state)) {
      throw new Error(`an import cannot go from ${from} to ${state}`)
    }
    const progress = progressAt[state]?.[0] ?? 1
    return { ...this.#record, state, progress, updatedAtMs: Date.now() }
  }

  #becomes(record: ImportRecord): void {
    this.#record = record
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this.status)
  }
}

/** What everybody may see of a job. */
export function statusOf(record: ImportRecord): ImportStatus {
  const { importId, state, progress, problems, caseIds, report, createdAtMs } = record
  return { importId, state, progress, problems, caseIds, report, createdAtMs }
}
