import { cpuSeconds } from '../process-usage.ts'
import { quantile } from '../statistics.ts'
import type { Crowd, CrowdSize } from './crowd.ts'

const sampleEveryMs = 1000 / 30
const quietMs = 200
const drainWithinMs = 30_000

/** What one listener of a crowd heard, and what that cost. */
export interface Round {
  readonly p50Ms: number
  readonly p90Ms: number
  readonly p99Ms: number
  /** Of one core. */
  readonly cpuPercent: number
  /** Of one core, by this process: all the senders and listeners together. */
  readonly clientsCpuPercent: number
  readonly messagesPerSecond: number
  readonly samplesPerSecond: number
  readonly kbPerSecond: number
}

/**
 * Every sender moves its laser at 30 Hz, one after the other within each thirtieth. A sample
 * carries when it was sent, in the x of the laser's end; what arrives tells how long ago. Ends once
 * nothing arrives any more, so that no backlog reaches the next round: what a relay had put off is
 * counted to the seconds in which it was sent, so a CPU past 100 % is work that does not keep up.
 */
export async function measureCrowd(
  crowd: Crowd,
  { senders, listeners }: CrowdSize,
  forMs: number,
): Promise<Round> {
  const latenciesMs: number[] = []
  const startMs = performance.now()
  const thisRound = Math.fround(startMs % 1024)
  let messages = 0
  let lastHeardMs = startMs
  crowd.hearing.tell = (lasers) => {
    messages++
    lastHeardMs = performance.now()
    for (const { end } of lasers) {
      if (Math.fround(end[1]) === thisRound) latenciesMs.push(lastHeardMs - startMs - end[0])
    }
  }
  const cpuBefore = await cpuSeconds(crowd.pid)
  const clientsCpuBefore = process.cpuUsage()
  const bytesBefore = crowd.receivedBytes()
  const timers: NodeJS.Timeout[] = []
  for (let sender = 0; sender < senders; sender++) {
    timers.push(
      setInterval(() => {
        const end = [performance.now() - startMs, thisRound, sender] as const
        crowd.send(sender, { origin: [0, 0, 0], end, touches: true })
      }, sampleEveryMs),
    )
    await wait(sampleEveryMs / senders)
  }
  await wait(forMs)
  for (const timer of timers) clearInterval(timer)
  const seconds = (performance.now() - startMs) / 1000
  await quiet(() => lastHeardMs)
  const { user, system } = process.cpuUsage(clientsCpuBefore)
  return {
    p50Ms: quantile(latenciesMs, 0.5),
    p90Ms: quantile(latenciesMs, 0.9),
    p99Ms: quantile(latenciesMs, 0.99),
    cpuPercent: (100 * ((await cpuSeconds(crowd.pid)) - cpuBefore)) / seconds,
    clientsCpuPercent: (user + system) / 1e4 / seconds,
    messagesPerSecond: messages / listeners / seconds,
    samplesPerSecond: latenciesMs.length / listeners / seconds,
    kbPerSecond: (crowd.receivedBytes() - bytesBefore) / 1000 / listeners / seconds,
  }
}

async function quiet(lastHeardMs: () => number): Promise<void> {
  const deadlineMs = performance.now() + drainWithinMs
  do {
    await wait(quietMs)
    if (performance.now() > deadlineMs) throw new Error('a relay does not fall silent')
  } while (performance.now() - lastHeardMs() < quietMs)
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
