import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { processUsage } from '../process-usage.ts'
import { roundsInTime } from '../rounds-in-time.ts'
import type { Measured } from '../scenarios/measures.ts'
import type { OpeningScenario } from '../scenarios/scenario.ts'
import { Stage } from '../stage.ts'
import { quantile } from '../statistics.ts'
import type { GuestReply, OpenedCase, OpenRequest } from './guest-messages.ts'

const script = join(import.meta.dirname, 'guest-process.ts')

interface Round {
  readonly opened: readonly OpenedCase[]
  readonly serverCpuSeconds: number
  readonly guestsCpuSeconds: number
  readonly seconds: number
}

export interface OpeningRun {
  readonly guests: number
  readonly rounds: number
  readonly measured: Measured
}

/** Rounds of each size in turn, so that a busy minute of the machine meets them all. */
export async function runOpening(scenario: OpeningScenario): Promise<OpeningRun[]> {
  const startMs = performance.now()
  const stage = await Stage.open()
  try {
    const [room] = await stage.openRooms(1)
    const results = new Map(scenario.guests.map((count) => [count, [] as Round[]]))
    for (const _ of roundsInTime(scenario, startMs)) {
      for (const [count, done] of results) {
        done.push(await openTogether(count, stage, room?.invitations.resident ?? ''))
      }
    }
    return [...results].map(([count, done]) => ({
      guests: count,
      rounds: done.length,
      measured: measuredOf(done),
    }))
  } finally {
    await stage.close()
  }
}

async function openTogether(count: number, stage: Stage, invitation: string): Promise<Round> {
  const processes = Array.from({ length: count }, () => fork(script, { execArgv: [] }))
  try {
    await Promise.all(processes.map((guest) => once(guest, 'message')))
    const guestsCpu = async () => {
      const usages = await Promise.all(processes.map(({ pid }) => processUsage(pid ?? 0)))
      return usages.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0)
    }
    const [server, own, startMs] = [await stage.usage(), await guestsCpu(), performance.now()]
    const opened = await Promise.all(
      processes.map((guest, n) =>
        open(guest, {
          way: { origin: stage.origin, invitation, displayName: `guest-${n}` },
          finer: count === 1 ? 'decoded' : 'received',
        }),
      ),
    )
    return {
      opened,
      serverCpuSeconds: (await stage.usage()).cpuSeconds - server.cpuSeconds,
      guestsCpuSeconds: (await guestsCpu()) - own,
      seconds: (performance.now() - startMs) / 1000,
    }
  } finally {
    for (const guest of processes) guest.kill('SIGKILL')
  }
}

async function open(guest: ChildProcess, request: OpenRequest): Promise<OpenedCase> {
  guest.send(request)
  const ended = once(guest, 'exit').then(() => [{ failed: 'it ended' }])
  const [reply] = (await Promise.race([once(guest, 'message'), ended])) as [GuestReply]
  if (reply !== 'ready' && 'opened' in reply) return reply.opened
  throw new Error(`a guest: ${reply === 'ready' ? 'ready twice' : reply.failed}`)
}

function measuredOf(rounds: readonly Round[]): Measured {
  const p95 = (of: (opened: OpenedCase) => number) =>
    rounds.map(({ opened }) => quantile(opened.map(of), 0.95))
  const each = (of: (round: Round) => number) => rounds.map(of)
  return {
    joinP95Ms: p95(({ stateMs }) => stateMs),
    firstLevelP95Ms: p95(({ firstLevelMs }) => firstLevelMs),
    finestP95Ms: p95(({ finestMs }) => finestMs),
    megabytesPerGuest: each(({ opened }) => (opened[0]?.bytes ?? 0) / 1e6),
    serverCpuMsPerGuest: each(
      ({ serverCpuSeconds, opened }) => (serverCpuSeconds * 1000) / opened.length,
    ),
    botsCpuPercent: each(({ guestsCpuSeconds, seconds }) => (guestsCpuSeconds * 100) / seconds),
  }
}
