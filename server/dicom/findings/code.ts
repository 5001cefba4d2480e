import type { DataSet } from './data-set.ts'

/** A coded concept (PS3.3 8): value, scheme, meaning. */
export type Code = readonly [value: string, scheme: string, meaning: string]

export function codeItem([value, scheme, meaning]: Code): DataSet {
  return { CodeValue: value, CodingSchemeDesignator: scheme, CodeMeaning: meaning }
}

/** Of PS3.16 Annex D, SNOMED CT, LOINC and UCUM. */
export const codes = {
  angle: ['1483009', 'SCT', 'Angle'],
  comment: ['121106', 'DCM', 'Comment'],
  conclusion: ['121077', 'DCM', 'Conclusion'],
  conclusions: ['121076', 'DCM', 'Conclusions'],
  dateTimeEnded: ['111527', 'DCM', 'DateTime Ended'],
  dateTimeStarted: ['111526', 'DCM', 'DateTime Started'],
  degree: ['deg', 'UCUM', 'degree'],
  english: ['en', 'RFC5646', 'English'],
  finding: ['121071', 'DCM', 'Finding'],
  /** The most general one: what a person pointed at; what it is stands in their words beside it. */
  clinicalFinding: ['404684003', 'SCT', 'Clinical finding'],
  imageLibrary: ['111028', 'DCM', 'Image Library'],
  imageLibraryGroup: ['126200', 'DCM', 'Image Library Group'],
  imageRegion: ['111030', 'DCM', 'Image Region'],
  imagingMeasurementReport: ['126000', 'DCM', 'Imaging Measurement Report'],
  imagingMeasurements: ['126010', 'DCM', 'Imaging Measurements'],
  keyObjectDescription: ['113012', 'DCM', 'Key Object Description'],
  language: ['121049', 'DCM', 'Language of Content Item and Descendants'],
  length: ['410668003', 'SCT', 'Length'],
  measurementGroup: ['125007', 'DCM', 'Measurement Group'],
  millimetre: ['mm', 'UCUM', 'millimeter'],
  minutes: ['MINUTES', '99CASEROOM', 'Minutes of a case conference'],
  modality: ['121139', 'DCM', 'Modality'],
  observerType: ['121005', 'DCM', 'Observer Type'],
  ofInterest: ['113000', 'DCM', 'Of Interest'],
  participants: ['PARTICIPANTS', '99CASEROOM', 'Participants'],
  person: ['121006', 'DCM', 'Person'],
  personName: ['113870', 'DCM', 'Person Name'],
  personObserverName: ['121008', 'DCM', 'Person Observer Name'],
  procedureReported: ['121058', 'DCM', 'Procedure reported'],
  sourceOfMeasurement: ['121112', 'DCM', 'Source of Measurement'],
  trackingIdentifier: ['112039', 'DCM', 'Tracking Identifier'],
  trackingUniqueIdentifier: ['112040', 'DCM', 'Tracking Unique Identifier'],
} as const satisfies Record<string, Code>

/** CID 100: which procedure, as far as the modality says it. */
const procedures: Readonly<Record<string, Code>> = {
  CT: ['25045-6', 'LN', 'CT unspecified body region'],
  MR: ['25056-3', 'LN', 'MR unspecified body region'],
  PT: ['44136-0', 'LN', 'PET unspecified body region'],
}
const anyProcedure: Code = ['18748-4', 'LN', 'Diagnostic imaging study']

export const procedureOf = (modality: string): Code => procedures[modality] ?? anyProcedure

/** CID 29. */
const modalities: Readonly<Record<string, Code>> = {
  CT: ['CT', 'DCM', 'Computed Tomography'],
  MR: ['MR', 'DCM', 'Magnetic Resonance'],
  PT: ['PT', 'DCM', 'Positron emission tomography'],
}

export const modalityCode = (modality: string): Code | undefined => modalities[modality]
