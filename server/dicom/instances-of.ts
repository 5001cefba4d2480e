import type { CleanDataSet } from './deidentify/clean-data-set.ts'
import { imagePlane, rescale } from './describe-instance.ts'
import type { DescribedFile } from './described-file.ts'
import { frameDataSets } from './frames/functional-groups.ts'
import type { Instance, VolumeModality } from './instance.ts'
import { DicomError } from './problem.ts'

/**
 * The images of one file that are to become part of a volume, in the order of its frames and
 * without its localisers. Takes the file's values after `link`.
 */
export function instancesOf(
  { file, original, pixels, locations, suvbwFactor, suvbwMissing }: DescribedFile,
  modality: VolumeModality,
  dataSet: CleanDataSet,
): readonly Instance[] {
  if (!pixels) throw new DicomError('no-pixel-data')
  const frames = frameDataSets(dataSet)
  if (frames.length !== locations.length) throw new DicomError('multi-frame')
  const instances = frames.map(
    (frame, index): Instance => ({
      fileIndex: file.fileIndex,
      file,
      modality,
      dataSet: frame,
      pixels,
      location: locations[index]!,
      plane: imagePlane(frame),
      rescale: rescale(frame, modality),
      ...(suvbwFactor !== undefined && { suvbwFactor }),
      ...(suvbwMissing !== undefined && { suvbwMissing }),
      original: { ...original.reference, ...(frames.length > 1 && { frameNumber: index + 1 }) },
    }),
  )
  const images = instances.filter(
    ({ dataSet }) => !dataSet.strings('ImageType').includes('LOCALIZER'),
  )
  if (images.length === 0) throw new DicomError('localizer')
  return images
}
