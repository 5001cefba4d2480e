import { median } from '../statistics.ts'
import type { Measure, Measured } from './measures.ts'

/** What a measure is held against: its median over the rounds, or with `worst` every round. */
export interface Budget {
  readonly measure: Measure
  readonly atMost: number
  readonly of?: 'median' | 'worst'
  readonly why: string
}

export interface Verdict {
  /** NaN where nothing was measured: then it is missed. */
  readonly value: number
  readonly kept: boolean
}

export function judge({ measure, atMost, of = 'median' }: Budget, measured: Measured): Verdict {
  const values = measured[measure] ?? []
  const value = of === 'worst' && values.length > 0 ? Math.max(...values) : median(values)
  return { value, kept: value <= atMost }
}

/** What is true of every crowd, whatever happens to it. */
export const nothingLost: readonly Budget[] = [
  { measure: 'lost', atMost: 0, of: 'worst', why: 'what was acknowledged is durable' },
  { measure: 'doubled', atMost: 0, of: 'worst', why: 'asking again does nothing again' },
  { measure: 'unanswered', atMost: 0, of: 'worst', why: 'every press has an effect or a reason' },
  { measure: 'notBack', atMost: 0, of: 'worst', why: 'nobody reloads a page to go on' },
  { measure: 'wrongHashes', atMost: 0, of: 'worst', why: 'everybody sees the same case' },
]
