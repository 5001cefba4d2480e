import type { CleanDataSet } from '../deidentify/clean-data-set.ts'
import type { DescribedFile } from '../described-file.ts'
import type { Note } from '../note.ts'
import { DicomError } from '../problem.ts'
import type { AssembledLabel } from './label.ts'
import { labelSegments } from './label-segments.ts'
import { labelStructures } from './label-structures.ts'
import { type LabelledVolume, VolumeGrid } from './labelled-volume.ts'

/** A segmentation or a structure set, linked to the same patient as the volumes. */
export interface DerivedFile {
  readonly described: DescribedFile
  readonly dataSet: CleanDataSet
}

export interface LabelOutcome {
  /** One for each volume, in their order. */
  readonly volumes: readonly VolumeLabels[]
  readonly refusals: readonly { readonly error: DicomError; readonly fileIndex: number }[]
}

export interface VolumeLabels {
  readonly labels: readonly AssembledLabel[]
  readonly notes: readonly Note[]
}

/**
 * Lays segmentations and contours on the volumes that they were made on. Reads the pixels of
 * segmentations once, to leave out what is empty. Every file becomes labels or a refusal; nothing
 * that a file contains makes this throw.
 */
export async function assembleLabels(
  files: readonly DerivedFile[],
  volumes: readonly LabelledVolume[],
): Promise<LabelOutcome> {
  const grids = volumes.map((volume) => new VolumeGrid(volume))
  const made = volumes.map(() => ({ labels: [] as AssembledLabel[], notes: [] as Note[] }))
  const refusals: { error: DicomError; fileIndex: number }[] = []
  for (const { described, dataSet } of files) {
    try {
      const isContours = described.what.kind === 'contours'
      const label = isContours ? labelStructures : labelSegments
      const { volume, labels, notes } = await label(described, dataSet, grids)
      if (made[volume]!.labels.length + labels.length > maxLabels) throw new DicomError('too-large')
      made[volume]!.labels.push(...labels)
      made[volume]!.notes.push(...notes)
    } catch (error) {
      if (!(error instanceof DicomError)) throw error
      refusals.push({ error, fileIndex: described.file.fileIndex })
    }
  }
  return { volumes: made, refusals }
}

/** Of one volume: each is a tree of chunks of its own. */
const maxLabels = 1000
