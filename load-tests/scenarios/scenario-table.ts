import type { JudgedBudget } from '../reporting/bench-result.ts'
import { spread } from '../statistics.ts'
import { table } from '../table.ts'
import { type Budget, judge } from './budget.ts'
import { type Measure, type Measured, measures } from './measures.ts'

/** One column of figures. */
export interface Column {
  /** '' where there is only one. */
  readonly name: string
  readonly measured: Measured
}

const withUnit = (figure: string, unit: string) => (unit ? `${figure} ${unit}` : figure)

export function figureOf(measure: Measure, measured: Measured): string {
  const { unit, digits } = measures[measure]
  return withUnit(spread(measured[measure] ?? [], digits), unit)
}

const limitOf = ({ measure, atMost, of }: Budget): string =>
  `${atMost > 0 ? '≤ ' : ''}${withUnit(atMost.toLocaleString('en'), measures[measure].unit)}` +
  (of === 'worst' && atMost > 0 ? ', every round' : '')

/** Everything measured, a row a measure. */
export function scenarioTable(columns: readonly Column[], budgets: readonly Budget[]): string {
  const rows = (Object.keys(measures) as Measure[])
    .filter((measure) => columns.some(({ measured }) => measured[measure]))
    .map((measure) => {
      const budget = budgets.find((each) => each.measure === measure)
      const figures = columns.map(({ measured }) => figureOf(measure, measured))
      return [measures[measure].says, ...figures, budget ? limitOf(budget) : '']
    })
  return table(['what', ...columns.map(({ name }) => name || 'measured'), 'budget'], rows)
}

/** Every budget against every column. */
export function judged(columns: readonly Column[], budgets: readonly Budget[]): JudgedBudget[] {
  return budgets.flatMap((budget) =>
    columns.map(({ name, measured }) => ({
      what: [measures[budget.measure].says, name].filter(Boolean).join(', '),
      budget: limitOf(budget),
      measured: figureOf(budget.measure, measured),
      kept: judge(budget, measured).kept,
      why: budget.why,
    })),
  )
}
