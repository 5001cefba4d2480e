import { describe, expect, it } from 'vitest'
import { defaultProfile, type Profile } from '../../config/privacy-config.ts'
import { readHeader } from '../part10/read-header.ts'
import { SealedReader } from '../sealed-file.ts'
import { type TestElement, type WriteOptions, writePart10 } from '../test-support/part10-writer.ts'
import { spool } from '../test-support/spool-files.ts'
import type { CleanDataSet } from './clean-data-set.ts'
import { deidentify } from './deidentify.ts'
import { shiftDate } from './patient-values.ts'
import { Pseudonyms } from './pseudonym.ts'
import { DeidentificationTally } from './report.ts'
import { link } from './unlinked.ts'

const pseudonyms = new Pseudonyms(Buffer.alloc(32, 3))

async function run(
  elements: readonly TestElement[],
  options: WriteOptions = {},
  profile: Profile = defaultProfile,
) {
  using spooled = spool([writePart10(elements, options)])
  await using file = await SealedReader.open(spooled.files[0]!)
  const tally = new DeidentificationTally()
  const dataSet = link(deidentify(await readHeader(file), tally, profile), pseudonyms, profile)
  return { dataSet, report: tally.report() }
}

/** Everything left, as text to search. */
const textOf = (dataSet: CleanDataSet): string =>
  dataSet
    .keywords()
    .map((keyword) => {
      const items = dataSet.items(keyword).map(textOf).join(';')
      return `${keyword}=${dataSet.strings(keyword).join()}${dataSet.numbers(keyword).join()}${items}`
    })
    .join('|')

const secretText = 'Okonkwo'
const code: TestElement = ['00080100', 'SH', '51185008']

describe('deidentify', () => {
  it('[PRIV-1] goes into sequences, keeps codes there and nothing else', async () => {
    const inner: TestElement[] = [
      code,
      ['00080104', 'LO', secretText],
      ['00290010', 'LO', secretText],
      ['00082218', 'SQ', [[code, ['00100010', 'PN', secretText]]]],
    ]
    const { dataSet, report } = await run([['00082218', 'SQ', [inner]]])
    const [region] = dataSet.items('AnatomicRegionSequence')
    expect(region?.strings('CodeValue')).toEqual(['51185008'])
    expect(region?.items('AnatomicRegionSequence')[0]?.string('CodeValue')).toBe('51185008')
    expect(textOf(dataSet)).not.toContain(secretText)
    expect(report).toMatchObject({ privateElements: 1, emptied: { PatientName: 1 } })
  })

  it('[PRIV-1] leaves sequences without end', async () => {
    let items: TestElement[] = [code]
    for (let depth = 0; depth < 40; depth++) items = [['00082218', 'SQ', [items]]]
    const { dataSet } = await run(items)
    let depth = 0
    let level: CleanDataSet | undefined = dataSet
    while (level) {
      level = level.items('AnatomicRegionSequence')[0]
      depth += 1
    }
    expect(depth).toBe(17)
  })

  it('[PRIV-1] removes private groups, overlays, curves, icons, the preamble and text', async () => {
    const { dataSet, report } = await run(
      [
        ['00080060', 'CS', 'CT'],
        ['0008103e', 'LO', secretText],
        ['00104000', 'LT', secretText],
        ['00291001', 'SQ', [[['00100010', 'PN', secretText]]]],
        ['00880200', 'SQ', [[['00280010', 'US', 8]]]],
        ['50003000', 'OB', Buffer.from(secretText)],
        ['60003000', 'OW', Buffer.from(secretText)],
        ['60001500', 'LO', secretText],
        ['00281103', 'UN', Buffer.from(secretText)],
      ],
      { preamble: secretText },
    )
    expect(dataSet.keywords()).toEqual(['Modality'])
    expect(report).toMatchObject({
      removed: { SeriesDescription: 1, PatientComments: 1 },
      privateElements: 1,
      overlays: 1,
      curves: 1,
      icons: 1,
      preambles: 1,
      unlisted: 1,
      kept: { Modality: 1 },
    })
    expect(JSON.stringify(report)).not.toContain(secretText)
  })

  it('[PRIV-1] drops what does not fit its attribute: a name in a code, text in a number', async () => {
    const { dataSet } = await run([
      ['00080008', 'CS', `ORIGINAL\\${secretText}\\AXIAL`],
      ['00180015', 'CS', 'Maren^O'],
      ['00180050', 'DS', secretText],
      ['00180060', 'LO', '120'],
      ['00200011', 'UN', Buffer.from('12')],
    ])
    expect(dataSet.strings('ImageType')).toEqual(['ORIGINAL', '', 'AXIAL'])
    expect(dataSet.string('BodyPartExamined')).toBeUndefined()
    expect(dataSet.number('SliceThickness')).toBeNaN()
    expect(dataSet.has('KVP')).toBe(false)
    expect(dataSet.has('SeriesNumber')).toBe(false)
    expect(textOf(dataSet)).not.toContain(secretText)
  })

  it('[PRIV-1] reads implicit VR by the dictionary alone', async () => {
    const { dataSet } = await run(
      [
        ['00080060', 'CS', 'MR'],
        ['00080070', 'LO', secretText],
        ['00082218', 'SQ', [[code, ['00080104', 'LO', secretText]]]],
        ['00280010', 'US', 384],
      ],
      { transferSyntaxUID: '1.2.840.10008.1.2' },
    )
    expect(dataSet.number('Rows')).toBe(384)
    expect(dataSet.items('AnatomicRegionSequence')[0]?.string('CodeValue')).toBe('51185008')
    expect(textOf(dataSet)).not.toContain(secretText)
  })

  it('[PRIV-1] keeps the order of dates and what refers to the same thing', async () => {
    const dated = (date: string): TestElement[] => [['00080020', 'DA', date]]
    const [first, second] = [await run(dated('20240229')), await run(dated('20240301'))]
    const dates = [first, second].map(({ dataSet }) => dataSet.string('StudyDate') ?? '')
    expect(dates[0]! < dates[1]!).toBe(true)
    expect(dates).not.toContain('20240229')
    const uids: TestElement[] = [
      ['0020000d', 'UI', '1.2.276.1'],
      ['00200052', 'UI', '1.2.276.1'],
    ]
    const { dataSet } = await run(uids)
    expect(dataSet.string('FrameOfReferenceUID')).toBe(dataSet.string('StudyInstanceUID'))
    expect(dataSet.string('StudyInstanceUID')).toMatch(/^2\.25\./)
  })

  it('[PRIV-1] of a description only anatomical words pass, in any character set', async () => {
    const labelled = (label: string | Buffer, charset = 'ISO_IR 100') =>
      run([
        ['00080005', 'CS', charset],
        ['00620005', 'LO', label],
        ['30060026', 'LO', label],
      ])
    const { dataSet, report } = await labelled('Lt Lung, Dr. Okonkwo 4471882')
    expect(dataSet.string('SegmentLabel')).toBe('Lt Lung')
    expect(dataSet.string('ROIName')).toBe('Lt Lung')
    expect(report.cleaned).toEqual({ ROIName: 1 })
    const utf8 = await labelled(Buffer.from('Schädel Müller'), 'ISO_IR 192')
    expect(utf8.dataSet.string('SegmentLabel')).toBe('Schädel')
    expect((await labelled('Okonkwo')).dataSet.string('SegmentLabel')).toBeUndefined()
  })

  it('[PRIV-1] without Clean Descriptors a description does not pass at all', async () => {
    const { dataSet, report } = await run([['30060026', 'LO', 'lung']], {}, [])
    expect(dataSet.has('ROIName')).toBe(false)
    expect(report.emptied).toEqual({ ROIName: 1 })
  })

  it('[PRIV-1] dates are whole, shifted or gone', async () => {
    const elements: TestElement[] = [
      ['00080020', 'DA', '20240229'],
      ['00080022', 'DA', '18991231'],
    ]
    const dates = async (profile: Profile) => {
      const { dataSet } = await run(elements, {}, profile)
      return (['StudyDate', 'AcquisitionDate'] as const).map((date) => dataSet.string(date))
    }
    expect(await dates([])).toEqual([undefined, undefined])
    expect(await dates(['rtnLongFullDatesOpt'])).toEqual(['20240229', '18991231'])
    const [shifted, tooOld] = await dates(['rtnLongModifDatesOpt'])
    expect(shifted).toBe(shiftDate('20240229', pseudonyms.shiftDays))
    expect(tooOld).toBeUndefined()
  })

  it('[PRIV-1] a UID that no organisation of DICOM gave passes only as a pseudonym', async () => {
    const uid = '1.2.276.0.9999.19520714.4471882'
    const { dataSet } = await run([
      ['00080016', 'UI', uid],
      ['00080018', 'UI', uid],
      ['00081150', 'UI', '1.2.840.10008.19520714'],
    ])
    expect(dataSet.string('SOPClassUID')).toBeUndefined()
    expect(dataSet.string('ReferencedSOPClassUID')).toBeUndefined()
    expect(dataSet.string('SOPInstanceUID')).toBe(pseudonyms.uid(uid))
  })

  it('[PRIV-1] numbers and codes that are none of theirs are dropped', async () => {
    const { dataSet } = await run([
      ['00101020', 'DS', '1.78'],
      ['00101030', 'DS', '4471882'],
      ['00181210', 'SH', 'Okonkwo'],
      ['00281054', 'LO', 'Okonkwo'],
      [
        '00082218',
        'SQ',
        [
          [
            ['00080100', 'SH', 'OKONKWO'],
            ['00080102', 'SH', '99ELMO'],
          ],
        ],
      ],
    ])
    expect(dataSet.number('PatientSize')).toBe(1.78)
    expect(dataSet.number('PatientWeight')).toBeNaN()
    expect(dataSet.string('ConvolutionKernel')).toBeUndefined()
    expect(dataSet.string('RescaleType')).toBe('US')
    expect(textOf(dataSet)).not.toMatch(/OKONKWO|ELMO/)
  })
})
