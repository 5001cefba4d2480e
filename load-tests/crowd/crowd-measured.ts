import type { Measured } from '../scenarios/measures.ts'
import { quantile } from '../statistics.ts'
import type { CrowdRun, Round } from './run-crowd.ts'

/** How long after its fault each person was back, in ms, shortest first. */
export function backAfterMs({ bots }: CrowdRun, { faultAtMs, endMs }: Round): number[] {
  if (faultAtMs === undefined) return []
  return bots
    .flatMap(({ returns }) => returns)
    .filter(({ lostAtMs }) => lostAtMs >= faultAtMs && lostAtMs <= endMs)
    .map(({ backAtMs }) => backAtMs - faultAtMs)
    .sort((a, b) => a - b)
}

function answeredAfterMs({ bots }: CrowdRun, { startMs, endMs }: Round): number[] {
  return bots
    .flatMap(({ commands }) => commands)
    .filter(({ askedAtMs }) => askedAtMs >= startMs && askedAtMs <= endMs)
    .map(({ askedAtMs, answeredAtMs = Number.POSITIVE_INFINITY }) => answeredAtMs - askedAtMs)
}

/** The figures of a run, a value a round where a round has one. */
export function crowdMeasured(run: CrowdRun): Measured {
  const { rounds, bots, accounts } = run
  const [beforeMb, afterMb] = run.residentMb
  const each = (of: (round: Round) => number) => rounds.map(of)
  const faulty = rounds.some(({ faultAtMs }) => faultAtMs !== undefined)
  const back = rounds.map((round) => backAfterMs(run, round))
  const commands = rounds.map((round) => answeredAfterMs(run, round))
  const joins = bots.map(({ joinMs }) => joinMs)
  return {
    joinP95Ms: [quantile(joins, 0.95)],
    poseP50Ms: each(({ latencies }) => latencies.quantileMs(0.5)),
    poseP99Ms: each(({ latencies }) => latencies.quantileMs(0.99)),
    commandP50Ms: commands.map((times) => quantile(times, 0.5)),
    commandP99Ms: commands.map((times) => quantile(times, 0.99)),
    ...(faulty && {
      backP50Ms: back.map((times) => quantile(times, 0.5)),
      backP95Ms: back.map((times) => quantile(times, 0.95)),
      backLastMs: back.map((times) => Math.max(...times)),
    }),
    serverCpuPercent: each(({ serverCpuPercent }) => serverCpuPercent),
    serverMb: [afterMb],
    kbPerParticipant: [((afterMb - beforeMb) * 1000) / bots.length],
    botsCpuPercent: each(({ botsCpuPercent }) => botsCpuPercent),
    commandsSent: [accounts.commandsSent],
    askedAgain: [accounts.askedAgain],
    refused: [accounts.refused],
    unanswered: [accounts.unanswered],
    lost: [accounts.lost],
    doubled: [accounts.doubled],
    notBack: [accounts.notBack],
    wrongHashes: [accounts.wrongHashes],
  }
}
