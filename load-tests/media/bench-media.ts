import type { BenchResult } from '../reporting/bench-result.ts'
import { consumerCost } from './consumer-cost.ts'
import { joiningTimes } from './joining-times.ts'

/** What a consumer costs the worker, beside what mediasoup documents, and what a guest waits for. */
export async function run(): Promise<BenchResult> {
  const [cost, joining] = [await consumerCost(), await joiningTimes()]
  return {
    text: [cost.text, joining.text].join('\n\n'),
    budgets: [...cost.budgets, ...joining.budgets],
  }
}
