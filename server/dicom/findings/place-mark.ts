import type { FindingMark } from '../../../shared/findings/finding-mark.ts'
import type { FindingVolume } from '../../../shared/findings/findings.ts'
import { invert, transform, transformPoint, type Vec3 } from '../../../shared/geometry/transform.ts'
import type { Origin, OriginalVolume } from '../vault/origin.ts'
import type { ReferencedInstance } from './referenced-instance.ts'

/** A mark with where the original study has its anatomy. */
export interface PlacedMark {
  readonly mark: FindingMark
  readonly modality: string
  readonly frameOfReferenceUID: string | undefined
  /** The original slice nearest to each of its points, each once. */
  readonly sources: readonly ReferencedInstance[]
}

/** Undefined where the origin, or the case, has no such volume. */
export function placeMark(
  mark: FindingMark,
  origin: Origin,
  volumes: readonly FindingVolume[],
): PlacedMark | undefined {
  const volume = volumes.find((one) => [one.volumeId, one.madeFrom].includes(mark.volumeId))
  if (!volume) return undefined
  const original = origin.volumes.find((one) =>
    [volume.volumeId, volume.madeFrom].includes(one.volumeId),
  )
  if (!original) return undefined
  const voxelFromPatient = invert(transform<'patient', 'voxel'>(volume.patientFromVoxel))
  const sourceOf = (point: Vec3) => nearest(original, transformPoint(voxelFromPatient, point)[2])
  const sources = new Map(
    mark.pointsMm
      .map(sourceOf)
      .filter((source) => source !== undefined)
      .map((source) => [`${source.sopInstanceUID} ${source.frameNumber ?? ''}`, source]),
  )
  return {
    mark,
    modality: original.modality,
    frameOfReferenceUID: original.frameOfReferenceUID,
    sources: [...sources.values()],
  }
}

/** Of the slices that an instance holds; `k` is a slice index with its fraction. */
function nearest(
  { slices, seriesInstanceUID }: OriginalVolume,
  k: number,
): ReferencedInstance | undefined {
  let found: ReferencedInstance | undefined
  let least = Number.POSITIVE_INFINITY
  slices.forEach((slice, index) => {
    const away = Math.abs(index - k)
    if (!slice || away >= least) return
    least = away
    found = { ...slice, seriesInstanceUID }
  })
  return found
}
