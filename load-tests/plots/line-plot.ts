import {
  type Axis,
  area,
  type BudgetLine,
  plot,
  seriesClass,
  xAxis,
  xBudget,
  yAxis,
  yBudget,
} from './frame.ts'
import { linearScale } from './scale.ts'
import { element } from './svg.ts'

export interface LinePlot {
  readonly title: string
  readonly x: Axis & { readonly budget?: BudgetLine }
  readonly y: Axis & { readonly budget?: BudgetLine }
  readonly series: readonly {
    readonly name: string
    readonly points: readonly (readonly [x: number, y: number])[]
  }[]
}

/** Lines over an axis of numbers, both axes from zero; at most one axis has a budget. */
export function linePlot({ title, x, y, series }: LinePlot): string {
  const points = series.flatMap((each) => each.points)
  const scaleX = linearScale(Math.max(x.budget?.value ?? 0, ...points.map(([at]) => at)), [
    area.left,
    area.right,
  ])
  const scaleY = linearScale(Math.max(y.budget?.value ?? 0, ...points.map(([, value]) => value)), [
    area.bottom,
    area.top,
  ])
  const lines = series.map((each, nth) => {
    const path = each.points.map(
      ([at, value]) => `${scaleX.at(at).toFixed(1)} ${scaleY.at(value).toFixed(1)}`,
    )
    return element('path', { class: `line ${seriesClass(nth)}`, d: `M${path.join('L')}` })
  })
  const legend = { series: series.map(({ name }) => name), budget: x.budget ?? y.budget }
  return plot(title, legend, [
    ...yAxis(scaleY, y),
    ...xAxis(scaleX, x),
    ...lines,
    ...yBudget(scaleY, y.budget),
    ...xBudget(scaleX, x.budget),
  ])
}
