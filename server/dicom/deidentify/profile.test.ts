import { describe, expect, it } from 'vitest'
import { attributes } from '../../../shared/dicom/attributes.ts'
import { ruleOf } from './profile.ts'

describe('the profile', () => {
  it.each([
    ['00100010', 'PatientName', 'empty'],
    ['00100020', 'PatientID', 'empty'],
    ['00101040', 'PatientAddress', 'remove'],
    ['00081030', 'StudyDescription', 'remove'],
    ['0020000e', 'SeriesInstanceUID', 'remap'],
    ['00080020', 'StudyDate', 'shift'],
    ['00101010', 'PatientAge', 'keep'],
    ['00380500', 'PatientState', 'remove'],
  ])('[PRIV-1] %s %s: %s', (tag, keyword, action) => {
    expect(ruleOf(tag)).toEqual({ keyword, action })
  })

  it('[PRIV-1] lets nothing of its table pass that is no date, UID or patient characteristic', () => {
    const passing = Object.entries(attributes).flatMap(([keyword, [tag]]) => {
      const rule = ruleOf(tag)
      return rule ? [`${keyword} ${rule.action}`] : []
    })
    expect(passing.toSorted()).toEqual([
      'AcquisitionDate shift',
      'FrameOfReferenceUID remap',
      'PatientAge keep',
      'PatientSex keep',
      'PatientSize keep',
      'PatientWeight keep',
      'SOPInstanceUID remap',
      'SeriesDate shift',
      'SeriesInstanceUID remap',
      'StudyDate shift',
      'StudyInstanceUID remap',
    ])
  })
})
