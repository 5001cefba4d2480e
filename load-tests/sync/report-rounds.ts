import { loadavg } from 'node:os'
import type { LatencyQuantiles } from '../reporting/bench-result.ts'
import { median, spread } from '../statistics.ts'
import { table } from '../table.ts'
import type { Round } from './measure-crowd.ts'

/** The rounds of each relay, by its name; the nth of all were measured one after the other. */
export type Results = Map<string, Round[]>

/** A row a relay; `bare` names the one that the CPU for a sample is divided by, round by round. */
export function roundsTable(results: Results, bare: string): string {
  const rows = [...results].map(([name, rounds]) => {
    const column = (of: (round: Round) => number, digits: number) => spread(rounds.map(of), digits)
    return [
      name,
      column((round) => round.p50Ms, 0),
      column((round) => round.p99Ms, 0),
      column((round) => round.cpuPercent, 1),
      spread(ratios(results, name, bare, cpuOfSample), 2),
      column((round) => round.clientsCpuPercent, 0),
      column((round) => round.messagesPerSecond, 0),
      column((round) => round.samplesPerSecond, 0),
      column((round) => round.kbPerSecond, 1),
    ]
  })
  const head = [
    'relay',
    'p50 ms',
    'p99 ms',
    'server CPU %',
    '÷ bare',
    "clients' CPU %",
    'messages/s',
    'samples/s',
    'kB/s',
  ]
  return table(head, rows)
}

/** What the machine makes of one and the same relay, opened and measured twice. */
export function noise(results: Results, one: string, again: string): string {
  const besides = (of: (round: Round) => number) => spread(ratios(results, again, one, of), 2)
  return [
    `The machine's noise: ${again} ÷ ${one}: CPU for a sample ${besides(cpuOfSample)},`,
    `p99 ${besides((round) => round.p99Ms)}; load at the end ${loadavg()[0]?.toFixed(1)}.`,
  ].join(' ')
}

/** For a plot: the median of the rounds of each relay. */
export function latencies(
  results: Results,
  { but, where }: { but: string; where: string },
): LatencyQuantiles[] {
  return [...results]
    .filter(([name]) => name !== but)
    .map(([name, rounds]) => ({
      name: `${name.split(',')[0]}, ${where}`,
      p50Ms: median(rounds.map((round) => round.p50Ms)),
      p90Ms: median(rounds.map((round) => round.p90Ms)),
      p99Ms: median(rounds.map((round) => round.p99Ms)),
    }))
}

const cpuOfSample = (round: Round) => round.cpuPercent / round.samplesPerSecond

function ratios(
  results: Results,
  name: string,
  beside: string,
  of: (round: Round) => number,
): number[] {
  const others = (results.get(beside) ?? []).map(of)
  return (results.get(name) ?? []).map((round, n) => of(round) / (others[n] ?? Number.NaN))
}
