import type { Scale } from './scale.ts'
import { element, Markup } from './svg.ts'

export const width = 760
export const height = 420
/** The drawing's own edges, in px. */
export const area = { left: 84, right: width - 24, top: 74, bottom: height - 74 } as const

/** As many as there are colours; told apart with any kind of colour vision. */
const colours = [
  ['#0072b2', '#56b4e9'],
  ['#d55e00', '#ff9f5a'],
  ['#009e73', '#3ddc97'],
  ['#a34f80', '#f0a6ca'],
  ['#8a6d00', '#f0c14b'],
] as const

export const seriesClass = (nth: number): string => `s${nth % colours.length}`

const ofSeries = (shade: 0 | 1) =>
  colours.map((pair, n) => `.s${n}{stroke:${pair[shade]};fill:${pair[shade]}}`).join('')

const style = `text{font:13px system-ui,sans-serif;fill:#1f2328;stroke:none}.title{font-size:16px;font-weight:600}.ground{fill:#fff}.grid{stroke:#d1d9e0}.axis{stroke:#59636e}.budget{stroke:#cf222e;stroke-width:2;stroke-dasharray:6 4;fill:none}.line{fill:none;stroke-width:2}${ofSeries(0)}path.line{fill:none}@media(prefers-color-scheme:dark){text{fill:#f0f6fc}.ground{fill:#0d1117}.grid{stroke:#3d444d}.axis{stroke:#9198a1}.budget{stroke:#ff7b72}${ofSeries(1)}path.line{fill:none}}`

export interface Axis {
  /** With its unit. */
  readonly label: string
}

/** What a figure is held against. */
export interface BudgetLine {
  readonly value: number
  readonly label: string
}

export interface Legend {
  readonly series: readonly string[]
  readonly budget?: BudgetLine | undefined
}

/** A whole plot: title, legend and `inside`, readable on a light and on a dark page. */
export function plot(title: string, legend: Legend, inside: readonly Markup[]): string {
  const whole = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-label': title,
    },
    element('title', {}, title),
    element('style', {}, new Markup(style)),
    element('rect', { class: 'ground', width, height }),
    element('text', { class: 'title', x: area.left, y: 28 }, title),
    ...legendOf(legend),
    ...inside,
  )
  return `${whole.xml}\n`
}

function legendOf({ series, budget }: Legend): Markup[] {
  let x: number = area.left
  return [...series, ...(budget ? [budget.label] : [])].flatMap((name, nth) => {
    const at = x
    x += name.length * 7.2 + 34
    const swatch =
      nth < series.length
        ? element('rect', { class: seriesClass(nth), x: at, y: 44, width: 14, height: 8 })
        : element('path', { class: 'budget', d: `M${at} 48h14` })
    return [swatch, element('text', { x: at + 20, y: 53 }, name)]
  })
}

/** Grid, numbers and label at the left. */
export function yAxis(scale: Scale, { label }: Axis): Markup[] {
  const middle = (area.top + area.bottom) / 2
  return [
    ...scale.ticks.flatMap((tick) => [
      across(scale.at(tick), tick === 0 ? 'axis' : 'grid'),
      element(
        'text',
        { x: area.left - 8, y: scale.at(tick) + 4, 'text-anchor': 'end' },
        inWords(tick),
      ),
    ]),
    element(
      'text',
      { transform: `rotate(-90 18 ${middle})`, x: 18, y: middle, 'text-anchor': 'middle' },
      label,
    ),
  ]
}

/** Numbers and label below. */
export function xAxis(scale: Scale, { label }: Axis): Markup[] {
  return [
    ...scale.ticks.map((tick) =>
      element(
        'text',
        { x: scale.at(tick), y: area.bottom + 20, 'text-anchor': 'middle' },
        inWords(tick),
      ),
    ),
    xLabel(label),
  ]
}

/** To be drawn last: a figure beyond it hides it otherwise. */
export function yBudget(scale: Scale, budget: BudgetLine | undefined): Markup[] {
  return budget ? [across(scale.at(budget.value), 'budget')] : []
}

export function xBudget(scale: Scale, budget: BudgetLine | undefined): Markup[] {
  if (!budget) return []
  const x = scale.at(budget.value)
  return [element('line', { class: 'budget', x1: x, x2: x, y1: area.top, y2: area.bottom })]
}

const across = (y: number, kind: string): Markup =>
  element('line', { class: kind, x1: area.left, x2: area.right, y1: y, y2: y })

export const xLabel = (label: string): Markup =>
  element(
    'text',
    { x: (area.left + area.right) / 2, y: height - 16, 'text-anchor': 'middle' },
    label,
  )

const inWords = (value: number) => Number(value.toPrecision(6)).toLocaleString('en')
