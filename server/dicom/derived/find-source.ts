import { DicomError } from '../problem.ts'
import type { VolumeGrid } from './labelled-volume.ts'

/** What a segmentation or a structure set says of the images that it was made on. */
export interface SourceClaim {
  readonly seriesInstanceUIDs: ReadonlySet<string>
  readonly sopInstanceUIDs: ReadonlySet<string>
  readonly frameOfReferenceUIDs: ReadonlySet<string>
  /** SOP classes of the images, where they are told. */
  readonly sopClassUIDs: ReadonlySet<string>
}

export interface Source {
  readonly volume: number
  /** It is made of the very images; else it only lies in the same frame of reference. */
  readonly isNamed: boolean
}

/**
 * Index of the volume that was meant: the one with most of the images named, else one of the series
 * named, else of those in the same frame of reference the one for which `likeness` is greatest. Throws
 * `label-without-source` where there is none; `what` begins the sentence,
 * as `Contours are`.
 */
export function findSource(
  grids: readonly VolumeGrid[],
  claim: SourceClaim,
  what: string,
  likeness: (grid: VolumeGrid) => number,
): Source {
  const images = [...claim.sopInstanceUIDs]
  const named =
    best(grids, (grid) => images.filter((uid) => grid.has(uid)).length) ??
    best(
      grids,
      (grid) =>
        [...claim.seriesInstanceUIDs].filter((uid) => grid.seriesInstanceUIDs.has(uid)).length,
    )
  if (named !== undefined) return { volume: named, isNamed: true }
  const beside = best(grids, (grid) =>
    claim.frameOfReferenceUIDs.has(grid.frameOfReferenceUID) ? 1 + likeness(grid) : 0,
  )
  if (beside === undefined) throw new DicomError('label-without-source', refusal(what, claim))
  return { volume: beside, isNamed: false }
}

/** The first of the greatest, if any is above 0. */
function best(
  grids: readonly VolumeGrid[],
  score: (grid: VolumeGrid) => number,
): number | undefined {
  const scores = grids.map(score)
  const greatest = Math.max(0, ...scores)
  return greatest > 0 ? scores.indexOf(greatest) : undefined
}

function refusal(what: string, { sopClassUIDs }: SourceClaim): string {
  const other = otherSources.find(([prefix]) =>
    [...sopClassUIDs].some((uid) => uid === prefix || uid.startsWith(`${prefix}.`)),
  )
  if (other) return `${what} not imported: made on ${other[1]}, which does not become a volume.`
  return `${what} not imported: the source series is not among the files, or makes no volume.`
}

const storage = '1.2.840.10008.5.1.4.1.1'

/** PS3.4 B.5. */
const otherSources = [
  [`${storage}.77.1.6`, 'a microscopy slide'],
  [`${storage}.77.1`, 'a photograph'],
  [`${storage}.3`, 'an ultrasound image'],
  [`${storage}.6`, 'an ultrasound image'],
  [`${storage}.7`, 'a secondary capture'],
  [`${storage}.1`, 'a radiograph'],
  [`${storage}.12`, 'an angiogram'],
  [`${storage}.20`, 'a nuclear medicine image'],
] as const
