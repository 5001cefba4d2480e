import { readFile } from 'node:fs/promises'

/** USER_HZ of every Linux that Caseroom is measured on. */
const ticksPerSecond = 100

/** Seconds of CPU that a process has used so far, user and system (proc(5), fields 14 and 15). */
export async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}
