/**
 * The only dictionary of attributes: keyword to tag and value representation (PS3.6 §6), for what
 * Caseroom reads and nothing else. An attribute that is not here does not pass de-identification.
 */
export const attributes = {
  ImageType: ['00080008', 'CS'],
  SOPClassUID: ['00080016', 'UI'],
  SOPInstanceUID: ['00080018', 'UI'],
  StudyDate: ['00080020', 'DA'],
  SeriesDate: ['00080021', 'DA'],
  AcquisitionDate: ['00080022', 'DA'],
  Modality: ['00080060', 'CS'],
  CodeValue: ['00080100', 'SH'],
  CodingSchemeDesignator: ['00080102', 'SH'],
  AnatomicRegionSequence: ['00082218', 'SQ'],
  PatientSex: ['00100040', 'CS'],
  PatientAge: ['00101010', 'AS'],
  PatientSize: ['00101020', 'DS'],
  PatientWeight: ['00101030', 'DS'],
  BodyPartExamined: ['00180015', 'CS'],
  ScanningSequence: ['00180020', 'CS'],
  SequenceVariant: ['00180021', 'CS'],
  MRAcquisitionType: ['00180023', 'CS'],
  SliceThickness: ['00180050', 'DS'],
  KVP: ['00180060', 'DS'],
  RepetitionTime: ['00180080', 'DS'],
  EchoTime: ['00180081', 'DS'],
  InversionTime: ['00180082', 'DS'],
  EchoNumbers: ['00180086', 'IS'],
  MagneticFieldStrength: ['00180087', 'DS'],
  TriggerTime: ['00181060', 'DS'],
  GantryDetectorTilt: ['00181120', 'DS'],
  ExposureTime: ['00181150', 'IS'],
  XRayTubeCurrent: ['00181151', 'IS'],
  Exposure: ['00181152', 'IS'],
  ConvolutionKernel: ['00181210', 'SH'],
  FlipAngle: ['00181314', 'DS'],
  DiffusionBValue: ['00189087', 'FD'],
  CTDIvol: ['00189345', 'FD'],
  StudyInstanceUID: ['0020000d', 'UI'],
  SeriesInstanceUID: ['0020000e', 'UI'],
  SeriesNumber: ['00200011', 'IS'],
  AcquisitionNumber: ['00200012', 'IS'],
  ImagePositionPatient: ['00200032', 'DS'],
  ImageOrientationPatient: ['00200037', 'DS'],
  FrameOfReferenceUID: ['00200052', 'UI'],
  TemporalPositionIdentifier: ['00200100', 'IS'],
  SamplesPerPixel: ['00280002', 'US'],
  PhotometricInterpretation: ['00280004', 'CS'],
  NumberOfFrames: ['00280008', 'IS'],
  Rows: ['00280010', 'US'],
  Columns: ['00280011', 'US'],
  PixelSpacing: ['00280030', 'DS'],
  BitsAllocated: ['00280100', 'US'],
  BitsStored: ['00280101', 'US'],
  HighBit: ['00280102', 'US'],
  PixelRepresentation: ['00280103', 'US'],
  PixelPaddingValue: ['00280120', 'US'],
  BurnedInAnnotation: ['00280301', 'CS'],
  WindowCenter: ['00281050', 'DS'],
  WindowWidth: ['00281051', 'DS'],
  RescaleIntercept: ['00281052', 'DS'],
  RescaleSlope: ['00281053', 'DS'],
  RescaleType: ['00281054', 'LO'],
  LossyImageCompression: ['00282110', 'CS'],
  ModalityLUTSequence: ['00283000', 'SQ'],
} as const satisfies Record<string, readonly [tag: string, vr: string]>

export type Keyword = keyof typeof attributes

const keywords = new Map<string, Keyword>(
  (Object.keys(attributes) as Keyword[]).map((keyword) => [attributes[keyword][0], keyword]),
)

/** Takes eight lower-case hexadecimal digits, group then element. */
export function keywordOfTag(tag: string): Keyword | undefined {
  return keywords.get(tag)
}
