import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { FuzzItem, FuzzOutcome } from './fuzz-process.ts'

const script = new URL('./fuzz-process.ts', import.meta.url)

/**
 * Runs items over processes. What ends two of them is told of the item that they worked on: the
 * engine ends one now and then while it compiles WebAssembly (nodejs/node#64500), whatever the
 * item. One that takes longer than the watchdog allows is told as `no answer`.
 */
export async function runItems(
  items: Iterable<FuzzItem>,
  { processes, watchdogMs }: { readonly processes: number; readonly watchdogMs: number },
): Promise<readonly FuzzOutcome[]> {
  const queue = items[Symbol.iterator]()
  const outcomes: FuzzOutcome[] = []
  const lane = async () => {
    let child = start()
    const answer = async (item: FuzzItem) => {
      if (isOver(child)) {
        await end(child)
        child = start()
      }
      return ask(child, item, watchdogMs)
    }
    for (let next = queue.next(); !next.done; next = queue.next()) {
      const first = await answer(next.value)
      if (!isEnd(first)) outcomes.push(first)
      else {
        process.stdout.write(`item ${first.number}: ${first.outcome}; asked again\n`)
        outcomes.push(await answer(next.value))
      }
    }
    await end(child)
  }
  await Promise.all(Array.from({ length: processes }, lane))
  return outcomes
}

const start = () =>
  fork(script, [], { serialization: 'advanced', execArgv: ['--max-old-space-size=512'] })

const ended = 'the process ended by '
const isEnd = ({ outcome }: FuzzOutcome) => outcome.startsWith(ended)

const isOver = ({ killed, exitCode, signalCode }: ChildProcess) =>
  killed || exitCode !== null || signalCode !== null

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}

function ask(child: ChildProcess, item: FuzzItem, watchdogMs: number): Promise<FuzzOutcome> {
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
      tell(`${ended}${signal ?? `exit ${code}`}`)
    const watchdog = setTimeout(() => {
      child.kill('SIGKILL')
      tell('no answer')
    }, watchdogMs)
    child.on('message', settle)
    child.on('exit', tellEnd)
    child.send(item)
  })
}
