import type { CleanDataSet } from '../deidentify/clean-data-set.ts'
import { DicomError } from '../problem.ts'
import type { SourceClaim } from './find-source.ts'

/** What an RT structure set says (PS3.3 A.19, C.8.8.5, C.8.8.6), identifiers remapped. */
export interface StructureSet {
  readonly structures: readonly Structure[]
  readonly claim: SourceClaim
}

/** A region of interest. */
export interface Structure {
  readonly number: number
  readonly label: string | undefined
  readonly interpretedType: string | undefined
  readonly codes: readonly CleanDataSet[]
  readonly generationAlgorithm: string | undefined
  readonly displayColour: readonly number[]
  readonly contours: readonly Contour[]
}

export interface Contour {
  readonly isClosed: boolean
  /** x, y, z by turns, patient mm; NaN where a text was no number. */
  readonly pointsMm: readonly number[]
}

export const maxStructures = 1000
const maxContours = 200_000
const maxPoints = 4_000_000

/** Throws `too-large` for what is beyond the bounds. */
export function readStructureSet(dataSet: CleanDataSet): StructureSet {
  const rois = dataSet.items('StructureSetROISequence')
  const drawn = dataSet.items('ROIContourSequence')
  if (rois.length > maxStructures || drawn.length > maxStructures) throw new DicomError('too-large')
  const observed = byReferencedNumber(dataSet.items('RTROIObservationsSequence'))
  const roiOf = new Map(rois.map((roi) => [roi.number('ROINumber'), roi]))
  const structures = drawn.map((each, n) => {
    const number = each.number('ReferencedROINumber') ?? n + 1
    return structure(number, roiOf.get(number), each, observed.get(number))
  })
  const contours = structures.flatMap((each) => each.contours)
  const points = contours.reduce((sum, { pointsMm }) => sum + pointsMm.length / 3, 0)
  if (contours.length > maxContours || points > maxPoints) throw new DicomError('too-large')
  return { structures, claim: claimOf(dataSet, rois) }
}

function byReferencedNumber(items: readonly CleanDataSet[]) {
  return new Map(items.map((item) => [item.number('ReferencedROINumber'), item]))
}

function structure(
  number: number,
  roi: CleanDataSet | undefined,
  drawn: CleanDataSet,
  observed: CleanDataSet | undefined,
): Structure {
  return {
    number,
    label: roi?.string('ROIName'),
    interpretedType: observed?.string('RTROIInterpretedType'),
    codes: observed?.items('RTROIIdentificationCodeSequence') ?? [],
    generationAlgorithm: roi?.string('ROIGenerationAlgorithm'),
    displayColour: drawn.numbers('ROIDisplayColor'),
    contours: drawn.items('ContourSequence').map(contour),
  }
}

function contour(item: CleanDataSet): Contour {
  const type = item.string('ContourGeometricType')
  const isClosed = type === 'CLOSED_PLANAR' || type === 'CLOSEDPLANAR_XOR'
  return { isClosed, pointsMm: item.numbers('ContourData') }
}

function claimOf(dataSet: CleanDataSet, rois: readonly CleanDataSet[]): SourceClaim {
  const frames = dataSet.items('ReferencedFrameOfReferenceSequence')
  const series = frames
    .flatMap((frame) => frame.items('RTReferencedStudySequence'))
    .flatMap((study) => study.items('RTReferencedSeriesSequence'))
  const images = series.flatMap((item) => item.items('ContourImageSequence'))
  return {
    seriesInstanceUIDs: new Set(series.flatMap((item) => item.string('SeriesInstanceUID') ?? [])),
    sopInstanceUIDs: new Set(
      images.flatMap((item) => item.string('ReferencedSOPInstanceUID') ?? []),
    ),
    frameOfReferenceUIDs: new Set([
      ...frames.flatMap((item) => item.string('FrameOfReferenceUID') ?? []),
      ...rois.flatMap((item) => item.string('ReferencedFrameOfReferenceUID') ?? []),
    ]),
    sopClassUIDs: new Set(images.flatMap((item) => item.string('ReferencedSOPClassUID') ?? [])),
  }
}
