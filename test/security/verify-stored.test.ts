import { readFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type ImportReading, readStudy } from '../../server/dicom/index.ts'
import { SealedReader } from '../../server/dicom/sealed-file.ts'
import { inThisThread } from '../../server/dicom/test-support/in-this-thread.ts'
import { memoryVault } from '../../server/dicom/test-support/memory-vault.ts'
import { spoolFiles } from '../../server/dicom/test-support/spool-files.ts'
import {
  addIdentifying,
  collectIdentifying,
} from '../../server/dicom/verify/collect-identifying.ts'
import { knownNames, knownWords } from '../../server/dicom/verify/known-words.ts'
import { wordsOf } from '../../server/dicom/verify/telling-parts.ts'
import { type VerifiedText, verifyTexts } from '../../server/dicom/verify/verify-texts.ts'
import { planLevels } from '../../server/volume/pyramid-plan.ts'
import {
  arrayMetadata,
  groupMetadata,
  labelMetadata,
  labelsMetadata,
} from '../../server/volume/zarr-metadata.ts'
import { testData, testFiles } from '../support/test-data.ts'

interface Sent {
  readonly reading: ImportReading
  readonly identifying: ReadonlySet<string>
  readonly collectMs: number
}

async function send(files: readonly string[]): Promise<Sent> {
  using spooled = spoolFiles(files)
  const identifying = new Set<string>()
  const startMs = performance.now()
  for (const file of spooled.files) {
    await using reader = await SealedReader.open(file)
    addIdentifying(identifying, await collectIdentifying(reader))
  }
  const collectMs = performance.now() - startMs
  const reading = await readStudy(spooled.files, { vault: memoryVault(), threads: inThisThread })
  return { reading, identifying, collectMs }
}

/** What a case record, its manifests and the import's record hold of a reading. */
function textsOf(reading: ImportReading): readonly VerifiedText[] {
  const { series, studies, problems, setAside, deidentification } = reading
  const withoutSlices = (key: string, value: unknown) =>
    key === 'slices' || key === 'origin' ? undefined : value
  const text = (place: string, value: unknown) => ({
    place,
    text: JSON.stringify(value, withoutSlices),
  })
  return [
    ...studies.map((study, index) => text(`case ${index}`, study)),
    ...series.map((each, index) => text(`manifest ${index}`, each)),
    text('problems', problems),
    text('report', { setAside, deidentification }),
  ]
}

const folders = [
  // A CD: images with the segmentations of them, whose names the verifier reads too.
  'dicom/petct-lung-acrin042',
  ...new Set(
    ['dicom', 'seg', 'transfer-syntaxes'].flatMap((top) =>
      testFiles(top).map((path) => relative(testData(), dirname(path))),
    ),
  ),
]

describe('the verifier on real series', () => {
  it.each(folders)('[PRIV-3] %s verifies clean', async (folder) => {
    const { reading, identifying } = await send(testFiles(folder))
    expect(identifying.size).toBeGreaterThan(0)
    expect(verifyTexts(textsOf(reading), identifying)).toEqual([])
  })
})

interface Manifest {
  readonly plants: Readonly<Record<string, string>>
  readonly uids_planted: readonly string[]
}
const { plants, uids_planted } = JSON.parse(
  readFileSync(testData('deid/manifest.json'), 'utf8'),
) as Manifest

describe('the verifier on planted identifiers', () => {
  let sent: Sent
  let texts: readonly VerifiedText[]

  beforeAll(async () => {
    sent = await send(testFiles('deid/header'))
    texts = textsOf(sent.reading)
  })

  it('[PRIV-3] passes what de-identification leaves of them', () => {
    expect(sent.reading.series).toHaveLength(1)
    expect(verifyTexts(texts, sent.identifying)).toEqual([])
  })

  const planted = [
    ...Object.entries(plants),
    ...uids_planted.map((uid) => ['UID', uid] as const),
  ].map(([name, value]) => [name, value] as const)

  it.each(planted)(
    '[PRIV-3] finds %s in a title, an attribute, a name and a number',
    (_, value) => {
      const manifest = JSON.parse(texts.find(({ place }) => place === 'manifest 0')!.text)
      const mutants: Readonly<Record<string, object>> = {
        label: { ...manifest, label: `${manifest.label} · ${value}` },
        alone: { ...manifest, label: value },
        lowerCase: { ...manifest, label: value.toLowerCase() },
        attribute: { ...manifest, attributes: [{ keyword: 'KVP', value }] },
        name: { ...manifest, [value]: true },
        zarr: { attributes: { caseroom: { modality: 'CT', frameOfReferenceUID: value } } },
        ...(/^\d+$/.test(value) && { number: { ...manifest, seriesNumber: Number(value) } }),
      }
      for (const [where, mutant] of Object.entries(mutants)) {
        const found = verifyTexts(
          [{ place: where, text: JSON.stringify(mutant) }],
          sent.identifying,
        )
        expect(
          found.map(({ place }) => place),
          where,
        ).toContain(where)
        expect(JSON.stringify(found)).not.toContain(value)
      }
    },
  )

  it('[PRIV-3] finds each word and each number of theirs on its own', () => {
    const words = [...Object.values(plants), ...uids_planted]
      .flatMap((value) => value.split(/[\^=@ ,;/:.+_()]+/))
      .filter((word) => word.length >= (/^\d+$/.test(word) ? 5 : 4))
    const missed = words.filter(
      (word) => verifyTexts([{ place: 'title', text: word }], sent.identifying).length === 0,
    )
    // A postcode of one digit, and words that Caseroom itself says.
    expect([...new Set(missed)].toSorted()).toEqual(['99999', 'Seen', 'Thorax', 'example'])
  })
})

it('[PRIV-3] knows every word of the documents of a volume', () => {
  const levels = planLevels([300, 300, 300], [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1])
  const shown = {
    modality: 'PT',
    unit: 'Bq/ml',
    frameOfReferenceUID: '2.25.1',
    paddingValue: 1,
    suvbwFactor: 1,
  } as const
  const label = {
    labelId: '1',
    name: 'liver',
    colour: [1, 2, 3] as [number, number, number],
    source: 'SEG',
    algorithmType: 'MANUAL',
    fractional: false,
    voxelCount: 1,
    volumeMm3: 1,
  } as const
  const documents = [
    ...(['int16', 'uint16', 'float32', 'uint8'] as const).map((type) =>
      arrayMetadata(levels[0]!, type, 0),
    ),
    groupMetadata(levels, shown),
    labelsMetadata([label]),
    labelMetadata(levels, label),
  ]
  const words = wordsOf(JSON.stringify(documents).replaceAll(/\d+/g, ' '))
  expect(words.filter((word) => !knownWords.has(word) && !knownNames.has(word))).toEqual([])
})
