import { describe, expect, it } from 'vitest'
import { identityOf, readOriginal } from './original.ts'
import { readHeader } from './part10/read-header.ts'
import { SealedReader } from './sealed-file.ts'
import { type TestElement, writePart10 } from './test-support/part10-writer.ts'
import { spool } from './test-support/spool-files.ts'

async function originalOf(elements: readonly TestElement[], transferSyntaxUID?: string) {
  using spooled = spool([writePart10(elements, transferSyntaxUID ? { transferSyntaxUID } : {})])
  await using file = await SealedReader.open(spooled.files[0]!)
  return readOriginal(await readHeader(file))
}

const named = (characterSet: string, name: Buffer): TestElement[] => [
  ['00080005', 'CS', characterSet],
  ['00100010', 'PN', name],
]

describe('readOriginal', () => {
  it.each([
    ['ISO_IR 100', Buffer.from('Müller^Jürgen', 'latin1'), 'Müller^Jürgen'],
    ['ISO_IR 192', Buffer.from('Wałęsa^Lech=王^小东'), 'Wałęsa^Lech=王^小东'],
    ['GB18030', Buffer.from('cdf55ed0a1b6ab', 'hex'), '王^小东'],
    ['\\ISO 2022 IR 87', Buffer.from('\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B'), '山田^太郎'],
  ])('[OUT-1] a name in %s, in either VR style', async (characterSet, bytes, name) => {
    for (const syntax of ['1.2.840.10008.1.2', '1.2.840.10008.1.2.1']) {
      const { patient } = await originalOf(named(characterSet, bytes), syntax)
      expect(patient).toEqual({ patientName: name })
    }
  })

  it('has what there is, as it was written, and nothing for what is missing or endless', async () => {
    const { patient, study, reference } = await originalOf([
      ['00080016', 'UI', '1.2.840.10008.5.1.4.1.1.2'],
      ['00080018', 'UI', '1.2.3.4'],
      ['00080020', 'DA', '20240229'],
      ['00080050', 'SH', 'ACC1 '],
      ['00081030', 'LO', 'x'.repeat(2000)],
      ['00100010', 'PN', Buffer.from([0x1b, 0x24, 0xff, 0x1b])],
      ['00100020', 'LO', '4471882'],
      ['0020000d', 'UI', '1.2.3'],
      ['00200052', 'SQ', [[['00100010', 'PN', 'Okonkwo']]]],
    ])
    expect(patient).toMatchObject({ patientId: '4471882' })
    expect(study).toEqual({
      studyInstanceUID: '1.2.3',
      studyDate: '20240229',
      accessionNumber: 'ACC1',
    })
    expect(reference).toEqual({
      sopClassUID: '1.2.840.10008.5.1.4.1.1.2',
      sopInstanceUID: '1.2.3.4',
      seriesInstanceUID: '',
    })
  })

  it('[PRIV-5] tells patients apart by number and who gave it, else by name and birth, else by study', async () => {
    const identity = async (...elements: TestElement[]) => identityOf(await originalOf(elements))
    const [name, born]: TestElement[] = [
      ['00100010', 'PN', 'A^B'],
      ['00100030', 'DA', '19520714'],
    ]
    const identities = [
      await identity(['00100020', 'LO', '1'], name!),
      await identity(['00100020', 'LO', '1'], ['00100021', 'LO', 'Elmo']),
      await identity(['00100020', 'LO', '2']),
      await identity(name!),
      await identity(name!, born!),
      await identity(['0020000d', 'UI', '1.2.3']),
    ]
    expect(new Set(identities).size).toBe(identities.length)
    expect(await identity(['00100020', 'LO', '1 '], born!)).toBe(identities[0])
  })
})
