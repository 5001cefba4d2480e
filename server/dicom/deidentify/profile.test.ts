import { describe, expect, it } from 'vitest'
import { attributes } from '../../../shared/dicom/attributes.ts'
import { defaultProfile, type ProfileOption, profileOptions } from '../../config/privacy-config.ts'
import { rulesOf } from './profile.ts'

const ruleOf = (tag: string, profile = defaultProfile) => rulesOf(profile).get(tag)

describe('the profile', () => {
  it.each([
    ['00100010', 'PatientName', 'empty'],
    ['00100020', 'PatientID', 'empty'],
    ['00101040', 'PatientAddress', 'remove'],
    ['00081030', 'StudyDescription', 'clean'],
    ['0020000e', 'SeriesInstanceUID', 'remap'],
    ['00080020', 'StudyDate', 'shift'],
    ['00101010', 'PatientAge', 'keep'],
    ['00380500', 'PatientState', 'clean'],
    ['00081080', 'AdmittingDiagnosesDescription', 'clean'],
    ['00181000', 'DeviceSerialNumber', 'remove'],
    ['00880200', 'IconImageSequence', 'remove'],
    ['00200052', 'FrameOfReferenceUID', 'remap'],
    ['00082112', 'SourceImageSequence', 'remap'],
  ])('[PRIV-1] %s %s: %s', (tag, keyword, action) => {
    expect(ruleOf(tag)).toEqual({ keyword, action })
  })

  it('[PRIV-1] lets nothing of its table pass as it is but patient characteristics', () => {
    const passing = Object.entries(attributes).flatMap(([keyword, [tag]]) => {
      const rule = ruleOf(tag)
      return rule ? [{ keyword, action: rule.action }] : []
    })
    const kept = passing.filter(({ action }) => !['remap', 'shift', 'clean'].includes(action))
    expect(kept).toEqual([
      { keyword: 'PatientSex', action: 'keep' },
      { keyword: 'PatientAge', action: 'keep' },
      { keyword: 'PatientSize', action: 'keep' },
      { keyword: 'PatientWeight', action: 'keep' },
    ])
    const cleaned = passing.filter(({ action }) => action === 'clean')
    expect(cleaned).toEqual([{ keyword: 'ROIName', action: 'clean' }])
  })

  it('[PRIV-1] no option keeps a UID, a graphic or a private element', () => {
    const all = rulesOf(profileOptions.filter((option) => option !== 'rtnLongModifDatesOpt'))
    for (const tag of ['00080018', '0020000e', '00181002', '00081155', '00082112']) {
      expect(all.get(tag)?.action, tag).toBe('remap')
    }
    expect(all.get('00880200')?.action).toBe('remove')
  })

  it('[PRIV-1] each option changes what the table says it changes, and nothing else', () => {
    const basic = rulesOf([])
    const changed = (option: ProfileOption) =>
      [...rulesOf([option])].flatMap(([tag, { action }]) =>
        action === basic.get(tag)?.action ? [] : [action],
      )
    const counts = (option: ProfileOption) =>
      Object.fromEntries(
        [...Map.groupBy(changed(option), (action) => action)].map(([action, { length }]) => [
          action,
          length,
        ]),
      )
    expect(counts('rtnLongFullDatesOpt')).toEqual({ keep: 165 })
    expect(counts('rtnLongModifDatesOpt')).toEqual({ shift: 165 })
    expect(counts('rtnPatCharsOpt')).toEqual({ keep: 9, clean: 4 })
    expect(counts('rtnInstIdOpt')).toEqual({ keep: 10 })
    expect(counts('cleanDescOpt')).toEqual({ clean: 125 })
    expect(counts('cleanStructContOpt')).toEqual({ clean: 3 })
    expect(counts('rtnDevIdOpt')).toEqual({ keep: 44, clean: 11 })
    expect([changed('cleanGraphOpt'), changed('rtnSafePrivOpt')]).toEqual([[], []])
  })
})
