import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import {
  defaultProfile,
  type Profile,
  type ProfileOption,
  profileOptions,
} from '../../server/config/privacy-config.ts'
import type { CleanDataSet } from '../../server/dicom/deidentify/clean-data-set.ts'
import { deidentify } from '../../server/dicom/deidentify/deidentify.ts'
import { shiftDate } from '../../server/dicom/deidentify/patient-values.ts'
import table from '../../server/dicom/deidentify/ps3.15-table-e.1-1.json' with { type: 'json' }
import { Pseudonyms } from '../../server/dicom/deidentify/pseudonym.ts'
import { DeidentificationTally } from '../../server/dicom/deidentify/report.ts'
import { link } from '../../server/dicom/deidentify/unlinked.ts'
import type { ImportReading } from '../../server/dicom/index.ts'
import { readHeader } from '../../server/dicom/part10/read-header.ts'
import { SealedReader } from '../../server/dicom/sealed-file.ts'
import {
  type TestElement,
  writeElements,
  writePart10,
} from '../../server/dicom/test-support/part10-writer.ts'
import { readFiles, sliceElements } from '../../server/dicom/test-support/phantom.ts'
import { spool } from '../../server/dicom/test-support/spool-files.ts'
import { attributes, type Keyword, keywordOfTag } from '../../shared/dicom/attributes.ts'

type Row = Readonly<Partial<Record<ProfileOption, string>>> & {
  readonly name: string
  readonly id: string
}
const rows: readonly Row[] = table

/** One tag for a row that stands for many. */
const representatives: Readonly<Record<string, [tag: string, vr: string]>> = {
  '50xxxxxx': ['50023000', 'OW'],
  '60xx3000': ['60023000', 'OW'],
  '60xx4000': ['60024000', 'LT'],
  'ggggeeee-where-gggg-is-odd': ['00291001', 'LO'],
}

/** The whole of PS3.6, by a library; it has no types of its own. */
const { data } = createRequire(import.meta.url)('dcmjs') as {
  data: { DicomMetaDictionary: { dictionary: Record<string, { vr: string }> } }
}

function tagAndVr({ id }: Row): readonly [tag: string, vr: string] {
  const known = representatives[id]
  if (known) return known
  const entry =
    data.DicomMetaDictionary.dictionary[`(${id.slice(0, 4)},${id.slice(4)})`.toUpperCase()]
  return [id, entry!.vr]
}

const word = 'Xylophon'
const number = '4471882'
const date = '19520714'
const uid = `1.2.276.0.9999.${date}.${number}`
/** None of them may be found in what is left. */
const secrets = new RegExp(`${word}|${number}|${date}|1952-07-14`, 'i')

/** A value that the representation allows and that can be told from every other. */
function plantOf(vr: string): TestElement[2] {
  const float = Buffer.alloc(8)
  switch (vr) {
    case 'AS':
      return '077Y'
    case 'CS':
      return word.toUpperCase()
    case 'DA':
      return date
    case 'DT':
      return `${date}134257`
    case 'TM':
      return '134257'
    case 'DS':
    case 'IS':
      return number
    case 'UI':
      return uid
    case 'US':
      return 44_718
    case 'FD':
      float.writeDoubleLE(Number(number))
      return float
    case 'PN':
      return `${word}^Quentin`
    case 'SQ':
      return [
        [
          ['00080100', 'SH', word],
          ['00080104', 'LO', word],
          ['00081155', 'UI', uid],
          ['00100010', 'PN', `${word}^Quentin`],
          ['00400002', 'DA', date],
        ],
      ]
    case 'OB':
    case 'OW':
    case 'UN':
      return Buffer.from(`${word}${number}`.padEnd(16))
    default:
      return word
  }
}

/** At the top, in a sequence that passes, and two deep in one that does not. */
function planted(row: Row): TestElement[] {
  const [tag, vr] = tagAndVr(row)
  const element: TestElement = [tag, vr, plantOf(vr)]
  const nested = (sequence: string, items: readonly TestElement[]): TestElement[] =>
    sequence === tag ? [] : [[sequence, 'SQ', [items]]]
  if (tag.startsWith('0002')) return [element]
  return [
    element,
    ...nested('00082218', [['00080100', 'SH', '51185008'], element]),
    ...nested('00400275', [...nested('00081120', [element]), element]),
  ]
}

/** Group 0002 stands before the data set, explicit always. */
function part10(elements: readonly TestElement[], transferSyntaxUID: string): Buffer {
  const [meta, dataSet] = [true, false].map((isMeta) =>
    elements.filter(([tag]) => tag.startsWith('0002') === isMeta),
  )
  const file = writePart10(dataSet!, { transferSyntaxUID })
  const metaEnd = file.indexOf(Buffer.from(transferSyntaxUID)) + transferSyntaxUID.length
  const padded = metaEnd + (transferSyntaxUID.length % 2)
  const more = writeElements(meta!, true)
  return Buffer.concat([file.subarray(0, padded), more, file.subarray(padded)])
}

const syntaxes = ['1.2.840.10008.1.2', '1.2.840.10008.1.2.1'] as const
const pseudonyms = new Pseudonyms(Buffer.alloc(32, 5))
const profiles: Readonly<Record<string, Profile>> = {
  'the Basic Profile': [],
  'the default': defaultProfile,
  'all options with modified dates': profileOptions.filter((o) => o !== 'rtnLongFullDatesOpt'),
  'all options with full dates': profileOptions.filter((o) => o !== 'rtnLongModifDatesOpt'),
}

async function deidentified(elements: readonly TestElement[], transferSyntaxUID: string) {
  using spooled = spool([part10(elements, transferSyntaxUID)])
  await using file = await SealedReader.open(spooled.files[0]!)
  const header = await readHeader(file)
  return Object.entries(profiles).map(([name, profile]) => {
    const tally = new DeidentificationTally()
    const dataSet = link(deidentify(header, tally, profile), pseudonyms, profile)
    return { name, profile, dataSet, report: tally.report() }
  })
}

function textOf(dataSet: CleanDataSet): string {
  return dataSet
    .keywords()
    .map((keyword) => {
      const values = [...dataSet.strings(keyword), ...dataSet.numbers(keyword)]
      return [keyword, ...values, ...dataSet.items(keyword).map(textOf)].join(' ')
    })
    .join('\n')
}

/** What the table lets of this very attribute, read from its columns alone. */
function allowed(row: Row, profile: Profile, keyword: Keyword): string | undefined {
  const says = (option: ProfileOption, what: string) =>
    profile.includes(option) && row[option] === what
  const vr = attributes[keyword][1]
  if (vr === 'AS' && says('rtnPatCharsOpt', 'K')) return '077Y'
  if (vr === 'DA' && says('rtnLongFullDatesOpt', 'K')) return date
  if (vr === 'DA' && says('rtnLongModifDatesOpt', 'C')) {
    return shiftDate(date, pseudonyms.shiftDays)
  }
  return vr === 'UI' ? pseudonyms.uid(uid) : undefined
}

describe('every row of PS3.15 Table E.1-1', () => {
  it('has 621 of them, each with a tag and a value representation', () => {
    expect(rows).toHaveLength(621)
    expect(rows.map(tagAndVr).every(([tag, vr]) => /^[0-9a-f]{8}[A-Z]{2}$/.test(tag + vr))).toBe(
      true,
    )
  })

  it.each(rows.map((row) => [row.id, row.name.split('\n')[0], row] as const))(
    '[PRIV-1] %s %s: nothing of it is left but what an option retains',
    async (_id, _name, row) => {
      const [tag] = tagAndVr(row)
      for (const syntax of syntaxes) {
        for (const { name, profile, dataSet, report } of await deidentified(planted(row), syntax)) {
          const keyword = keywordOfTag(tag)
          const where = `${name}, ${syntax}`
          const expected = keyword && allowed(row, profile, keyword)
          if (keyword && expected) {
            const [region] = dataSet.items('AnatomicRegionSequence')
            expect(dataSet.strings(keyword), where).toEqual([expected])
            expect(region?.strings(keyword), where).toEqual([expected])
          }
          const left = textOf(dataSet)
          const kept = expected === date ? left.replaceAll(date, '') : left
          expect(kept, where).not.toMatch(secrets)
          expect(JSON.stringify(report), where).not.toMatch(secrets)
        }
        const reading = await readFiles(series(planted(row), syntax))
        expect(reading.series, syntax).toHaveLength(1)
        expect(told(reading)).not.toMatch(secrets)
      }
    },
  )
})

/** Three slices that have elements of their own and these. */
function series(elements: readonly TestElement[], transferSyntaxUID: string): Buffer[] {
  const taken = new Map(elements.map((element) => [element[0], element]))
  return [0, 1, 2].map((k) => {
    const own = sliceElements(k).filter(([tag]) => !taken.has(tag))
    const same = [...taken.values()].map(
      (element): TestElement =>
        element[0] === '00080018' ? ['00080018', 'UI', `${uid}.${k}`] : element,
    )
    return part10([...own, ...same], transferSyntaxUID)
  })
}

/**
 * What is told or stored of an import, without random digits, in which anything may be found once.
 * How stored values become output values is told to nobody: it is used up in a thread.
 */
function told(reading: ImportReading): string {
  const arithmetic = ['rescale', 'padding']
  return JSON.stringify(reading, (key, value) => (arithmetic.includes(key) ? undefined : value))
    .replaceAll(/2\.25\.\d+/g, 'UID')
    .replaceAll(/"([0-9a-f]{32}|[0-9a-f]{64})"|"sealed":"[\w-]+"/g, 'ID')
}

/** Attributes that are kept, with values that their representation allows and that tell somebody. */
describe('every attribute that Caseroom knows', () => {
  const hostile = Object.entries(attributes).map(([keyword, [tag, vr]]) => [keyword, tag, vr])
  it.each(hostile)('[PRIV-1] %s carries nobody out', async (_keyword, tag, vr) => {
    const value = ['SH', 'LO', 'CS'].includes(vr!) ? 'XYLOPHON 4471882' : plantOf(vr!)
    const element: TestElement = [tag!, vr!, value]
    const nested: TestElement = ['00082218', 'SQ', [[element]]]
    for (const elements of tag === '00082218' ? [[element]] : [[element], [nested]]) {
      const reading = await readFiles(series(elements, syntaxes[1]))
      expect(told(reading)).not.toMatch(secrets)
      expect(told(reading)).not.toContain('44718')
    }
  })
})
