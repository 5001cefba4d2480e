import { describe, expect, it } from 'vitest'
import { readHeader } from '../part10/read-header.ts'
import { SealedReader } from '../sealed-file.ts'
import { type TestElement, type WriteOptions, writePart10 } from '../test-support/part10-writer.ts'
import { spool } from '../test-support/spool-files.ts'
import type { CleanDataSet } from './clean-data-set.ts'
import { deidentify } from './deidentify.ts'
import { Pseudonyms } from './pseudonym.ts'
import { DeidentificationTally } from './report.ts'
import { link } from './unlinked.ts'

const pseudonyms = new Pseudonyms(Buffer.alloc(32, 3))

async function run(elements: readonly TestElement[], options: WriteOptions = {}) {
  using spooled = spool([writePart10(elements, options)])
  await using file = await SealedReader.open(spooled.files[0]!)
  const tally = new DeidentificationTally()
  const dataSet = link(deidentify(await readHeader(file), tally), pseudonyms)
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
})
