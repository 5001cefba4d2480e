import { arch, cpus, platform, release, totalmem } from 'node:os'
import { barPlot } from '../plots/bar-plot.ts'
import { table } from '../table.ts'
import type { LatencyQuantiles, Outcome } from './bench-result.ts'
import { type Noise, noiseTable } from './noise.ts'

/** The folder's files by name: `report.md` and the plots that it shows. */
export type ReportFiles = ReadonlyMap<string, string>

const laserBudgetMs = 50

/** What was measured beside what was asked for, and what the machine was doing meanwhile. */
export function reportFiles(outcomes: readonly Outcome[], noises: readonly Noise[]): ReportFiles {
  const plots = new Map<string, string>()
  const latencies = outcomes.flatMap(
    (each) => (each.state === 'done' && each.result.latencies) || [],
  )
  if (latencies.length > 0) plots.set('pose-latency', latencyPlot(latencies))
  for (const outcome of outcomes) {
    if (outcome.state !== 'done') continue
    for (const { name, svg } of outcome.result.plots ?? []) plots.set(name, svg)
  }
  const text = [
    '# Caseroom, measured',
    machine(),
    '## Budgets',
    budgets(outcomes),
    ...(plots.has('pose-latency') ? [picture('pose-latency')] : []),
    '## The machine’s noise',
    noiseTable(noises),
    ...outcomes.flatMap(section),
  ]
  return new Map([
    ['report.md', `${text.join('\n\n')}\n`],
    ...[...plots].map(([name, svg]) => [`${name}.svg`, svg] as const),
  ])
}

function machine(): string {
  const [cpu] = cpus()
  const gigabytes = (totalmem() / 1e9).toFixed(0)
  const minute = new Date().toISOString().slice(0, 16).replace('T', ' ')
  return (
    `${minute} UTC, ${cpus().length} × ${cpu?.model ?? 'an unknown processor'}, ${gigabytes} GB, ` +
    `${platform()} ${release()} ${arch()}, Node ${process.versions.node}. Servers, clients and peers ` +
    'shared this machine.'
  )
}

function budgets(outcomes: readonly Outcome[]): string {
  const judged = outcomes.flatMap((outcome) =>
    outcome.state === 'done'
      ? (outcome.result.budgets ?? []).map((budget) => ({ bench: outcome.name, ...budget }))
      : [],
  )
  if (judged.length === 0) return 'None of these benches has one.'
  const missed = judged.filter(({ kept }) => !kept).length
  return [
    `${judged.length - missed} of ${judged.length} kept.`,
    table(
      ['bench', 'what', 'budget', 'measured', '', 'why'],
      judged.map(({ bench, what, budget, measured, kept, why }) => [
        bench,
        what,
        budget,
        measured,
        kept ? 'kept' : '**missed**',
        why,
      ]),
    ),
  ].join('\n\n')
}

function section(outcome: Outcome): string[] {
  const { name, seconds } = outcome
  const head = [`## ${name}`, `It took ${seconds.toFixed(0)} s.`]
  switch (outcome.state) {
    case 'ended':
      return [...head, `It was ended at its bound of ${outcome.boundSeconds} s: nothing to tell.`]
    case 'failed':
      return [...head, 'It failed:', `\`\`\`\n${outcome.words}\n\`\`\``]
    case 'done':
      return [
        ...head,
        outcome.result.text,
        ...(outcome.result.plots ?? []).map((plot) => picture(plot.name)),
      ]
  }
}

const picture = (name: string) => `![${name}](${name}.svg)`

const latencyPlot = (latencies: readonly LatencyQuantiles[]): string =>
  barPlot({
    title: 'How long after it moves a laser is seen',
    x: { label: 'scenario or relay' },
    y: {
      label: 'latency (ms)',
      budget: { value: laserBudgetMs, label: `budget: p99 ≤ ${laserBudgetMs} ms` },
    },
    bars: ['p50', 'p90', 'p99'],
    groups: latencies.map(({ name, p50Ms, p90Ms, p99Ms }) => ({
      name,
      values: [p50Ms, p90Ms, p99Ms],
    })),
  })
