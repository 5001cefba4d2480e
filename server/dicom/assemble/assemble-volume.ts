import type { Alteration } from '../alteration.ts'
import { maxVolumeVoxels } from '../bounds.ts'
import type { Pseudonyms } from '../deidentify/pseudonym.ts'
import type { Instance } from '../instance.ts'
import { seriesLabel } from '../leaving/label.ts'
import { shownAttributes } from '../leaving/shown-attributes.ts'
import type { Note } from '../note.ts'
import { DicomError } from '../problem.ts'
import type { Assembly } from './assembled-series.ts'
import { missingAlteration, volumeNotes } from './decisions.ts'
import { filledSlices } from './filled-slices.ts'
import type { Stack } from './stack.ts'
import { headerWindow, paddingValue, seriesSuvbwFactor, seriesValues } from './values.ts'

/** What is known of a volume from how it was found in its series. */
export interface Finding {
  /** What tells it from the others of the series, as `phase 3 of 8`. */
  readonly words: readonly string[]
  readonly notes: readonly Note[]
  readonly alterations: readonly Alteration[]
}

/** Throws `too-large` beyond 2³¹ voxels. */
export function assembleVolume(
  ordered: Stack,
  { words, notes, alterations }: Finding,
  pseudonyms: Pseudonyms,
): Assembly {
  const { instances, patientFromVoxel } = ordered
  const [first] = instances as [Instance]
  const { columns, rows } = first.pixels
  if (columns * rows * ordered.slices.length > maxVolumeVoxels) throw new DicomError('too-large')
  const values = seriesValues(instances)
  const stored = instances.map(values.sourceOf)
  const { slices, interpolated } = filledSlices(ordered.slices, values.sourceOf)
  const padding = paddingValue(stored)
  const window = headerWindow(instances, stored[Math.floor(stored.length / 2)]!.rescale)
  const suvbwFactor = values.unit === 'Bq/ml' ? seriesSuvbwFactor(instances) : undefined
  const known = {
    ...(padding !== undefined && { paddingValue: padding }),
    ...(suvbwFactor !== undefined && { suvbwFactor }),
  }
  const series = {
    modality: first.modality,
    label: seriesLabel(ordered, words),
    frameOfReferenceUID: frameOfReferenceUID(first, pseudonyms),
    dims: [columns, rows, slices.length] as const,
    patientFromVoxel,
    dataType: values.dataType,
    unit: values.unit,
    ...known,
    ...(window && { headerWindow: window }),
    attributes: shownAttributes(instances),
    slices,
    interpolatedSlices: interpolated,
    saysText: instances.some(({ dataSet }) => dataSet.string('BurnedInAnnotation') === 'YES'),
    notes: [...notes, ...volumeNotes(ordered, values, known)],
    alterations: [
      ...alterations,
      ...(interpolated.length > 0 ? [missingAlteration(interpolated, slices.length)] : []),
    ],
  }
  return { series, bySlice: ordered.slices }
}

/** A series without one shares its space with nothing else. */
function frameOfReferenceUID({ dataSet }: Instance, pseudonyms: Pseudonyms): string {
  const own = `frame of reference of ${dataSet.string('SeriesInstanceUID')}`
  return dataSet.string('FrameOfReferenceUID') ?? pseudonyms.uid(own)
}
