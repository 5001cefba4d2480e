import { describe, expect, it } from 'vitest'
import type { PacsStudy } from '../../../shared/pacs/pacs.ts'
import { nothingChosen, toggled } from './series-choice.ts'

const study = (studyInstanceUID: string, patientId: string): PacsStudy => ({
  studyInstanceUID,
  patientId,
  patientName: '',
  description: '',
  accessionNumber: '',
  modalities: [],
})

describe('the series picked', () => {
  it('[IN-2] are of one patient, from several studies', () => {
    const now = study('1.1', 'a')
    const prior = study('1.2', 'a')
    const two = toggled(toggled(nothingChosen, now, '1.1.1'), prior, '1.2.1')
    expect(two.series).toEqual([
      { studyInstanceUID: '1.1', seriesInstanceUID: '1.1.1' },
      { studyInstanceUID: '1.2', seriesInstanceUID: '1.2.1' },
    ])
    expect(toggled(two, now, '1.1.1').series).toHaveLength(1)
    const another = toggled(two, study('2.1', 'b'), '2.1.1')
    expect(another.series.map(({ seriesInstanceUID }) => seriesInstanceUID)).toEqual(['2.1.1'])
    expect(toggled(another, study('2.1', 'b'), '2.1.1')).toBe(nothingChosen)
  })
})
