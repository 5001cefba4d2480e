import {
  type Axis,
  area,
  type BudgetLine,
  plot,
  seriesClass,
  xLabel,
  yAxis,
  yBudget,
} from './frame.ts'
import { linearScale } from './scale.ts'
import { element } from './svg.ts'

export interface BarPlot {
  readonly title: string
  readonly x: Axis
  readonly y: Axis & { readonly budget?: BudgetLine }
  /** What the bars of a group are. */
  readonly bars: readonly string[]
  /** A comma in a name begins another line. */
  readonly groups: readonly { readonly name: string; readonly values: readonly number[] }[]
}

/** Groups of bars side by side; what was not measured (NaN) has no bar. */
export function barPlot({ title, x, y, bars, groups }: BarPlot): string {
  const values = groups.flatMap((group) => group.values).filter(Number.isFinite)
  const scale = linearScale(Math.max(y.budget?.value ?? 0, ...values), [area.bottom, area.top])
  const groupWidth = (area.right - area.left) / groups.length
  const barWidth = Math.min(48, (groupWidth * 0.7) / bars.length)
  const drawn = groups.flatMap((group, at) => {
    const middle = area.left + (at + 0.5) * groupWidth
    const left = middle - (barWidth * bars.length) / 2
    return [
      ...group.values.flatMap((value, nth) =>
        Number.isFinite(value)
          ? [
              element('rect', {
                class: seriesClass(nth),
                x: left + nth * barWidth + 1,
                y: scale.at(value),
                width: barWidth - 2,
                height: area.bottom - scale.at(value),
              }),
            ]
          : [],
      ),
      ...group.name
        .split(', ')
        .map((line, nth) =>
          element(
            'text',
            { x: middle, y: area.bottom + 20 + 16 * nth, 'text-anchor': 'middle' },
            line,
          ),
        ),
    ]
  })
  const legend = { series: bars, budget: y.budget }
  const inside = [...yAxis(scale, y), ...drawn, xLabel(x.label), ...yBudget(scale, y.budget)]
  return plot(title, legend, inside)
}
