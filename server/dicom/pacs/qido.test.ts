import { describe, expect, it } from 'vitest'
import { studySearch } from '../../../shared/pacs/pacs.ts'
import { seriesOf, studiesPath, studyOf } from './qido.ts'

const queryOf = (asked: object) => {
  const url = new URL(studiesPath(studySearch.parse(asked)), 'http://pacs')
  url.searchParams.delete('includefield')
  return Object.fromEntries(url.searchParams)
}

describe('a question to the PACS', () => {
  it('[IN-2] takes names as people write them, and days as a range', () => {
    expect(queryOf({ patientName: ' Smith, John ' })).toEqual({
      PatientName: 'Smith*John*',
      limit: '51',
    })
    expect(queryOf({ patientName: '*oh?n', limit: 3 })).toMatchObject({
      PatientName: '*oh?n',
      limit: '4',
    })
    expect(queryOf({ dateFrom: '2024-02-29' })).toMatchObject({ StudyDate: '20240229-' })
    expect(queryOf({ dateTo: '2024-02-29' })).toMatchObject({ StudyDate: '-20240229' })
    expect(queryOf({ description: 'thorax', modality: 'CT', patientId: '7' })).toMatchObject({
      StudyDescription: '*thorax*',
      ModalitiesInStudy: 'CT',
      PatientID: '7',
    })
  })

  it('cannot smuggle another parameter in', () => {
    expect(queryOf({ patientName: 'a&limit=9#?' })).toEqual({
      PatientName: 'a&limit=9#?',
      limit: '51',
    })
  })
})

describe('an answer of the PACS', () => {
  const value = (...Value: unknown[]) => ({ Value })
  const uid = { '0020000D': value('1.2.3') }

  it('[IN-2] is read however much of it is missing, wrong or written otherwise', () => {
    expect(studyOf({})).toBeUndefined()
    expect(studyOf({ '0020000D': value('../../etc') })).toBeUndefined()
    expect(studyOf(uid)).toEqual({
      studyInstanceUID: '1.2.3',
      patientName: '',
      patientId: '',
      description: '',
      accessionNumber: '',
      modalities: [],
    })
    const full = studyOf({
      ...uid,
      '00080020': value('20240229'),
      '00100010': value({ Ideographic: '山田^太郎' }),
      '00100030': value('not a day'),
      '00080061': value('CT', 'SEG'),
      '00201206': value('4'),
      '00201208': value(-1),
      '00081030': value('a\u0000b'.padEnd(1000, 'x')),
    })
    expect(full).toMatchObject({
      studyDate: '2024-02-29',
      patientName: '山田^太郎',
      modalities: ['CT', 'SEG'],
      seriesCount: 4,
    })
    expect(full).not.toHaveProperty('patientBirthDate')
    expect(full).not.toHaveProperty('instanceCount')
    expect(full?.description).toHaveLength(256)
    expect(seriesOf({ '0020000E': value('1.2'), '00200011': value(7) })).toMatchObject({
      seriesInstanceUID: '1.2',
      seriesNumber: 7,
    })
  })
})
