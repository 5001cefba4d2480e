import type { AssembledSeries, Assembly } from '../assemble/assembled-series.ts'
import type { Instance } from '../instance.ts'
import type { Origin, OriginalInstance, OriginalPatient, OriginalStudy } from './origin.ts'

/** A volume of a case, with the instances it was made of. */
export interface MadeSeries {
  readonly series: AssembledSeries
  readonly bySlice: Assembly['bySlice']
}

/** Where the volumes of one case came from, slice by slice. */
export function originOf(
  patient: OriginalPatient,
  study: OriginalStudy,
  made: readonly MadeSeries[],
): Origin {
  const volumes = made.map(({ series, bySlice }) => {
    const { seriesInstanceUID, frameOfReferenceUID } = bySlice.find(Boolean)!.original
    return {
      volumeId: series.volumeId,
      modality: series.modality,
      seriesInstanceUID,
      ...(frameOfReferenceUID && { frameOfReferenceUID }),
      slices: bySlice.map((instance) => instance && sliceOrigin(instance)),
    }
  })
  return { patient, study, volumes }
}

function sliceOrigin({ original }: Instance): OriginalInstance {
  const { sopClassUID, sopInstanceUID, frameNumber } = original
  return { sopClassUID, sopInstanceUID, ...(frameNumber && { frameNumber }) }
}
