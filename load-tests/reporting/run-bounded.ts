import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { childrenOf } from '../../test/support/processes.ts'
import type { BenchReply } from './bench-process.ts'
import type { Outcome } from './bench-result.ts'

const script = join(import.meta.dirname, 'bench-process.ts')

/** Runs a bench; at its bound it is ended with everything it has started, and nothing of it stays. */
export async function runBounded(name: string, boundSeconds: number): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'caseroom-bench-'))
  chmodSync(folder, 0o711) // PostgreSQL runs as another user, in a folder of its own in it
  const startMs = performance.now()
  const bench = fork(script, [name], { execArgv: [], env: { ...process.env, TMPDIR: folder } })
  const bound = Promise.withResolvers<'bound'>()
  const timer = setTimeout(() => bound.resolve('bound'), boundSeconds * 1000)
  try {
    const said = await Promise.race([replyOf(bench), bound.promise])
    const common = { name, seconds: (performance.now() - startMs) / 1000 }
    if (said === 'bound') return { ...common, state: 'ended', boundSeconds }
    if ('failed' in said) return { ...common, state: 'failed', words: said.failed }
    return { ...common, state: 'done', result: said.result }
  } finally {
    clearTimeout(timer)
    await end(bench)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

async function replyOf(bench: ChildProcess): Promise<BenchReply> {
  const ended = once(bench, 'exit').then(([code, signal]) => [
    { failed: `its process ended: ${code ?? signal}` },
  ])
  const [reply] = await Promise.race([once(bench, 'message'), ended])
  return reply as BenchReply
}

/** The process and whatever runs below it, servers and browsers too. */
async function end(bench: ChildProcess): Promise<void> {
  if (bench.exitCode !== null || bench.signalCode !== null) return
  const below = descendantsOf(bench.pid ?? 0)
  bench.kill('SIGKILL')
  for (const pid of below) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error // it has ended by itself
    }
  }
  await once(bench, 'exit')
}

const descendantsOf = (pid: number): number[] =>
  childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)])
