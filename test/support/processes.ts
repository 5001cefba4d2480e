import { readdirSync, readFileSync } from 'node:fs'

/** From Linux's /proc; a process that has ended and waits to be collected does not run. */
function look(pid: number): { parent: number; state: string } | undefined {
  try {
    const [, state = '', parent = ''] =
      /^\d+ \(.*\) (\S) (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    return { parent: Number(parent), state }
  } catch {
    return undefined // ended while it was looked at
  }
}

export const isRunning = (pid: number): boolean => {
  const state = look(pid)?.state
  return state !== undefined && state !== 'Z'
}

export function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && look(pid)?.parent === parent && isRunning(pid))
}
