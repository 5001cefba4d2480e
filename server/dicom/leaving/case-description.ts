import { bodyPartOfConcept, bodyPartWords } from '../../../shared/dicom/body-part.ts'
import type { CleanDataSet } from '../deidentify/clean-data-set.ts'
import { oldestAge } from '../deidentify/patient-values.ts'
import type { Instance } from '../instance.ts'

/** What a case says of itself: nothing in it is free text of the scanner's. */
export interface CaseDescription {
  readonly title: string
  /** `CT`, `MR`, or `CT, MR`. */
  readonly modality: string
  /** A defined term of PS3.16 Annex L. */
  readonly bodyPart?: string
  readonly patientSex?: 'M' | 'F' | 'O'
  /** In words: `69 years`, `8 months`, `90 years or older`. */
  readonly patientAge?: string
  /** ISO day, shifted by the patient's own number of days. */
  readonly studyDate?: string
}

/** From the instances of one study that became volumes, largest series first. */
export function describeCase(instances: readonly Instance[]): CaseDescription {
  const dataSets = instances.map(({ dataSet }) => dataSet)
  const modality = [...new Set(instances.map((instance) => instance.modality))]
    .toSorted()
    .join(', ')
  const bodyPart = firstOf(dataSets, bodyPartOf)
  const words = bodyPart && bodyPartWords(bodyPart)
  const patientSex = firstOf(dataSets, sexOf)
  const patientAge = firstOf(dataSets, ageOf)
  const studyDate = studyDateOf(instances)
  return {
    title: [modality, words ?? 'study'].join(' '),
    modality,
    ...(bodyPart && { bodyPart }),
    ...(patientSex && { patientSex }),
    ...(patientAge && { patientAge }),
    ...(studyDate && { studyDate }),
  }
}

/** The latest ISO day in one study's headers, shifted. */
export function studyDateOf(instances: readonly Instance[]): string | undefined {
  return instances
    .flatMap(({ dataSet }) => dateOf(dataSet))
    .toSorted()
    .at(-1)
}

function bodyPartOf(dataSet: CleanDataSet): string | undefined {
  const examined = dataSet.string('BodyPartExamined')?.replaceAll(' ', '')
  if (examined && bodyPartWords(examined)) return examined
  return dataSet
    .items('AnatomicRegionSequence')
    .map((region) =>
      bodyPartOfConcept(
        region.string('CodingSchemeDesignator') ?? '',
        region.string('CodeValue') ?? '',
      ),
    )
    .find(Boolean)
}

function sexOf(dataSet: CleanDataSet): 'M' | 'F' | 'O' | undefined {
  const sex = dataSet.string('PatientSex')
  return sex === 'M' || sex === 'F' || sex === 'O' ? sex : undefined
}

const unitWords: Readonly<Record<string, string>> = { D: 'day', W: 'week', M: 'month', Y: 'year' }

function ageOf(dataSet: CleanDataSet): string | undefined {
  const age = dataSet.string('PatientAge')
  if (!age) return undefined
  if (age === oldestAge) return '90 years or older'
  const count = Number(age.slice(0, 3))
  return `${count} ${unitWords[age.slice(3)]}${count === 1 ? '' : 's'}`
}

function dateOf(dataSet: CleanDataSet): readonly string[] {
  const date = dataSet.string('StudyDate') ?? dataSet.string('SeriesDate')
  return date ? [`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`] : []
}

function firstOf<T>(
  dataSets: readonly CleanDataSet[],
  read: (dataSet: CleanDataSet) => T | undefined,
): T | undefined {
  for (const dataSet of dataSets) {
    const value = read(dataSet)
    if (value !== undefined) return value
  }
  return undefined
}
