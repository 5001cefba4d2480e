import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildFindings } from '../../server/dicom/findings/build-findings.ts'
import {
  equipment,
  findings,
  origin,
} from '../../server/dicom/findings/test-support/sample-findings.ts'
import { measurementOf } from '../../shared/findings/finding-mark.ts'
import {
  allItems,
  type FileFacts,
  findingsFacts,
  type ItemFacts,
} from '../support/findings-facts.ts'

const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'caseroom-findings-'))
const paths = new Map<string, string>()
const read = new Map<string, FileFacts>()

beforeAll(async () => {
  for (const { kind, part10 } of buildFindings(origin, findings, equipment)) {
    const path = join(folder, `${kind}.dcm`)
    writeFileSync(path, part10())
    paths.set(kind, path)
  }
  const facts = await findingsFacts([...paths.values()])
  for (const [index, kind] of [...paths.keys()].entries()) read.set(kind, facts[index]!)
})
afterAll(() => rmSync(folder, { recursive: true }))

const factsOf = (kind: string): FileFacts => {
  const facts = read.get(kind)
  if (!facts) throw new Error(`no ${kind} was built`)
  return facts
}
const named = (items: readonly ItemFacts[], name: string) =>
  items.filter((item) => item.name === name)
const groups = () => named(allItems(factsOf('measurement-report').content), 'Measurement Group')
const valuesOf = (group: ItemFacts, name: string) =>
  named(allItems(group.value as ItemFacts[]), name).map(({ value }) => value)
const sop = (k: number) => `1.2.826.0.1.3680043.9.1.${k}`

/** Warnings that are ours to give; everything else dciodvfy says is a fault. */
const knownWarnings = [
  /Laterality.*is only permitted to be empty when actually unknown/,
  /CodingSchemeDesignator.*Unrecognized defined term = <99CASEROOM>/,
]

describe('what goes back to the PACS', () => {
  it('[OUT-1] [OUT-2] [OUT-3] one object of every kind', () => {
    expect([...paths.keys()]).toEqual([
      'key-image',
      'measurement-report',
      'minutes',
      'key-object-selection',
    ])
  })

  it('[OUT-1] dciodvfy finds nothing wrong in any of them', async () => {
    const said = await Promise.all(
      [...paths.values()].map(async (path) => (await run('dciodvfy', ['-new', path])).stderr),
    )
    const complaints = said
      .flatMap((text) => text.split('\n'))
      .filter((line) => /^(Error|Warning)/.test(line))
      .filter((line) => !knownWarnings.some((known) => known.test(line)))
    expect(said.map((text) => text.split('\n').some((line) => /^[A-Z]\w+$/.test(line)))).toEqual(
      said.map(() => true), // it knew which IOD each is
    )
    expect(complaints).toEqual([])
  })

  it('[OUT-1] dsrdump reads every document, by its template and its evidence', async () => {
    for (const kind of ['measurement-report', 'minutes', 'key-object-selection']) {
      const { stdout, stderr } = await run('dsrdump', ['+Pl', paths.get(kind)!])
      expect(stderr.split('\n').filter((line) => /^[EF]:/.test(line))).toEqual([])
      expect(stdout).toContain('Yamada^Tarou=山田^太郎=やまだ^たろう')
    }
  })

  it('[OUT-1] every one lies in the original study, with the patient as the original wrote them', () => {
    for (const facts of read.values()) {
      expect(facts.transferSyntax).toBe('1.2.840.10008.1.2.1')
      expect(facts.patient).toEqual([
        'Yamada^Tarou=山田^太郎=やまだ^たろう',
        'HOSP-4711',
        'St. Änne',
        '19500317',
        'F',
      ])
      expect(facts.study).toEqual([
        '1.2.826.0.1.3680043.9.2',
        'S42',
        '20240229',
        '101112.5',
        'ACC0815',
        'Müller^Jürgen',
        'Thorax nativ, früh',
      ])
      expect(facts.sopInstance).toMatch(/^2\.25\.\d{1,39}$/)
    }
    const series = [...read.values()].map((facts) => facts.series)
    expect(new Set(series).size).toBe(series.length)
  })

  it('[OUT-1] positions are the marks’ own, within 0.1 mm, in the original frame of reference', () => {
    const regions = groups().map((group) =>
      allItems([group]).filter(({ type }) => type === 'SCOORD3D'),
    )
    expect(regions.map((found) => found.length)).toEqual(findings.marks.map(() => 1))
    for (const [index, mark] of findings.marks.entries()) {
      const [type, mm, frame] = regions[index]![0]!.value as [string, number[], string]
      const volume = origin.volumes.find(({ volumeId }) => volumeId === mark.volumeId)
      expect(type).toBe(mark.pointsMm.length === 1 ? 'POINT' : 'POLYLINE')
      expect(frame).toBe(volume?.frameOfReferenceUID)
      const off = mark.pointsMm.flat().map((value, n) => Math.abs(value - (mm[n] ?? Number.NaN)))
      expect(off.length).toBe(mm.length)
      expect(Math.max(...off)).toBeLessThan(0.1)
    }
  })

  it('[OUT-1] a length is in millimetres and an angle in degrees, each from its own points', () => {
    const [length, angle] = findings.marks.slice(3, 5).map(measurementOf)
    const numbers = groups().flatMap((group) =>
      (group.value as ItemFacts[]).filter(({ type }) => type === 'NUM'),
    )
    expect(numbers.map(({ name }) => name)).toEqual(['Length', 'Angle'])
    const [[mm, mmUnit], [degrees, degreeUnit]] = numbers.map(({ value }) => value) as [
      [number, string],
      [number, string],
    ]
    expect([mmUnit, degreeUnit]).toEqual(['mm', 'deg'])
    expect(length?.quantity === 'length' && Math.abs(length.valueMm - mm)).toBeLessThan(0.001)
    expect(angle?.quantity === 'angle' && Math.abs(angle.valueDegrees - degrees)).toBeLessThan(
      0.001,
    )
    expect(numbers.map(({ from }) => from?.map(({ relationship }) => relationship))).toEqual([
      ['INFERRED FROM'],
      ['INFERRED FROM'],
    ])
  })

  it('[OUT-1] every mark is tracked by a UID of its own, that it keeps in a later report', () => {
    const uids = groups().flatMap((group) => valuesOf(group, 'Tracking Unique Identifier'))
    expect(new Set(uids).size).toBe(findings.marks.length)
    const later = { ...findings, sendingId: 'd0000000-0000-4000-8000-000000000000' }
    const report = buildFindings(origin, later, equipment).find(
      ({ kind }) => kind === 'measurement-report',
    )
    const bytes = Buffer.from(report?.part10() ?? [])
    expect(uids.filter((uid) => !bytes.includes(`${uid}`))).toEqual([])
    expect(bytes.includes(factsOf('measurement-report').sopInstance)).toBe(false)
  })

  it('[OUT-1] each mark names the original slices nearest to its points, a missing one’s neighbour', () => {
    const sources = groups().map((group) => valuesOf(group, 'Source of Measurement'))
    expect(sources).toEqual([
      [[sop(2), null]],
      [
        [sop(0), null],
        [sop(4), null],
      ],
      [[sop(6), null]],
      [[sop(5), null]],
      [[sop(9), null]],
      [['1.2.826.0.1.3680043.9.7', 9]],
    ])
    const [evidence] = factsOf('measurement-report').evidence
    expect(evidence).toEqual({
      study: origin.study.studyInstanceUID,
      series: {
        '1.2.826.0.1.3680043.9.3': [2, 0, 4, 6, 5, 9].map(sop),
        '1.2.826.0.1.3680043.9.5': ['1.2.826.0.1.3680043.9.7'],
      },
    })
  })

  it('[OUT-1] says in the person’s own words what they marked, and who did', () => {
    expect(valuesOf(groups()[0]!, 'Comment')).toEqual(['Rundherd, größer als früher'])
    expect(groups().flatMap((group) => valuesOf(group, 'Person Observer Name'))).toEqual(
      findings.marks.map(() => 'Dr Ada Résidente^'),
    )
  })

  it('[OUT-3] is verified by who signed, and unverified where nobody did', async () => {
    for (const kind of ['measurement-report', 'minutes']) {
      const { verification, completion, verifiedBy } = factsOf(kind)
      expect([verification, completion, verifiedBy]).toEqual([
        'VERIFIED',
        'COMPLETE',
        ['Dr Okafor^'],
      ])
    }
    const { signedBy: _, ...unsigned } = findings
    const path = join(folder, 'unsigned.dcm')
    const report = buildFindings(origin, unsigned, equipment).find(
      ({ kind }) => kind === 'measurement-report',
    )
    writeFileSync(path, report?.part10() ?? '')
    const [facts] = await findingsFacts([path])
    expect([facts?.verification, facts?.verifiedBy]).toEqual(['UNVERIFIED', []])
    expect((await run('dciodvfy', ['-new', path])).stderr).not.toMatch(/^Error/m)
  })

  it('[OUT-3] words in every sign that can be typed are valid, and read as they were typed', async () => {
    const typed = 'L3\\L4\tleft ^=~ <>&"\r\n日本語 👩‍⚕️ العربية ÿ'
    const words = { ...findings, minutes: { ...findings.minutes!, text: typed } }
    const minutes = buildFindings(origin, words, equipment).find(({ kind }) => kind === 'minutes')
    const path = join(folder, 'words.dcm')
    writeFileSync(path, minutes?.part10() ?? '')
    expect((await run('dciodvfy', ['-new', path])).stderr).not.toMatch(/^Error/m)
    const [facts] = await findingsFacts([path])
    const [conclusion] = named(allItems(facts?.content ?? []), 'Conclusion')
    expect(conclusion?.value).toBe(typed.replace('\t', ' ')) // which UT does not have
  })

  it('[OUT-3] the minutes hold when, who and what, to the letter', () => {
    const { content, title } = factsOf('minutes')
    const items = allItems(content)
    expect(title).toBe('Minutes of a case conference')
    expect(named(items, 'Conclusion').map(({ value }) => value)).toEqual([findings.minutes?.text])
    expect(named(items, 'Person Name').map(({ value }) => value)).toEqual([
      'Dr Okafor^',
      'Dr Ada Résidente^',
    ])
    expect(named(items, 'DateTime Started')[0]?.value).toMatch(/^202601051?\d{5,}$/)
  })

  it('[OUT-2] a key image is lossless, says that it has words burned in, and is selected', () => {
    const { burnedIn, pixels, sopInstance, series } = factsOf('key-image')
    expect(burnedIn).toBe('YES')
    expect(pixels).toEqual([...(findings.keyImages[0]?.rgb() ?? [])])
    const { title, content, evidence } = factsOf('key-object-selection')
    expect(title).toBe('Of Interest')
    const images = content.filter(({ type }) => type === 'IMAGE').map(({ value }) => value)
    expect(images).toEqual([
      ...[2, 0, 4, 6, 5, 9].map((k) => [sop(k), null]),
      ['1.2.826.0.1.3680043.9.7', 9],
      [sopInstance, null],
    ])
    expect(evidence[0]?.series[series]).toEqual([sopInstance])
  })
})
