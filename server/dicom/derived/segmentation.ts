import type { Keyword } from '../../../shared/dicom/attributes.ts'
import { maxSliceBytes, maxVolumeVoxels } from '../bounds.ts'
import { CleanDataSet, type CleanValue } from '../deidentify/clean-data-set.ts'
import { imagePlane } from '../describe-instance.ts'
import type { ImagePlane } from '../instance.ts'
import { DicomError } from '../problem.ts'
import type { SourceClaim } from './find-source.ts'
import type { ImageReference } from './labelled-volume.ts'
import { isBackground } from './property-words.ts'

/** What a segmentation object says (PS3.3 A.51, C.8.20), checked; identifiers are remapped. */
export interface Segmentation {
  readonly type: 'BINARY' | 'FRACTIONAL' | 'LABELMAP'
  /** Stands for 1 in a fractional one. */
  readonly maximum: number
  readonly rows: number
  readonly columns: number
  readonly bitsAllocated: 1 | 8 | 16
  readonly bitsStored: number
  readonly segments: readonly Segment[]
  readonly frames: readonly SegmentationFrame[]
  readonly claim: SourceClaim
}

export interface Segment {
  readonly number: number
  readonly dataSet: CleanDataSet
}

export interface SegmentationFrame {
  readonly index: number
  /** Undefined in a label map, whose pixels name their segment. */
  readonly segmentNumber: number | undefined
  readonly plane: ImagePlane | undefined
  /** From this plane to the next, if it is said; frames without a voxel may be left out. */
  readonly stepMm: number | undefined
  readonly images: readonly ImageReference[]
}

export const maxSegments = 1000
const maxFrames = 65_536

/** Throws a DicomError for what contradicts itself or is beyond the bounds. */
export function readSegmentation(dataSet: CleanDataSet): Segmentation {
  const type = segmentationType(dataSet)
  const rows = dataSet.number('Rows') ?? 0
  const columns = dataSet.number('Columns') ?? 0
  const bitsAllocated = dataSet.number('BitsAllocated')
  const bitsStored = dataSet.number('BitsStored') ?? bitsAllocated ?? 0
  if (bitsAllocated !== 1 && bitsAllocated !== 8 && bitsAllocated !== 16) throw bad()
  if (bitsStored < 1 || bitsStored > bitsAllocated || rows < 1 || columns < 1) throw bad()
  if ((dataSet.number('SamplesPerPixel') ?? 1) !== 1) throw bad()
  const frames = framesOf(dataSet, type)
  const voxels = rows * columns * frames.length
  if (rows * columns * 2 > maxSliceBytes || voxels > maxVolumeVoxels) throw tooLarge()
  return {
    type,
    maximum: dataSet.number('MaximumFractionalValue') || 255,
    rows,
    columns,
    bitsAllocated,
    bitsStored,
    segments: segmentsOf(dataSet, type),
    frames,
    claim: claimOf(dataSet, frames),
  }
}

function segmentationType(dataSet: CleanDataSet): Segmentation['type'] {
  const type = dataSet.string('SegmentationType')
  if (type === 'BINARY' || type === 'FRACTIONAL' || type === 'LABELMAP') return type
  throw bad()
}

function segmentsOf(dataSet: CleanDataSet, type: Segmentation['type']): readonly Segment[] {
  const items = dataSet.items('SegmentSequence')
  if (items.length > maxSegments) throw tooLarge()
  const segments = items.flatMap((item) => {
    const number = item.number('SegmentNumber')
    if (number === undefined || !Number.isInteger(number)) return []
    const codes = item.items('SegmentedPropertyTypeCodeSequence')
    const isNone = type === 'LABELMAP' && (number === 0 || isBackground(codes))
    return isNone ? [] : [{ number, dataSet: item }]
  })
  const numbers = new Set(segments.map(({ number }) => number))
  if (numbers.size !== segments.length) throw bad()
  return segments
}

function framesOf(dataSet: CleanDataSet, type: Segmentation['type']): readonly SegmentationFrame[] {
  const groups = dataSet.items('PerFrameFunctionalGroupsSequence')
  const count = dataSet.has('NumberOfFrames') ? dataSet.number('NumberOfFrames') : 1
  if (groups.length === 0 || groups.length !== count) {
    const message = 'The segmentation does not say where each of its planes lies.'
    throw new DicomError('bad-pixel-description', message)
  }
  if (groups.length > maxFrames) throw tooLarge()
  const [shared] = dataSet.items('SharedFunctionalGroupsSequence')
  return groups.map((group, index) => frameOf(index, group, shared, type))
}

/** What is said of one frame counts before what is said of all (PS3.3 C.7.6.16.1.1). */
function frameOf(
  index: number,
  own: CleanDataSet,
  shared: CleanDataSet | undefined,
  type: Segmentation['type'],
): SegmentationFrame {
  const items = (keyword: Keyword) =>
    own.has(keyword) ? own.items(keyword) : (shared?.items(keyword) ?? [])
  const [identification] = items('SegmentIdentificationSequence')
  const segmentNumber = identification?.number('ReferencedSegmentNumber')
  if (type !== 'LABELMAP' && segmentNumber === undefined) throw bad()
  const [measures] = items('PixelMeasuresSequence')
  return {
    index,
    segmentNumber: type === 'LABELMAP' ? undefined : segmentNumber,
    plane: planeOf([
      items('PlanePositionSequence')[0],
      items('PlaneOrientationSequence')[0],
      measures,
    ]),
    stepMm: stepOf(measures),
    images: items('DerivationImageSequence')
      .flatMap((derivation) => derivation.items('SourceImageSequence'))
      .flatMap(imageReference),
  }
}

function stepOf(measures: CleanDataSet | undefined): number | undefined {
  const stepMm = measures?.number('SpacingBetweenSlices') ?? measures?.number('SliceThickness')
  return stepMm !== undefined && stepMm > 1e-3 && stepMm < 1e3 ? stepMm : undefined
}

/** Undefined where position, orientation or spacing is missing, as on a microscopy slide. */
function planeOf(groups: readonly (CleanDataSet | undefined)[]): ImagePlane | undefined {
  const values = new Map<Keyword, CleanValue>()
  for (const keyword of planeKeywords) {
    const numbers = groups.find((group) => group?.has(keyword))?.numbers(keyword)
    if (!numbers) return undefined
    values.set(keyword, numbers)
  }
  return imagePlane(new CleanDataSet(values))
}

const planeKeywords = ['ImagePositionPatient', 'ImageOrientationPatient', 'PixelSpacing'] as const

function imageReference(item: CleanDataSet): readonly ImageReference[] {
  const sopInstanceUID = item.string('ReferencedSOPInstanceUID')
  const frameNumbers = item.numbers('ReferencedFrameNumber')
  return sopInstanceUID ? [{ sopInstanceUID, frameNumbers }] : []
}

function claimOf(dataSet: CleanDataSet, frames: readonly SegmentationFrame[]): SourceClaim {
  const series = dataSet.items('ReferencedSeriesSequence')
  const instances = series.flatMap((item) => item.items('ReferencedInstanceSequence'))
  const named = [
    ...instances.flatMap((item) => item.string('ReferencedSOPInstanceUID') ?? []),
    ...frames.flatMap(({ images }) => images.map(({ sopInstanceUID }) => sopInstanceUID)),
  ]
  return {
    seriesInstanceUIDs: new Set(series.flatMap((item) => item.string('SeriesInstanceUID') ?? [])),
    sopInstanceUIDs: new Set(named),
    frameOfReferenceUIDs: new Set(dataSet.strings('FrameOfReferenceUID')),
    sopClassUIDs: new Set(instances.flatMap((item) => item.string('ReferencedSOPClassUID') ?? [])),
  }
}

const bad = () => new DicomError('bad-pixel-description')
const tooLarge = () => new DicomError('too-large')
