import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decodePictures } from '../../server/dicom/decode/test-support/picture-file.ts'
import { DicomError, decodeSlice, readStudy } from '../../server/dicom/index.ts'
import { decodeFile } from '../../server/dicom/test-support/decode-file.ts'
import { inThisThread } from '../../server/dicom/test-support/in-this-thread.ts'
import { memoryVault } from '../../server/dicom/test-support/memory-vault.ts'
import { spool, spoolFiles } from '../../server/dicom/test-support/spool-files.ts'
import { testData, testFiles } from '../support/test-data.ts'
import { sha256, voxelsOf } from './dicom-spool.ts'

const options = () => ({ vault: memoryVault(), threads: inThisThread })
const root = testData('malformed')
const files = testFiles('malformed').map((path) => relative(root, path))

/** Each of these says its own reason; the rest may be refused with any. */
const reasons: Readonly<Record<string, string>> = {
  'synthetic/deflate-bomb-512MB.dcm': 'too-large',
  'synthetic/rows-huge-65535.dcm': 'too-large',
  'synthetic/pixeldata-length-4GB.dcm': 'truncated',
  'synthetic/pixeldata-short.dcm': 'truncated',
  'synthetic/jpegls-truncated.dcm': 'truncated',
  'synthetic/nested-sequences-2000.dcm': 'unreadable',
  'synthetic/unknown-ts.dcm': 'unsupported-transfer-syntax',
  'synthetic/numberofframes-huge.dcm': 'multi-frame',
  'synthetic/encaps-empty-fragment.dcm': 'no-pixel-data',
  'synthetic/nan-ipp.dcm': 'bad-geometry',
  'synthetic/iop-all-zero.dcm': 'bad-geometry',
  'synthetic/iop-not-orthonormal.dcm': 'bad-geometry',
  'synthetic/ipp-two-values.dcm': 'bad-geometry',
  'synthetic/text-ipp.dcm': 'bad-geometry',
  'synthetic/pixelspacing-zero.dcm': 'bad-geometry',
  'synthetic/pixelspacing-negative.dcm': 'bad-geometry',
  'synthetic/rescale-slope-zero.dcm': 'bad-pixel-description',
  'synthetic/rescale-slope-1e308.dcm': 'bad-pixel-description',
  'synthetic/bits-allocated-12.dcm': 'bad-pixel-description',
  'synthetic/rows-zero.dcm': 'bad-pixel-description',
  'synthetic/ts-lies-jpeg-but-native.dcm': 'bad-pixel-description',
  'synthetic/text-file.dcm': 'not-dicom',
  'synthetic/zero-bytes.dcm': 'not-dicom',
  'synthetic/only-preamble.dcm': 'not-dicom',
}

describe('malformed files', () => {
  it('covers all of them', () => {
    expect(files).toHaveLength(78)
    expect(Object.keys(reasons).filter((name) => !files.includes(name))).toEqual([])
  })

  it.each(files)('[IN-5] %s is refused with a code and in words, within seconds', async (name) => {
    using spooled = spool([readFileSync(testData('malformed', name))])
    const begin = performance.now()
    const { series, problems, setAside } = await readStudy(spooled.files, options())
    expect(performance.now() - begin).toBeLessThan(5000)
    expect(series).toEqual([])
    expect(setAside).toHaveLength(1)
    const { code, count } = setAside[0]!
    expect(count).toBe(1)
    expect(problems.find((problem) => problem.code === code)?.message).toMatch(/^[A-Z].{10,}\.$/)
    if (reasons[name]) expect(code).toBe(reasons[name])
  })

  it('[IN-5] a good series that comes with all of them arrives whole, within seconds', async () => {
    using good = spoolFiles(testFiles('dicom/mr-t1-decubitus-HFDL'))
    const alone = await readStudy(good.files, options())
    const begin = performance.now()
    using mixed = spoolFiles([
      ...files.map((name) => testData('malformed', name)),
      ...testFiles('dicom/mr-t1-decubitus-HFDL'),
    ])
    const { series, setAside } = await readStudy(mixed.files, options())
    expect(performance.now() - begin).toBeLessThan(20_000)
    expect(series.map(({ dims }) => dims)).toEqual([[256, 256, 35]])
    expect(setAside.reduce((sum, { count }) => sum + count, 0)).toBe(files.length)
    expect(sha256(await voxelsOf(series[0]!))).toBe(sha256(await voxelsOf(alone.series[0]!)))
  })

  it.each(['encaps-garbage-j2k', 'encaps-bot-out-of-range', 'encaps-no-delimiter'])(
    '[IN-5] %s has pixels that are refused when they are decoded',
    async (name) => {
      const decoding = decodeFile(testData('malformed/synthetic', `${name}.dcm`))
      await expect(decoding).rejects.toMatchObject({ code: 'pixel-decode-failed' })
    },
  )
})

describe('damaged compressed pixels', () => {
  const seed = 20_261_122
  const syntaxes = [
    'rle',
    'jpegls-lossless',
    'jpeg2000-lossless',
    'htj2k-lossless',
    'jpeg-lossless-sv1',
  ]

  it.each(syntaxes)(
    `[IN-5] %s: decoded or refused, and the next slice is whole (seed ${seed})`,
    async (name) => {
      const path = testData('transfer-syntaxes/ct-derived', `${name}.dcm`)
      const original = readFileSync(path)
      const whole = await decodePictures(original)
      const start = original.lastIndexOf(Buffer.from([0xe0, 0x7f, 0x10, 0x00])) + 40
      const random = generator(seed)
      for (let round = 0; round < 12; round++) {
        const damaged = Buffer.from(original)
        for (let flips = 0; flips < 1 + round * 4; flips++) {
          damaged[start + Math.floor(random() * (damaged.length - start))] = random() * 256
        }
        const outcome = await decodePictures(damaged).catch((error: unknown) => error)
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(DicomError)
        else expect(outcome).toMatchObject([{ columns: 512, rows: 512 }])
      }
      expect(await decodePictures(original)).toEqual(whole)
    },
  )

  it('[IN-5] a file that shrinks after it was read is refused', async () => {
    const gone = { kind: 'native', offset: 1e6, bigEndian: false } as const
    using spooled = spool([Buffer.alloc(10)])
    const decoding = decodeSlice({
      kind: 'stored',
      fileIndex: 0,
      file: spooled.files[0]!,
      location: gone,
      rows: 2,
      columns: 2,
      bitsAllocated: 16,
      bitsStored: 16,
      highBit: 15,
      signed: true,
      padding: undefined,
      rescale: { slope: 1, intercept: 0 },
      dataType: 'int16',
    })
    await expect(decoding).rejects.toMatchObject({ code: 'pixel-decode-failed' })
  })
})

/** Mulberry32. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
