import { setTimeout as delay } from 'node:timers/promises'
import type { BotPlan } from '../bots/bot.ts'
import type { BotAccount } from '../bots/bot-account.ts'
import { BotFleet } from '../bots/bot-fleet.ts'
import { LatencyHistogram } from '../bots/latency-histogram.ts'
import { monotonicMs } from '../monotonic-ms.ts'
import { usageOf } from '../process-usage.ts'
import { roundsInTime } from '../rounds-in-time.ts'
import { type CrowdScenario, peopleIn } from '../scenarios/scenario.ts'
import { Stage, type StageRoom } from '../stage.ts'
import { type Accounts, accountFor, sumOf } from './accounts.ts'

/** On a machine that does nothing else a tenth of it is plenty. */
const longestWaitMs = 30_000

/** What was true between the beginning of a round and its end. */
export interface Round {
  readonly startMs: number
  readonly endMs: number
  /** When the fault came, if one did. */
  readonly faultAtMs: number | undefined
  readonly latencies: LatencyHistogram
  readonly bySecond: readonly LatencyHistogram[]
  readonly serverCpuPercent: number
  readonly botsCpuPercent: number
}

export interface CrowdRun {
  readonly rounds: readonly Round[]
  readonly bots: readonly BotAccount[]
  readonly accounts: Accounts
  /** Before anybody came, and when all had settled. */
  readonly residentMb: readonly [number, number]
}

/** Plays a scenario on a server of its own. Throws where somebody could not even join. */
export async function runCrowd(scenario: CrowdScenario): Promise<CrowdRun> {
  const startMs = performance.now()
  const stage = await Stage.open({ cuttable: scenario.faults.length > 0 })
  const fleet = new BotFleet(scenario.botProcesses)
  try {
    const rooms = await stage.openRooms(scenario.rooms)
    const before = await stage.usage()
    await fleet.join(plansFor(scenario, rooms, stage.origin), 1000 / scenario.arrivalsPerSecond)
    const rounds: Round[] = []
    for (const n of roundsInTime(scenario, startMs)) {
      rounds.push(await playRound(n, { scenario, stage, fleet }))
    }
    await fleet.finish(longestWaitMs)
    const told = new Map<string, { seq: number; hash: string }>()
    for (const { conferenceId } of rooms) told.set(conferenceId, await stage.stateOf(conferenceId))
    const seqs = Object.fromEntries([...told].map(([id, { seq }]) => [id, seq]))
    const bots = await fleet.settle(seqs, longestWaitMs)
    const after = await stage.usage()
    const logs = await stage.readLogs(rooms)
    const accounts = rooms.map(({ conferenceId }) => {
      const { seq, hash } = told.get(conferenceId) ?? { seq: -1, hash: '' }
      const here = bots.filter((bot) => bot.conferenceId === conferenceId)
      return accountFor(here, { log: logs.get(conferenceId) ?? [], seq, hash })
    })
    await fleet.close()
    return {
      rounds,
      bots,
      accounts: sumOf(accounts),
      residentMb: [before.residentMb, after.residentMb],
    }
  } finally {
    fleet.kill()
    await stage.close()
  }
}

function plansFor(scenario: CrowdScenario, rooms: readonly StageRoom[], origin: string): BotPlan[] {
  const people = peopleIn(scenario)
  const plans: BotPlan[] = []
  for (const { as, count, role, does } of scenario.crowd) {
    for (const [room, { invitations }] of rooms.entries()) {
      for (let n = 0; n < count; n++) {
        plans.push({
          origin,
          invitation: invitations[role],
          displayName: `${as}-${room}-${n}`,
          does,
          phase: ((plans.length * 7) % people) / people,
        })
      }
    }
  }
  return plans
}

async function playRound(
  round: number,
  { scenario, stage, fleet }: { scenario: CrowdScenario; stage: Stage; fleet: BotFleet },
): Promise<Round> {
  const [server, bots] = [await stage.usage(), await usageOf(fleet.pids)]
  const startMs = monotonicMs()
  let faultAtMs: number | undefined
  await fleet.start(round)
  for (const { afterMs } of scenario.faults) {
    await until(startMs + afterMs)
    faultAtMs = monotonicMs()
    stage.cut()
  }
  await until(startMs + scenario.roundSeconds * 1000)
  const [serverAfter, botsAfter] = [await stage.usage(), await usageOf(fleet.pids)]
  const endMs = monotonicMs()
  const heard = await fleet.stop(longestWaitMs)
  const percent = (before: { cpuSeconds: number }, after: { cpuSeconds: number }) =>
    ((after.cpuSeconds - before.cpuSeconds) * 100_000) / (endMs - startMs)
  const seconds = Math.max(...heard.map(({ bySecond }) => bySecond.length))
  return {
    startMs,
    endMs,
    faultAtMs,
    latencies: LatencyHistogram.of(heard.flatMap(({ latencies }) => latencies)),
    bySecond: Array.from({ length: seconds }, (_, second) =>
      LatencyHistogram.of(heard.flatMap(({ bySecond }) => bySecond[second] ?? [])),
    ),
    serverCpuPercent: percent(server, serverAfter),
    botsCpuPercent: percent(bots, botsAfter),
  }
}

const until = (atMs: number) => delay(Math.max(0, atMs - monotonicMs()))
