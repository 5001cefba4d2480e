import { spawn } from 'node:child_process'
import { once } from 'node:events'

export interface Relay {
  readonly pid: number
  /** What it printed first, up to the end of the line. */
  readonly firstLine: string
  stop(): Promise<void>
}

/** A server in a process of its own, once it has said that it listens. */
export async function startRelay(
  path: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Relay> {
  const child = spawn(process.execPath, [path], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const line = await Promise.race([
    once(child.stdout, 'data').then(([bytes]) => `${bytes}`.split('\n')[0] ?? ''),
    exited.then(([code]) => {
      throw new Error(`${path} ended with ${code} before it listened`)
    }),
  ])
  return {
    pid: child.pid ?? 0,
    firstLine: line,
    async stop() {
      child.kill('SIGTERM')
      await exited
    },
  }
}
