import { type DrillResult, drill } from '../../test/support/failover-drill.ts'
import { Installation } from '../../test/support/installation.ts'
import { openConference } from '../../test/support/open-conference.ts'
import { linePlot } from '../plots/line-plot.ts'
import type { BenchResult, JudgedBudget } from '../reporting/bench-result.ts'
import { quantile, spread } from '../statistics.ts'
import { table } from '../table.ts'

const kills = 20
const residents = 4
const backWithinMs = 3_000

/**
 * Two processes on one Redis and one PostgreSQL: the one that hosts a conference is killed with -9
 * while six people work in it, and again when everybody is back.
 */
export async function run(): Promise<BenchResult> {
  const env = { DEMO_CASE: 'on', MEDIA_WORKERS: '0' }
  const installation = await Installation.start({ database: 'postgres', env })
  try {
    const [first] = installation.processes
    if (!first) throw new Error('there is no process')
    const { links } = await openConference(first)
    return report(await drill(installation, links, { kills, residents }))
  } finally {
    await installation.remove()
  }
}

function report(result: DrillResult): BenchResult {
  const { backMs, acknowledged, lost, doubled } = result
  const states = new Set(result.hashes).size
  return {
    text: [
      `Two processes, real Redis and PostgreSQL, one conference: an attending, ${residents} residents and`,
      'an observer come in through one door; five of them ask for one thing after the other. The',
      'process that hosts it is killed with -9; a new one is started for it once everybody is back.\n',
      table(
        [
          'kills',
          'until the last is back, ms',
          'p95 ms',
          'acknowledged',
          'lost',
          'doubled',
          'states',
        ],
        [
          [
            `${backMs.length}`,
            spread(backMs, 0),
            quantile(backMs, 0.95).toFixed(0),
            `${acknowledged}`,
            `${lost}`,
            `${doubled}`,
            `${states}`,
          ],
        ],
      ),
    ].join('\n'),
    budgets: judged(result, states),
    plots: [{ name: 'failover', svg: plot(backMs) }],
  }
}

function judged({ backMs, lost, doubled }: DrillResult, states: number): JudgedBudget[] {
  const p95 = quantile(backMs, 0.95)
  const none = (what: string, count: number, why: string): JudgedBudget => ({
    what: `failover: ${what}`,
    budget: '0',
    measured: `${count}`,
    kept: count === 0,
    why,
  })
  return [
    {
      what: 'failover: until the last of six is back, p95',
      budget: `≤ ${backWithinMs} ms`,
      measured: `${p95.toFixed(0)} ms`,
      kept: p95 <= backWithinMs,
      why: 'three seconds are a pause in a sentence; longer, and people reach for the mouse',
    },
    none('acknowledged and lost', lost, 'what was acknowledged is durable'),
    none('done twice', doubled, 'asking again does nothing again'),
    none('states that differ', states - 1, 'everybody sees the same case'),
  ]
}

const plot = (backMs: readonly number[]): string =>
  linePlot({
    title: 'failover: until everybody is back after a kill',
    x: { label: 'kill' },
    y: {
      label: 'time (ms)',
      budget: { value: backWithinMs, label: `budget: ${backWithinMs} ms` },
    },
    series: [{ name: 'the last of six', points: backMs.map((ms, n) => [n + 1, ms] as const) }],
  })
