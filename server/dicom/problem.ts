/** Why a file or a series is not part of a volume. Messages name neither files nor DICOM values. */
export const problemWords = {
  'not-dicom': 'This is not a DICOM file.',
  truncated: 'The file ends too early: it was probably not copied completely.',
  unreadable: 'The file is damaged: its description cannot be read.',
  'unsupported-transfer-syntax': 'The image is compressed in a way that Caseroom cannot read.',
  'no-pixel-data': 'The file describes an image but contains none.',
  'not-an-image': 'Reports, presentation settings and other documents without a picture.',
  localizer: 'Localisers (scouts) are not part of a volume.',
  'derived-object': 'Plans, surfaces and other derived objects are not imported.',
  'label-without-source': 'A segmentation or contours lie on no series of this import.',
  screenshot: 'Screenshots and other secondary captures are not part of a volume.',
  'too-few-slices': 'A volume needs at least three parallel slices.',
  'missing-slice': 'Slices are missing from the series.',
  'uneven-spacing': 'The distance between the slices changes within the series.',
  'mixed-orientation': 'The slices of the series lie in different planes.',
  'mixed-size': 'The slices of the series differ in size or pixel spacing.',
  'duplicate-slice':
    'Images at the same place as another of their series: copies, or not told apart.',
  'multi-frame': 'The file holds several images and does not say where each of them lies.',
  'colour-image': 'Colour images (maps, screenshots) are not part of a volume.',
  'unsupported-modality': 'Only CT, MR and PET become volumes.',
  'bad-geometry': 'Position, orientation or pixel spacing of the image make no sense.',
  'bad-pixel-description': 'The description of the pixels contradicts itself or is not supported.',
  'pixel-decode-failed': 'The compressed image is damaged and cannot be decoded.',
  'value-out-of-range': 'Values of the image are too large for 16 bits.',
  'mixed-rescale': 'The slices are scaled differently and cannot be compared with each other.',
  'several-patients': 'The files belong to more than one patient: import them separately.',
  'too-many-volumes': 'The series holds more volumes than Caseroom keeps apart.',
  'too-large': 'The file or the series is larger than Caseroom accepts.',
  'no-volume': 'Nothing in this import makes a CT, MR or PET volume.',
} as const satisfies Record<string, string>

export type ProblemCode = keyof typeof problemWords

export interface Problem {
  readonly code: ProblemCode
  readonly message: string
  readonly fileIndex?: number
  readonly seriesIndex?: number
}

/** An expected refusal of one file or one series; its message is fit to be shown. */
export class DicomError extends Error {
  readonly code: ProblemCode

  constructor(code: ProblemCode, message: string = problemWords[code], options?: ErrorOptions) {
    super(message, options)
    this.name = 'DicomError'
    this.code = code
  }
}
