import type { PacsSeries, PacsStudy, StudySearch } from '../../../shared/pacs/pacs.ts'
import { dateOf, integerOf, type JsonDataSet, textOf, textsOf } from './dicom-json.ts'

/**
 * Search by QIDO-RS (PS3.18 10.6). These attributes name patients; they are not in our dictionary,
 * which de-identification lets pass.
 */
const tags = {
  studyDate: '00080020',
  accessionNumber: '00080050',
  modality: '00080060',
  modalitiesInStudy: '00080061',
  studyDescription: '00081030',
  seriesDescription: '0008103E',
  patientName: '00100010',
  patientId: '00100020',
  patientBirthDate: '00100030',
  bodyPartExamined: '00180015',
  studyInstanceUID: '0020000D',
  seriesInstanceUID: '0020000E',
  sopInstanceUID: '00080018',
  seriesNumber: '00200011',
  numberOfStudyRelatedSeries: '00201206',
  numberOfStudyRelatedInstances: '00201208',
  numberOfSeriesRelatedInstances: '00201209',
} as const

const isUid = (text: string) => /^[0-9.]{1,64}$/.test(text)

/** One more than wanted is asked for, to know whether there are more. */
export function studiesPath(search: StudySearch): string {
  const query = new URLSearchParams()
  const match = (keyword: string, value: string | undefined) => value && query.set(keyword, value)
  match('PatientName', search.patientName && nameMatch(search.patientName))
  match('PatientID', search.patientId)
  match('StudyDate', dateRange(search))
  match('ModalitiesInStudy', search.modality)
  match('StudyDescription', search.description && containing(search.description))
  match('AccessionNumber', search.accessionNumber)
  include(query, [
    'accessionNumber',
    'modalitiesInStudy',
    'studyDescription',
    'patientBirthDate',
    'numberOfStudyRelatedSeries',
    'numberOfStudyRelatedInstances',
  ])
  query.set('limit', `${search.limit + 1}`)
  return `/studies?${query}`
}

export function seriesListPath(studyInstanceUID: string): string {
  const query = new URLSearchParams()
  include(query, ['seriesDescription', 'bodyPartExamined', 'numberOfSeriesRelatedInstances'])
  return `/studies/${studyInstanceUID}/series?${query}`
}

/** Undefined for an answer without a usable UID: it could not be asked for anything further. */
export function studyOf(from: JsonDataSet): PacsStudy | undefined {
  const studyInstanceUID = textOf(from, tags.studyInstanceUID)
  if (!isUid(studyInstanceUID)) return undefined
  const studyDate = dateOf(from, tags.studyDate)
  const patientBirthDate = dateOf(from, tags.patientBirthDate)
  const seriesCount = countOf(from, tags.numberOfStudyRelatedSeries)
  const instanceCount = countOf(from, tags.numberOfStudyRelatedInstances)
  return {
    studyInstanceUID,
    patientName: textOf(from, tags.patientName),
    patientId: textOf(from, tags.patientId),
    description: textOf(from, tags.studyDescription),
    accessionNumber: textOf(from, tags.accessionNumber),
    modalities: textsOf(from, tags.modalitiesInStudy),
    ...(patientBirthDate && { patientBirthDate }),
    ...(studyDate && { studyDate }),
    ...(seriesCount !== undefined && { seriesCount }),
    ...(instanceCount !== undefined && { instanceCount }),
  }
}

export function seriesOf(from: JsonDataSet): PacsSeries | undefined {
  const seriesInstanceUID = textOf(from, tags.seriesInstanceUID)
  if (!isUid(seriesInstanceUID)) return undefined
  const seriesNumber = integerOf(from, tags.seriesNumber)
  const instanceCount = countOf(from, tags.numberOfSeriesRelatedInstances)
  return {
    seriesInstanceUID,
    modality: textOf(from, tags.modality),
    description: textOf(from, tags.seriesDescription),
    bodyPart: textOf(from, tags.bodyPartExamined),
    ...(seriesNumber !== undefined && { seriesNumber }),
    ...(instanceCount !== undefined && { instanceCount }),
  }
}

export function sopInstanceUIDOf(from: JsonDataSet): string | undefined {
  const uid = textOf(from, tags.sopInstanceUID)
  return isUid(uid) ? uid : undefined
}

function include(query: URLSearchParams, names: readonly (keyof typeof tags)[]): void {
  for (const name of names) query.append('includefield', tags[name])
}

function countOf(from: JsonDataSet, tag: string): number | undefined {
  const count = integerOf(from, tag)
  return count !== undefined && count >= 0 ? count : undefined
}

const hasWildcard = (text: string) => /[*?]/.test(text)

/** "Smith John" or "Smith, John" finds SMITH^JOHN and those whose names go on. */
function nameMatch(typed: string): string {
  return hasWildcard(typed)
    ? typed
    : `${typed
        .split(/[\s,^]+/)
        .filter(Boolean)
        .join('*')}*`
}

const containing = (typed: string) => (hasWildcard(typed) ? typed : `*${typed}*`)

/** PS3.4 C.2.2.2.5.1. */
function dateRange({ dateFrom, dateTo }: StudySearch): string | undefined {
  if (!dateFrom && !dateTo) return undefined
  const day = (text: string | undefined) => text?.replaceAll('-', '') ?? ''
  return `${day(dateFrom)}-${day(dateTo)}`
}
