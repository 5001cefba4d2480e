import { ending } from '../../shared/protocol/close-codes.ts'

export interface LossContext {
  /** Why the connection ended, or why joining again failed. */
  readonly code: number
  /** Attempts made since it was lost. */
  readonly attempt: number
  readonly sinceLossMs: number
}

const delaysMs = [0, 250, 500, 1_000, 2_000, 4_000]
const longestDelayMs = 5_000
const giveUpAfterMs = 30 * 60_000

/** When to try again, or null: stop and say so. */
export function nextRetryDelayMs({ code, attempt, sinceLossMs }: LossContext): number | null {
  if (!ending(code).retryable || sinceLossMs > giveUpAfterMs) return null
  return delaysMs[attempt] ?? longestDelayMs
}
