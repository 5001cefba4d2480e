import type { CaseDetails } from '../../../shared/case/case.ts'
import { intervalWords, type PriorCase } from '../../../shared/case/prior.ts'
import { day } from '../common/format.ts'

/**
 * What a conference has on the table: the case with its own volumes first, then those of its priors,
 * whose labels say so, as "Prior · 11 months earlier · CT · axial".
 */
export function tableOf(details: CaseDetails, priors: readonly PriorCase[]): CaseDetails {
  const earlier = priors.flatMap((prior) =>
    prior.volumes.map((volume) => ({
      ...volume,
      label: `Prior · ${whenWords(prior)} · ${volume.label}`,
    })),
  )
  return { ...details, volumes: [...details.volumes, ...earlier] }
}

/** Where dates are not kept, the order of import is all there is. */
export function whenWords({
  daysEarlier,
  createdAtMs,
}: Pick<PriorCase, 'daysEarlier' | 'createdAtMs'>): string {
  return daysEarlier === undefined ? `imported ${day(createdAtMs)}` : intervalWords(daysEarlier)
}
