import type { DataSet } from './data-set.ts'

/** An instance of the original study, or one of those that are sent with it. */
export interface ReferencedInstance {
  readonly seriesInstanceUID: string
  readonly sopClassUID: string
  readonly sopInstanceUID: string
  /** From 1, in a multi-frame instance. */
  readonly frameNumber?: number
}

/**
 * Current Requested Procedure Evidence Sequence (PS3.3 C.17.2): every instance once, by series, all
 * of one study. Undefined where nothing is referenced: the sequence is then absent.
 */
export function evidence(
  studyInstanceUID: string,
  referenced: readonly ReferencedInstance[],
): readonly DataSet[] | undefined {
  const series = new Map<string, Map<string, DataSet>>()
  for (const { seriesInstanceUID, sopClassUID, sopInstanceUID } of referenced) {
    const instances = series.get(seriesInstanceUID) ?? new Map<string, DataSet>()
    series.set(seriesInstanceUID, instances)
    instances.set(sopInstanceUID, {
      ReferencedSOPClassUID: sopClassUID,
      ReferencedSOPInstanceUID: sopInstanceUID,
    })
  }
  if (series.size === 0) return undefined
  return [
    {
      ReferencedSeriesSequence: [...series].map(([SeriesInstanceUID, instances]) => ({
        ReferencedSOPSequence: [...instances.values()],
        SeriesInstanceUID,
      })),
      StudyInstanceUID: studyInstanceUID,
    },
  ]
}

/** Each instance and frame once, in the order of their first mention. */
export function withoutRepeats(
  references: readonly ReferencedInstance[],
): readonly ReferencedInstance[] {
  const byPlace = new Map(
    references.map((one) => [`${one.sopInstanceUID} ${one.frameNumber ?? ''}`, one]),
  )
  return [...byPlace.values()]
}
