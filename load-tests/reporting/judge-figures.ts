import { median, spread } from '../statistics.ts'
import type { JudgedBudget } from './bench-result.ts'

export interface Figures {
  readonly what: string
  /** One a round; their median is judged. */
  readonly values: readonly number[]
  readonly unit: string
  readonly digits: number
  readonly limit: { readonly atMost: number } | { readonly atLeast: number }
  readonly why: string
}

/** What has no value (NaN, or none at all) is missed. */
export function judgeFigures({ what, values, unit, digits, limit, why }: Figures): JudgedBudget {
  const value = median(values)
  const withUnit = (figure: string) => (unit ? `${figure} ${unit}` : figure)
  const [sign, bound, kept] =
    'atMost' in limit
      ? (['≤', limit.atMost, value <= limit.atMost] as const)
      : (['≥', limit.atLeast, value >= limit.atLeast] as const)
  return {
    what,
    budget: `${sign} ${withUnit(bound.toLocaleString('en'))}`,
    measured: withUnit(spread(values, digits)),
    kept,
    why,
  }
}
