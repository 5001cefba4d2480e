import { linePlot } from '../plots/line-plot.ts'
import type { BenchResult } from '../reporting/bench-result.ts'
import { roundsInWords } from '../rounds-in-time.ts'
import { type CrowdScenario, peopleIn } from '../scenarios/scenario.ts'
import { judged, scenarioTable } from '../scenarios/scenario-table.ts'
import { median } from '../statistics.ts'
import { backAfterMs, crowdMeasured } from './crowd-measured.ts'
import { type CrowdRun, runCrowd } from './run-crowd.ts'

export async function benchCrowd(scenario: CrowdScenario): Promise<BenchResult> {
  const run = await runCrowd(scenario)
  const columns = [{ name: '', measured: crowdMeasured(run) }]
  const quantileMs = (part: number) =>
    median(run.rounds.map(({ latencies }) => latencies.quantileMs(part)))
  return {
    text: `${inWords(scenario, run)}\n\n${scenarioTable(columns, scenario.budgets)}`,
    budgets: judged(columns, scenario.budgets),
    plots: [
      { name: `${scenario.name}-latency`, svg: latencyPlot(scenario, run) },
      ...(scenario.faults.length > 0
        ? [{ name: `${scenario.name}-back`, svg: backPlot(scenario, run) }]
        : []),
    ],
    latencies: [
      {
        name: scenario.name,
        p50Ms: quantileMs(0.5),
        p90Ms: quantileMs(0.9),
        p99Ms: quantileMs(0.99),
      },
    ],
  }
}

function inWords(scenario: CrowdScenario, run: CrowdRun): string {
  const { title, rounds, roundSeconds, crowd, rooms } = scenario
  const who = crowd.map(({ as, count }) => `${count} ${as}${count === 1 ? '' : 's'}`).join(', ')
  const where = rooms === 1 ? 'the room' : 'each room'
  const played = roundsInWords(run.rounds.length, rounds)
  return (
    `${title[0]?.toUpperCase()}${title.slice(1)}: ${peopleIn(scenario)} bots (${who} in ${where}), ` +
    `${played} of ${roundSeconds} s. A figure is the median of the rounds, with the lowest and the ` +
    'highest.'
  )
}

function latencyPlot(scenario: CrowdScenario, { rounds }: CrowdRun): string {
  const { name, roundSeconds, budgets } = scenario
  const budget = budgets.find(({ measure }) => measure === 'poseP99Ms')
  const seconds = rounds.flatMap(({ bySecond }) => bySecond.slice(0, roundSeconds))
  const line = (label: string, part: number) => ({
    name: label,
    points: seconds.flatMap((histogram, second) =>
      histogram.count > 0 ? [[second + 1, histogram.quantileMs(part)] as const] : [],
    ),
  })
  return linePlot({
    title: `${name}: how long after it moves a laser is seen`,
    x: { label: 'seconds of all rounds' },
    y: {
      label: 'latency (ms)',
      ...(budget && {
        budget: { value: budget.atMost, label: `budget: p99 ≤ ${budget.atMost} ms` },
      }),
    },
    series: [line('p50', 0.5), line('p90', 0.9), line('p99', 0.99)],
  })
}

/** How many are back, over the time since the cut. */
function backPlot(scenario: CrowdScenario, run: CrowdRun): string {
  const people = peopleIn(scenario)
  const budget = scenario.budgets.find(({ measure }) => measure === 'backP95Ms')
  return linePlot({
    title: `${scenario.name}: back, with the right state, after every line was cut`,
    x: {
      label: 'time since the cut (ms)',
      ...(budget && {
        budget: { value: budget.atMost, label: `budget: 95 % within ${budget.atMost} ms` },
      }),
    },
    y: { label: 'people back (%)' },
    series: run.rounds.map((round, n) => ({
      name: `cut ${n + 1}`,
      points: [
        [0, 0] as const,
        ...backAfterMs(run, round).map((ms, nth) => [ms, ((nth + 1) * 100) / people] as const),
      ],
    })),
  })
}
