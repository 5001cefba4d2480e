import type { DataSet } from './data-set.ts'

/** A coded concept (PS3.3 8): value, scheme, meaning. */
export type Code = readonly [value: string, scheme: string, meaning: string]

export function codeItem([value, scheme, meaning]: Code): DataSet {
  return { CodeValue: value, CodingSchemeDesignator: scheme, CodeMeaning: meaning }
}

/** Of PS3.16 Annex D, SNOMED CT, LOINC and UCUM. */
export const codes = {
  activity: ['110821', 'DCM', 'Nuclear Medicine Tomographic Activity'],
  angle: ['1483009', 'SCT', 'Angle'],
  arbitraryUnit: ["[arb'U]", 'UCUM', 'arbitrary unit'],
  area: ['42798000', 'SCT', 'Area'],
  attenuationCoefficient: ['112031', 'DCM', 'Attenuation Coefficient'],
  becquerelPerMillilitre: ['Bq/ml', 'UCUM', 'Becquerels/milliliter'],
  comment: ['121106', 'DCM', 'Comment'],
  conclusion: ['121077', 'DCM', 'Conclusion'],
  conclusions: ['121076', 'DCM', 'Conclusions'],
  dateTimeEnded: ['111527', 'DCM', 'DateTime Ended'],
  dateTimeStarted: ['111526', 'DCM', 'DateTime Started'],
  degree: ['deg', 'UCUM', 'degree'],
  derivation: ['121401', 'DCM', 'Derivation'],
  english: ['en', 'RFC5646', 'English'],
  finding: ['121071', 'DCM', 'Finding'],
  /** The most general one: what a person pointed at; what it is stands in their words beside it. */
  clinicalFinding: ['404684003', 'SCT', 'Clinical finding'],
  hounsfieldUnit: ["[hnsf'U]", 'UCUM', 'Hounsfield Unit'],
  imageLibrary: ['111028', 'DCM', 'Image Library'],
  imageLibraryGroup: ['126200', 'DCM', 'Image Library Group'],
  imageRegion: ['111030', 'DCM', 'Image Region'],
  imagingMeasurementReport: ['126000', 'DCM', 'Imaging Measurement Report'],
  imagingMeasurements: ['126010', 'DCM', 'Imaging Measurements'],
  keyObjectDescription: ['113012', 'DCM', 'Key Object Description'],
  language: ['121049', 'DCM', 'Language of Content Item and Descendants'],
  length: ['410668003', 'SCT', 'Length'],
  maximum: ['56851009', 'SCT', 'Maximum'],
  mean: ['373098007', 'SCT', 'Mean'],
  measurementGroup: ['125007', 'DCM', 'Measurement Group'],
  millimetre: ['mm', 'UCUM', 'millimeter'],
  minimum: ['255605001', 'SCT', 'Minimum'],
  minutes: ['MINUTES', '99CASEROOM', 'Minutes of a case conference'],
  modality: ['121139', 'DCM', 'Modality'],
  mrSignalIntensity: ['110852', 'DCM', 'MR signal intensity'],
  observerType: ['121005', 'DCM', 'Observer Type'],
  ofInterest: ['113000', 'DCM', 'Of Interest'],
  participants: ['PARTICIPANTS', '99CASEROOM', 'Participants'],
  person: ['121006', 'DCM', 'Person'],
  personName: ['113870', 'DCM', 'Person Name'],
  personObserverName: ['121008', 'DCM', 'Person Observer Name'],
  procedureReported: ['121058', 'DCM', 'Procedure reported'],
  sourceOfMeasurement: ['121112', 'DCM', 'Source of Measurement'],
  squareMillimetre: ['mm2', 'UCUM', 'square millimeter'],
  standardDeviation: ['386136009', 'SCT', 'Standard Deviation'],
  storedValue: ['STOREDVALUE', '99CASEROOM', 'Stored value of an image'],
  suvbw: ['126401', 'DCM', 'SUVbw'],
  suvbwUnit: ['g/ml{SUVbw}', 'UCUM', 'Standardized Uptake Value body weight'],
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

/** CID 7469 and 7181: what values in a unit of ours are, and DICOM's name of that unit. */
export function valueCodes(unit: string, modality: string): { quantity: Code; unit: Code } {
  switch (unit) {
    case 'HU':
      return { quantity: codes.attenuationCoefficient, unit: codes.hounsfieldUnit }
    case 'SUV':
      return { quantity: codes.suvbw, unit: codes.suvbwUnit }
    case 'Bq/ml':
      return { quantity: codes.activity, unit: codes.becquerelPerMillilitre }
    default: {
      const quantity = modality === 'MR' ? codes.mrSignalIntensity : codes.storedValue
      return { quantity, unit: codes.arbitraryUnit }
    }
  }
}
