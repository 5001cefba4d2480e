import type { ImportState, ImportStatus } from '../../shared/case/import.ts'
import type { ImportRepository } from './ports.ts'

/** The same as a browser is told by a process that looks into the database. */
const leastBetweenMs = 1000

/**
 * Stores how far a job is, now and then, for whoever asks another process. Its states are stored
 * when it enters them, so that only what happens within one is noted here.
 */
export class ProgressNotes {
  readonly #imports: Pick<ImportRepository, 'updateProgress'>
  readonly #onTrouble: (error: unknown) => void
  #state: ImportState | undefined
  #storedAtMs = 0

  constructor(
    imports: Pick<ImportRepository, 'updateProgress'>,
    onTrouble: (error: unknown) => void,
  ) {
    this.#imports = imports
    this.#onTrouble = onTrouble
  }

  /** Every change of one job. */
  hear({ importId, state, progress }: ImportStatus): void {
    const nowMs = performance.now()
    const within = state === this.#state
    if (within && nowMs - this.#storedAtMs < leastBetweenMs) return
    this.#state = state
    this.#storedAtMs = nowMs
    if (!within) return
    this.#imports.updateProgress({ importId, state, progress }).catch(this.#onTrouble)
  }
}
