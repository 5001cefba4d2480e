import { endStates, type ImportStatus } from '../../shared/case/import.ts'

export interface FollowOptions {
  /** Undefined where there is no such import. */
  readonly look: () => Promise<ImportStatus | undefined>
  readonly tell: (status: ImportStatus) => void
  readonly everyMs: number
  /** A look that failed; the next one may not. */
  readonly onTrouble: (error: unknown) => void
}

/**
 * Looks again and again at an import that another process runs, and tells what has changed, until it
 * has ended or the returned function is called.
 */
export function followImport({ look, tell, everyMs, onTrouble }: FollowOptions): () => void {
  let stopped = false
  let told: ImportStatus | undefined
  let timer = setTimeout(step, everyMs)

  async function step(): Promise<void> {
    try {
      const status = await look()
      if (stopped || !status) return
      if (status.state !== told?.state || status.progress !== told.progress) tell(status)
      told = status
      if (endStates.includes(status.state)) return
    } catch (error) {
      if (!stopped) onTrouble(error)
    }
    if (!stopped) timer = setTimeout(step, everyMs)
  }

  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
