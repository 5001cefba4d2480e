import { describe, expect, it } from 'vitest'
import type { PacsStudy } from '../../../shared/pacs/pacs.ts'
import { dayInWords, otherStudies, patientName } from './patient-words.ts'

const study = (changes: Partial<PacsStudy>): PacsStudy => ({
  studyInstanceUID: '1.2',
  patientName: 'DOE^JANE',
  patientId: '7',
  description: '',
  accessionNumber: '',
  modalities: [],
  ...changes,
})

describe('a patient in the list', () => {
  it('is named family first, in the first of the writings', () => {
    expect(patientName(study({}))).toBe('DOE, JANE')
    expect(patientName(study({ patientName: 'DOE^JANE^Q^DR=山田' }))).toBe('DOE, JANE Q')
    expect(patientName(study({ patientName: 'Phantom' }))).toBe('Phantom')
    expect(patientName(study({ patientName: '' }))).toBe('Without a name')
  })

  it('has days in no time zone', () => {
    expect(dayInWords('2024-02-29')).toBe('29 Feb 2024')
    expect(dayInWords(undefined)).toBeUndefined()
  })

  it('[IN-2] has other studies by id, and by name and birthday only where nobody has one', () => {
    const first = study({})
    const prior = study({ patientName: 'DOE^J' })
    const other = study({ patientId: '8' })
    expect(otherStudies(first, [first, other, prior])).toEqual([prior])
    const nameless = study({ patientId: '' })
    expect(otherStudies(nameless, [nameless, first])).toEqual([])
    const born = study({ patientId: '', patientBirthDate: '1980-01-01' })
    expect(otherStudies(nameless, [nameless, born])).toEqual([])
  })
})
