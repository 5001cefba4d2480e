import type { ImportState, ImportStatus } from '../../shared/case/import.ts'
import type { ImportRepository } from './ports.ts'

export interface ProgressNotesOptions {
  readonly imports: Pick<ImportRepository, 'updateProgress'>
  /** At most so often. */
  readonly everyMs: number
  /** A note that could not be stored; the next one may be. */
  readonly onTrouble: (error: unknown) => void
}

/**
 * Stores how far a job is, now and then, for whoever asks another process. Its states are stored
 * when it enters them, so that only what happens within one is noted here.
 */
export class ProgressNotes {
  readonly #options: ProgressNotesOptions
  #state: ImportState | undefined
  #storedAtMs = 0

  constructor(options: ProgressNotesOptions) {
    this.#options = options
  }

  /** Every change of one job. */
  hear({ importId, state, progress }: ImportStatus): void {
    const { imports, everyMs, onTrouble } = this.#options
    const nowMs = performance.now()
    const within = state === this.#state
    if (within && nowMs - this.#storedAtMs < everyMs) return
    this.#state = state
    this.#storedAtMs = nowMs
    if (!within) return
    imports.updateProgress({ importId, state, progress }).catch(onTrouble)
  }
}
