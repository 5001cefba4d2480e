import { consumerCost } from './consumer-cost.ts'
import { joiningTimes } from './joining-times.ts'

/** What a consumer costs the worker, beside what mediasoup documents, and what a guest waits for. */
export async function run(): Promise<string> {
  return [await consumerCost(), await joiningTimes()].join('\n\n')
}
