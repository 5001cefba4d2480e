import type { CleanDataSet } from './deidentify/clean-data-set.ts'
import { imagePlane, rescale } from './describe-instance.ts'
import type { DescribedFile } from './described-file.ts'
import type { Instance, VolumeModality } from './instance.ts'
import { DicomError } from './problem.ts'

/** The images of one file that are to become part of a volume, in the order of its frames. */
export function instancesOf(
  { file, original, pixels, locations, suvbwFactor }: DescribedFile,
  modality: VolumeModality,
  dataSet: CleanDataSet,
): readonly Instance[] {
  if (!pixels) throw new DicomError('no-pixel-data')
  return locations.map((location) => ({
    fileIndex: file.fileIndex,
    file,
    modality,
    dataSet,
    pixels,
    location,
    plane: imagePlane(dataSet),
    rescale: rescale(dataSet),
    ...(suvbwFactor !== undefined && { suvbwFactor }),
    original: original.reference,
  }))
}
