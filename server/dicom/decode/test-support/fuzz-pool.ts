import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { FuzzItem, FuzzOutcome } from './fuzz-process.ts'

const script = new URL('./fuzz-process.ts', import.meta.url)

/**
 * Runs items over processes. What ends one is told of the item that it worked on, and one that takes
 * longer than the watchdog allows as `no answer`. Throws where a process ends after it has answered.
 */
export async function runItems(
  items: Iterable<FuzzItem>,
  { processes, watchdogMs }: { readonly processes: number; readonly watchdogMs: number },
): Promise<readonly FuzzOutcome[]> {
  const queue = items[Symbol.iterator]()
  const outcomes: FuzzOutcome[] = []
  const lane = async () => {
    let child = start()
    for (let next = queue.next(); !next.done; next = queue.next()) {
      const outcome = await ask(child, next.value, watchdogMs)
      outcomes.push(outcome)
      if (outcome.outcome !== noAnswer && !outcome.outcome.startsWith(ended)) continue
      await end(child)
      child = start()
    }
    await end(child)
  }
  await Promise.all(Array.from({ length: processes }, lane))
  return outcomes
}

const noAnswer = 'no answer'
const ended = 'the process ended'

const start = () =>
  fork(script, [], { serialization: 'advanced', execArgv: ['--max-old-space-size=512'] })

const isOver = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null

async function end(child: ChildProcess): Promise<void> {
  if (isOver(child)) return
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}

async function ask(child: ChildProcess, item: FuzzItem, watchdogMs: number): Promise<FuzzOutcome> {
  if (isOver(child)) throw new Error(`${ended} after it had answered, before item ${item.number}`)
  return new Promise((resolve) => {
    const settle = (outcome: FuzzOutcome) => {
      clearTimeout(watchdog)
      child.off('message', settle)
      child.off('exit', tellEnd)
      resolve(outcome)
    }
    const tell = (outcome: string) =>
      settle({ number: item.number, outcome, cpuMs: watchdogMs, residentMb: 0 })
    const tellEnd = (code: number | null, signal: string | null) =>
      tell(`${ended} by ${signal ?? `exit ${code}`}`)
    const watchdog = setTimeout(() => tell(noAnswer), watchdogMs)
    child.on('message', settle)
    child.on('exit', tellEnd)
    child.send(item, (error) => error && tell(`${ended}: ${error.message}`))
  })
}
