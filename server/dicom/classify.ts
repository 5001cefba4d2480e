import type { CleanDataSet } from './deidentify/clean-data-set.ts'
import type { VolumeModality } from './instance.ts'
import { DicomError } from './problem.ts'

const storage = '1.2.840.10008.5.1.4.1.1'

/** SOP classes by what they are to us (PS3.4 B.5), longest prefix first. */
const kinds = [
  [`${storage}.2.1`, 'multi-frame'],
  [`${storage}.2.2`, 'multi-frame'],
  [`${storage}.2`, 'CT'],
  [`${storage}.4.2`, 'unsupported-modality'],
  [`${storage}.4.1`, 'multi-frame'],
  [`${storage}.4.3`, 'multi-frame'],
  [`${storage}.4.4`, 'multi-frame'],
  [`${storage}.4`, 'MR'],
  [`${storage}.7`, 'screenshot'],
  [`${storage}.11`, 'not-an-image'],
  [`${storage}.66`, 'derived-object'],
  [`${storage}.481.1`, 'unsupported-modality'],
  [`${storage}.481`, 'derived-object'],
  [`${storage}.88`, 'not-an-image'],
  [`${storage}.104`, 'not-an-image'],
  [`${storage}.9`, 'not-an-image'],
  [storage, 'unsupported-modality'],
  ['1.2.840.10008.1.3.10', 'not-an-image'],
] as const

/** What a file is to us. */
export type FileKind = { readonly kind: 'volume'; readonly modality: VolumeModality }

/**
 * CT or MR, or a refusal that says what else it is. A file is set aside for what it is before it
 * is blamed for how it is written.
 */
export function classify(
  dataSet: CleanDataSet,
  mediaStorageSOPClassUID: string | undefined,
): FileKind {
  const uid = dataSet.string('SOPClassUID') ?? mediaStorageSOPClassUID
  const kind = kinds.find(([prefix]) => uid === prefix || uid?.startsWith(`${prefix}.`))?.[1]
  const modality = dataSet.string('Modality')
  const found = kind === undefined || kind === 'unsupported-modality' ? modality : kind
  if (found === 'CT' || found === 'MR') return { kind: 'volume', modality: found }
  if (kind) throw new DicomError(kind as Exclude<typeof kind, 'CT' | 'MR'>)
  if (modality === undefined && !dataSet.has('Rows')) throw new DicomError('not-an-image')
  throw new DicomError('unsupported-modality')
}

/**
 * What scanners store as CT or MR images although they are pages: they carry the patient's name in
 * their pixels, and seldom say so in Burned In Annotation.
 */
const pages = /SCREEN ?SAVE|SCREEN ?SHOT|DOSE[_ ]?(INFO|REPORT)|PROTOCOL|CAPTURE/

/** Images of the right modality that still make no volume. */
export function refuseUnsuitable(dataSet: CleanDataSet): void {
  const imageType = dataSet.strings('ImageType')
  const dicomFrames = dataSet.has('NumberOfFrames') ? dataSet.number('NumberOfFrames') : 1
  if (imageType.includes('LOCALIZER')) throw new DicomError('localizer')
  if (imageType.some((value) => pages.test(value))) throw new DicomError('screenshot')
  if (imageType.includes('MOSAIC')) throw new DicomError('multi-frame')
  if (dicomFrames !== undefined && dicomFrames > 1) throw new DicomError('multi-frame')
  if (dicomFrames !== 1) throw new DicomError('bad-pixel-description')
  if (dataSet.string('BurnedInAnnotation') === 'YES') throw new DicomError('burned-in-text')
}
