import { readFile } from 'node:fs/promises'

/** USER_HZ of every Linux that Caseroom is measured on. */
const ticksPerSecond = 100

export interface ProcessUsage {
  /** User and system, since it began. */
  readonly cpuSeconds: number
  /** Resident now (VmRSS). */
  readonly residentMb: number
}

/** Seconds of CPU that a process has used so far, all its threads (proc(5), stat fields 14 and 15). */
export async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

/** What a process has used so far. */
export async function processUsage(pid: number): Promise<ProcessUsage> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  const residentKib = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1])
  return {
    cpuSeconds: await cpuSeconds(pid),
    residentMb: (residentKib * 1024) / 1e6,
  }
}

/** Of several processes together; none counts nothing. */
export async function usageOf(pids: readonly number[]): Promise<ProcessUsage> {
  const each = await Promise.all(pids.map(processUsage))
  return {
    cpuSeconds: each.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
    residentMb: each.reduce((sum, { residentMb }) => sum + residentMb, 0),
  }
}
