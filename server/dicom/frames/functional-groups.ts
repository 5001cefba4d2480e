import type { Keyword } from '../../../shared/dicom/attributes.ts'
import { CleanDataSet, type CleanValue } from '../deidentify/clean-data-set.ts'
import { DicomError } from '../problem.ts'

/** The groups whose attributes a classic image has at its top (PS3.3 C.7.6.16.2, C.8). */
const groups = [
  'PixelMeasuresSequence',
  'PlanePositionSequence',
  'PlaneOrientationSequence',
  'PixelValueTransformationSequence',
  'FrameVOILUTSequence',
  'FrameContentSequence',
  'FrameAnatomySequence',
  'TemporalPositionSequence',
  'CardiacSynchronizationSequence',
  'CTImageFrameTypeSequence',
  'CTAcquisitionDetailsSequence',
  'CTReconstructionSequence',
  'CTExposureSequence',
  'CTXRayDetailsSequence',
  'MRImageFrameTypeSequence',
  'MRTimingAndRelatedParametersSequence',
  'MREchoSequence',
  'MRModifierSequence',
  'MRDiffusionSequence',
  'PETFrameTypeSequence',
  'UnassignedSharedConvertedAttributesSequence',
  'UnassignedPerFrameConvertedAttributesSequence',
] as const satisfies readonly Keyword[]

/** What the classic image calls the same thing. */
const classicNames: Partial<Record<Keyword, Keyword>> = {
  FrameType: 'ImageType',
  FrameAcquisitionNumber: 'AcquisitionNumber',
  TemporalPositionIndex: 'TemporalPositionIdentifier',
  NominalCardiacTriggerDelayTime: 'TriggerTime',
  EffectiveEchoTime: 'EchoTime',
  InversionTimes: 'InversionTime',
  ExposureTimeInms: 'ExposureTime',
  XRayTubeCurrentInmA: 'XRayTubeCurrent',
  ExposureInmAs: 'Exposure',
}

/**
 * How many images a file holds, by its header alone. Throws `multi-frame` where there are several
 * and functional groups do not describe each of them (PS3.3 C.7.6.16).
 */
export function frameCount(dataSet: CleanDataSet): number {
  const frames = dataSet.has('NumberOfFrames') ? dataSet.number('NumberOfFrames') : 1
  if (frames === undefined || !Number.isInteger(frames) || frames < 1) {
    throw new DicomError('bad-pixel-description')
  }
  const described = dataSet.items('PerFrameFunctionalGroupsSequence').length
  if (frames > 1 && described !== frames) throw new DicomError('multi-frame')
  return frames
}

/**
 * One data set for each frame, in which its functional groups stand as a classic image of the same
 * frame would say them; the data set itself where there are none. Of several items of a group the
 * first counts.
 */
export function frameDataSets(dataSet: CleanDataSet): readonly CleanDataSet[] {
  const frames = dataSet.items('PerFrameFunctionalGroupsSequence')
  if (frames.length === 0) return [dataSet]
  const [shared] = dataSet.items('SharedFunctionalGroupsSequence')
  const common = new Map([...dataSet.entries(), ...(shared ? contents(shared) : [])])
  common.delete('SharedFunctionalGroupsSequence')
  common.delete('PerFrameFunctionalGroupsSequence')
  return frames.map((frame) => new CleanDataSet(new Map([...common, ...contents(frame)])))
}

function contents(item: CleanDataSet): readonly (readonly [Keyword, CleanValue])[] {
  const attributes = groups
    .flatMap((group) => item.items(group).slice(0, 1))
    .flatMap((content) => [...content.entries()])
    .map(([keyword, value]) => [classicNames[keyword] ?? keyword, value] as const)
  // Stays as it is: it may hold several mappings, each with a unit of its own.
  const mappings = item.items('RealWorldValueMappingSequence')
  return mappings.length > 0
    ? [...attributes, ['RealWorldValueMappingSequence', mappings] as const]
    : attributes
}
