import { barPlot } from '../plots/bar-plot.ts'
import type { BenchResult } from '../reporting/bench-result.ts'
import { roundsInWords } from '../rounds-in-time.ts'
import type { OpeningScenario } from '../scenarios/scenario.ts'
import { judged, scenarioTable } from '../scenarios/scenario-table.ts'
import { median } from '../statistics.ts'
import { type OpeningRun, runOpening } from './run-opening.ts'

export async function benchOpening(scenario: OpeningScenario): Promise<BenchResult> {
  const runs = await runOpening(scenario)
  const columns = runs.map(({ guests, measured }) => ({ name: `${guests} at once`, measured }))
  const { title, rounds, budgets, name } = scenario
  return {
    text: [
      `${title[0]?.toUpperCase()}${title.slice(1)}, each a process of their own, ${roundsInWords(runs[0]?.rounds ?? 0, rounds)} interleaved. ` +
        'Everybody decodes the first level. One guest alone decodes the finer ones too; of more, ' +
        'finer levels are received and not decoded, for in truth each has their own processor.',
      scenarioTable(columns, budgets),
    ].join('\n\n'),
    budgets: judged(columns, budgets),
    plots: [{ name, svg: openingPlot(scenario, runs) }],
  }
}

const openingPlot = ({ budgets }: OpeningScenario, runs: readonly OpeningRun[]): string => {
  const budget = budgets.find(({ measure }) => measure === 'firstLevelP95Ms')
  return barPlot({
    title: 'opening: the demo CT, from the press of “join”',
    x: { label: 'guests at once' },
    y: {
      label: 'time, p95 of the guests (ms)',
      ...(budget && {
        budget: { value: budget.atMost, label: `budget: first level ≤ ${budget.atMost} ms` },
      }),
    },
    bars: ['the state', 'the first level', 'the finest level'],
    groups: runs.map(({ guests, measured }) => ({
      name: `${guests}`,
      values: [
        median(measured.joinP95Ms ?? []),
        median(measured.firstLevelP95Ms ?? []),
        median(measured.finestP95Ms ?? []),
      ],
    })),
  })
}
