import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImportStatus } from '../../shared/case/import.ts'
import type { Siblings } from '../scaling/siblings.ts'
import type { VolumeStore } from '../volume/volume-store.ts'
import { statusOf } from './import-job.ts'
import { interrupted } from './interrupted.ts'
import type { CaseRepository, ImportRecord, ImportRepository } from './ports.ts'

export interface ImportSweeperOptions {
  readonly imports: Pick<ImportRepository, 'unfinished' | 'update'>
  readonly cases: Pick<CaseRepository, 'caseOfVolume'>
  readonly store: Pick<VolumeStore, 'removeOrphans'>
  readonly siblings: Pick<Siblings, 'processId' | 'living' | 'exclusively'>
  /** Holds a folder for each process. */
  readonly spoolRoot: string
  readonly everyMs: number
  /** Hears of the imports that it ended. */
  readonly onEnded: (status: ImportStatus) => void
  /** A look that failed; the next one may not. */
  readonly onTrouble: (error: unknown) => void
}

/** Who makes a volume without an import, and who removes those that nothing holds. */
export const volumesLock = 'volumes'

/** Of imports stored by a version that knew of one process only. */
const unknownProcess = ''

/**
 * Ends what processes left behind that live no longer: their imports are `failed`, and the files
 * that were sent to them, which identify people, are removed.
 */
export class ImportSweeper {
  readonly #options: ImportSweeperOptions
  /** Who did not live at the last look. */
  #missing: ReadonlySet<string> = new Set()
  #orphansPossible = true
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> = Promise.resolve()
  #stopped = false

  constructor(options: ImportSweeperOptions) {
    this.#options = options
  }

  /** Looks once before it resolves. Throws where that fails. */
  async start(): Promise<void> {
    await mkdir(this.#options.spoolRoot, { recursive: true, mode: 0o700 })
    await this.look({ atStart: true })
    this.#schedule()
  }

  /**
   * One process may miss another for a moment, so that only who is missing at two looks in a row is
   * taken for dead; at the start, where nobody else lives, all who were there before are.
   */
  async look({ atStart = false } = {}): Promise<void> {
    const { imports, siblings, spoolRoot } = this.#options
    // What others left is looked up first: who began an import in between lives.
    const spools = await readdir(spoolRoot)
    const unfinished = await imports.unfinished()
    const living = await siblings.living()
    const here = new Set([siblings.processId, ...living])
    const missing = new Set([...spools, ...unfinished.map(processOf)].filter((id) => !here.has(id)))
    const alone = atStart && living.length === 0
    const dead = [...missing].filter((id) => alone || this.#missing.has(id))
    this.#missing = missing
    for (const processId of dead) {
      const left = unfinished.filter((record) => processOf(record) === processId)
      await this.#end(left, spools.includes(processId) ? join(spoolRoot, processId) : undefined)
      this.#orphansPossible = true
    }
    if (this.#orphansPossible) this.#orphansPossible = !(await this.#removeOrphans())
  }

  /** Resolves when no look is under way any more. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#looking
  }

  #schedule(): void {
    this.#timer = setTimeout(() => {
      this.#looking = this.look()
        .catch(this.#options.onTrouble)
        .then(() => {
          if (!this.#stopped) this.#schedule()
        })
    }, this.#options.everyMs).unref()
  }

  /** Nothing of what was sent is left when the imports are seen to have ended. */
  async #end(left: readonly ImportRecord[], spool: string | undefined): Promise<void> {
    if (spool) await rm(spool, { recursive: true, force: true, maxRetries: 3 })
    for (const record of left) {
      const failed: ImportRecord = {
        ...record,
        state: 'failed',
        progress: 1,
        problems: [...record.problems, interrupted],
        updatedAtMs: Date.now(),
      }
      // Another process may have been faster, or this one's import has ended after all.
      if (await this.#options.imports.update(failed)) this.#options.onEnded(statusOf(failed))
    }
  }

  async #removeOrphans(): Promise<boolean> {
    const { imports, cases, store, siblings } = this.#options
    // Volumes are made from volumes without an import, too.
    return await siblings.exclusively(volumesLock, () =>
      store.removeOrphans({
        isHeld: async (volumeId) => (await cases.caseOfVolume(volumeId)) !== undefined,
        isImporting: async () => (await imports.unfinished()).length > 0,
      }),
    )
  }
}

const processOf = ({ processId = unknownProcess }: ImportRecord) => processId
