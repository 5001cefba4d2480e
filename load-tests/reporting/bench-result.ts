/** A budget beside what was measured, ready to be read. */
export interface JudgedBudget {
  readonly what: string
  /** As "≤ 50 ms". */
  readonly budget: string
  readonly measured: string
  readonly kept: boolean
  readonly why: string
}

/** How long samples took through one relay or in one scenario. */
export interface LatencyQuantiles {
  readonly name: string
  readonly p50Ms: number
  readonly p90Ms: number
  readonly p99Ms: number
}

export interface BenchResult {
  /** Markdown: words and tables. */
  readonly text: string
  readonly budgets?: readonly JudgedBudget[]
  /** Named as the file in the report's folder is, without `.svg`. */
  readonly plots?: readonly { readonly name: string; readonly svg: string }[]
  readonly latencies?: readonly LatencyQuantiles[]
}

export interface Bench {
  /** What a bench without budgets or plots has to say is text alone. */
  run(): Promise<string | BenchResult>
}

/** What became of a bench. */
export type Outcome = { readonly name: string; readonly seconds: number } & (
  | { readonly state: 'done'; readonly result: BenchResult }
  | { readonly state: 'ended'; readonly boundSeconds: number }
  | { readonly state: 'failed'; readonly words: string }
)
