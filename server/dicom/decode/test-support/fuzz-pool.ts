import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { FuzzItem, FuzzOutcome } from './fuzz-thread.ts'

const script = new URL('./fuzz-thread.ts', import.meta.url)

/** Runs items over threads; one that takes longer than the watchdog allows is told as `no answer`. */
export async function runItems(
  items: Iterable<FuzzItem>,
  { threads, watchdogMs }: { readonly threads: number; readonly watchdogMs: number },
): Promise<readonly FuzzOutcome[]> {
  const queue = items[Symbol.iterator]()
  const outcomes: FuzzOutcome[] = []
  const lane = async () => {
    let worker = startThread()
    for (let next = queue.next(); !next.done; next = queue.next()) {
      const item = next.value
      const outcome = await ask(worker, item, watchdogMs)
      outcomes.push(outcome)
      if (outcome.outcome !== noAnswer) continue
      await worker.terminate()
      worker = startThread()
    }
    await worker.terminate()
  }
  await Promise.all(Array.from({ length: threads }, lane))
  return outcomes
}

const noAnswer = 'no answer'

const startThread = () =>
  new Worker(script, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 512 } })

async function ask(worker: Worker, item: FuzzItem, watchdogMs: number): Promise<FuzzOutcome> {
  const signal = AbortSignal.timeout(watchdogMs)
  try {
    const answer = once(worker, 'message', { signal })
    worker.postMessage(item)
    const [outcome] = (await answer) as [FuzzOutcome]
    return outcome
  } catch (error) {
    const outcome = signal.aborted ? noAnswer : `the thread ended: ${String(error)}`
    if (!signal.aborted) throw new Error(`item ${item.number}: ${outcome}`, { cause: error })
    return { number: item.number, outcome, cpuMs: watchdogMs, residentMb: 0 }
  }
}
