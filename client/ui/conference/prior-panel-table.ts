import type { CaseDetails } from '../../../shared/case/case.ts'
import { intervalWords, type PriorCase } from '../../../shared/case/prior.ts'
import { day } from '../common/format.ts'

/** What a conference has on the table. */
export interface CaseTable {
  /** Its volumes are the case's own, then those of the prior, whose labels say when they were made. */
  readonly details: CaseDetails
  /** Of a prior's volume, as "11 months earlier"; undefined of the case's own. */
  readonly when: (volumeId: string) => string | undefined
}

export function tableOf(details: CaseDetails, priors: readonly PriorCase[]): CaseTable {
  const words = new Map(
    priors.flatMap((prior) =>
      prior.volumes.map(({ volumeId }) => [volumeId, whenWords(prior)] as const),
    ),
  )
  const named = priors.flatMap((prior) =>
    prior.volumes.map((volume) => ({ ...volume, label: `${volume.label} · ${whenWords(prior)}` })),
  )
  return {
    details: { ...details, volumes: [...details.volumes, ...named] },
    when: (volumeId) => words.get(volumeId),
  }
}

/** Where dates are not kept, the order of import is all there is. */
export function whenWords({
  daysEarlier,
  createdAtMs,
}: Pick<PriorCase, 'daysEarlier' | 'createdAtMs'>): string {
  return daysEarlier === undefined ? `imported ${day(createdAtMs)}` : intervalWords(daysEarlier)
}
