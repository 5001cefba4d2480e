import type { BotPlan } from './bot.ts'
import type { BotAccount } from './bot-account.ts'
import type { HistogramBins } from './latency-histogram.ts'

/** What a process of bots is asked, one thing at a time, and what it answers. */
export interface BotsAnswers {
  /** Each joins `everyMs` after the one before. */
  join: { asked: { plans: readonly BotPlan[]; everyMs: number }; answer: undefined }
  start: { asked: { round: number }; answer: undefined }
  /** Waits until all are back and answered, `withinMs` at most, and notes what each holds. */
  stop: { asked: { withinMs: number }; answer: HeardInRound }
  /** Asks nothing again from now on, once all are back and answered, or after `withinMs`. */
  finish: { asked: { withinMs: number }; answer: undefined }
  /** Waits until each holds the state of its conference at least up to `seqs`. */
  settle: {
    asked: { seqs: Readonly<Record<string, number>>; withinMs: number }
    answer: readonly BotAccount[]
  }
  leave: { asked: Record<never, never>; answer: undefined }
}

export type BotsAsk = keyof BotsAnswers

export interface HeardInRound {
  readonly latencies: HistogramBins
  /** By second since the round began. */
  readonly bySecond: readonly HistogramBins[]
}

export type BotsRequest = {
  [K in BotsAsk]: { readonly ask: K } & BotsAnswers[K]['asked']
}[BotsAsk]

export type BotsReply = { readonly answer: unknown } | { readonly failed: string }
