import type { QuarantineReview } from '../../shared/case/quarantine.ts'
import type { ReviewedSlices } from './build-clean-volume.ts'

/** A slice that a person looked at, and what they hid in it. */
export type ReviewedSlice = QuarantineReview['slices'][number]

/** What a person saw in slices of an import that was held back, by series index. */
export type Review = ReadonlyMap<number, ReviewedSlices>

/** Of a slice that was looked at twice the last word counts. */
export function reviewOf(slices: readonly ReviewedSlice[]): Review {
  const bySeries = Map.groupBy(slices, ({ seriesIndex }) => seriesIndex)
  return new Map(
    [...bySeries].map(([seriesIndex, seen]) => [
      seriesIndex,
      new Map(seen.map(({ k, boxes }) => [k, boxes])),
    ]),
  )
}
