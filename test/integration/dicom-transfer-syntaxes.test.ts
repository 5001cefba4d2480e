import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { promisify } from 'node:util'
import dicomParser from 'dicom-parser'
import { afterAll, describe, expect, it } from 'vitest'
import { decodeImage } from '../../server/dicom/decode/codecs.ts'
import type { DecodedPicture } from '../../server/dicom/decode/decode-picture.ts'
import { readPixelBytes } from '../../server/dicom/decode/read-pixel-bytes.ts'
import {
  decodePictures,
  pictureSources,
} from '../../server/dicom/decode/test-support/picture-file.ts'
import { decodeFile } from '../../server/dicom/test-support/decode-file.ts'
import { spool } from '../../server/dicom/test-support/spool-files.ts'
import { testData, testFiles } from '../support/test-data.ts'

const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'caseroom-syntaxes-'))
const rows: (readonly [file: string, syntax: string, outcome: string])[] = []

afterAll(() => {
  rmSync(folder, { recursive: true })
  const width = (at: 0 | 1) => Math.max(...rows.map((row) => row[at].length))
  const lines = rows
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([file, syntax, outcome]) =>
      [file.padEnd(width(0)), syntax.padEnd(width(1)), outcome].join('  '),
    )
  process.stdout.write(`\n${lines.join('\n')}\n\n`)
})

const root = testData('transfer-syntaxes')
const all = testFiles('transfer-syntaxes').map((path) => relative(root, path))
const pathOf = (file: string) => join(root, file)
const signed = (uid: string) => all.find((file) => file.endsWith(`_1.2.840.10008.${uid}.dcm`))!

/** Values of a picture, all its samples in one row. */
const samplesOf = (picture: DecodedPicture | undefined) => {
  if (!picture) throw new Error('there is no picture')
  return picture.kind === 'grey' ? picture.values : picture.rgba
}

const decoded = async (path: string) => {
  const [picture, ...others] = await decodePictures(readFileSync(path))
  expect(others).toEqual([])
  return samplesOf(picture)
}

/** A program of Debian's writes the picture uncompressed. Returns the path. */
async function convertedBy(program: string, path: string): Promise<string> {
  const out = join(folder, `${program}-${basename(path)}`)
  const raw = program === 'gdcmconv' ? ['--raw'] : []
  await run(program, [...raw, path, out])
  return out
}

/** By OpenJPEG, which reads high-throughput JPEG 2000 too; ours is OpenJPH. */
async function byOpenJpeg(path: string): Promise<ArrayLike<number>> {
  using spooled = spool([readFileSync(path)])
  const [source] = await pictureSources(spooled)
  const { bitsAllocated } = source!
  if (bitsAllocated === 1) throw new Error('one bit is not compressed')
  const bytes = await decodeImage(await readPixelBytes(source!), 'jpeg-2000', {
    ...source!,
    bitsAllocated,
  })
  if (source!.samplesPerPixel === 1) return new Uint16Array(bytes.buffer)
  const pixels = bytes.length / 3
  return Uint8Array.from({ length: 4 * pixels }, (_, n) =>
    n % 4 === 3 ? 255 : bytes[3 * Math.floor(n / 4) + (n % 4)]!,
  )
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length)
  let largest = 0
  for (let n = 0; n < a.length; n++) largest = Math.max(largest, Math.abs(a[n]! - b[n]!))
  return largest
}

function report(file: string, outcome: string): void {
  const header = dicomParser.parseDicom(readFileSync(pathOf(file)), { untilTag: 'x00080005' })
  rows.push([file, header.string('x00020010') ?? '', outcome])
}

const isOneImage = (file: string) => file.startsWith('ct-one-image/')
const unsignedReference = 'ct-derived/explicit-le.dcm'
const signedReference = signed('1.2.1')
const patternReference = 'test-pattern/TestPattern_RGB.dcm'

/** The same picture, written without loss: to the last bit. */
const lossless: readonly (readonly [file: string, reference: string])[] = [
  ...[
    'explicit-be',
    'implicit-le',
    'deflated-le',
    'rle',
    'jpegls-lossless',
    'jpeg2000-lossless',
    'htj2k-lossless',
    'htj2k-lossless-rpcl',
    'jpeg-lossless-sv1',
    'jpeg-lossless-p14',
  ].map((name) => [`ct-derived/${name}.dcm`, unsignedReference] as const),
  ...['1.2', '1.2.2', '1.2.1.99', '1.2.5', '1.2.4.80', '1.2.4.90', '1.2.4.70', '1.2.4.57'].map(
    (uid) => [signed(uid), signedReference] as const,
  ),
  ['test-pattern/TestPattern_JPEG-LS-Lossless.dcm', patternReference],
  ['test-pattern/TestPattern_JPEG-Lossless_RGB.dcm', patternReference],
]

interface Lossy {
  readonly file: string
  /** Another decoder of the same file, and how far it may be off. */
  readonly program: string
  readonly off: number
  /** What the compression itself lost. */
  readonly loss?: number
}

const lossy: readonly Lossy[] = [
  { file: 'ct-derived/jpegls-near3.dcm', program: 'dcmdjpls', off: 0, loss: 3 },
  { file: signed('1.2.4.81'), program: 'dcmdjpls', off: 0, loss: 1 },
  { file: signed('1.2.4.91'), program: 'gdcmconv', off: 0, loss: 5 },
  ...['50', '51', '53', '55'].map((ending) => ({
    file: signed(`1.2.4.${ending}`),
    program: 'dcmdjpeg',
    off: 0,
  })),
  ...['YBR422', 'YBRFull'].map((colours) => ({
    file: `test-pattern/TestPattern_JPEG-Baseline_${colours}.dcm`,
    program: 'dcmdjpeg',
    off: 1,
  })),
]

describe('transfer syntaxes', () => {
  it.each(lossless)('[IN-4] %s is %s to the last bit', async (file, reference) => {
    const difference = largestDifference(
      await decoded(pathOf(file)),
      await decoded(pathOf(reference)),
    )
    report(file, difference === 0 ? 'bit-exact' : `differs by ${difference}`)
    expect(difference).toBe(0)
  })

  it.each(lossy)('[IN-4] $file is what $program makes of it, to $off', async (each) => {
    const { file, program, off, loss } = each
    const values = await decoded(pathOf(file))
    const difference = largestDifference(
      values,
      await decoded(await convertedBy(program, pathOf(file))),
    )
    const reference = isOneImage(file) ? signedReference : unsignedReference
    const lost =
      loss === undefined ? undefined : largestDifference(values, await decoded(pathOf(reference)))
    const ofTheImage = lost === undefined ? '' : `, ${lost} from the uncompressed image`
    report(file, `at most ${difference} from ${program}${ofTheImage}`)
    expect(difference).toBeLessThanOrEqual(off)
    expect(lost).toBe(loss)
  })

  it('[IN-4] colour in HTJ2K is what OpenJPEG makes of it to the last bit', async () => {
    const file = 'htj2k/HTJ2KLossless_08_RGB.dcm'
    const values = await decoded(pathOf(file))
    const difference = largestDifference(values, await byOpenJpeg(pathOf(file)))
    report(file, difference === 0 ? 'bit-exact (OpenJPEG)' : `differs by ${difference}`)
    expect(difference).toBe(0)
    expect(new Set(values).size).toBeGreaterThan(100)
  })

  it('[IN-4] lossy HTJ2K is what OpenJPEG makes of it, to 1', async () => {
    const file = 'ct-derived/htj2k-lossy.dcm'
    const values = await decoded(pathOf(file))
    const difference = largestDifference(values, await byOpenJpeg(pathOf(file)))
    const lost = largestDifference(values, await decoded(pathOf(unsignedReference)))
    report(file, `at most ${difference} from OpenJPEG, ${lost} from the uncompressed image`)
    expect(difference).toBeLessThanOrEqual(1)
    expect(lost).toBe(11)
  })

  it('[IN-4] a lossy JPEG 2000 without a single packet is one grey, cut off at twelve bits', async () => {
    const file = 'ct-derived/jpeg2000-lossy.dcm'
    const reference = await decoded(await convertedBy('gdcmconv', pathOf(file)))
    const values = await decoded(pathOf(file))
    report(file, `one value, ${values[0]}: the file holds no data (146 bytes)`)
    expect(new Set(values)).toEqual(new Set([0xfff]))
    expect(new Set(Array.from(reference))).toEqual(new Set([0x8000]))
  })

  it('[IN-4] a palette shows the colours that dcm2pnm shows', async () => {
    const file = 'test-pattern/TestPattern_Palette.dcm'
    const out = join(folder, 'palette.ppm')
    await run('dcm2pnm', [pathOf(file), out])
    const difference = largestDifference(await decoded(pathOf(file)), rgbaOfPpm(out))
    report(file, difference === 0 ? 'bit-exact (dcm2pnm)' : `differs by ${difference}`)
    expect(difference).toBe(0)
  })

  it('[IN-4] a plain file is read as it is written', async () => {
    for (const file of [unsignedReference, signedReference, patternReference]) {
      const bytes = readFileSync(pathOf(file))
      const { dataOffset, length } = dicomParser.parseDicom(bytes).elements.x7fe00010!
      const pixels = Uint8Array.from(bytes.subarray(dataOffset, dataOffset + length))
      const values = await decoded(pathOf(file))
      const isSigned = file === signedReference
      if (file === patternReference) {
        const colours = Uint8Array.from(values).filter((_, n) => n % 4 !== 3)
        expect(Buffer.compare(colours, pixels)).toBe(0)
      } else {
        const words = isSigned ? new Int16Array(pixels.buffer) : new Uint16Array(pixels.buffer)
        expect(largestDifference(values, words)).toBe(0)
      }
      report(file, 'bit-exact (as written)')
    }
  })

  it('[IN-4] no file of the test data is left out', () => {
    expect(rows.map(([file]) => file).toSorted()).toEqual(all.toSorted())
  })
})

describe('slices of a volume', () => {
  it.each([
    ...lossless.filter(([file]) => file.startsWith('ct-')).map((pair) => [...pair, 0] as const),
    ['ct-derived/jpegls-near3.dcm', unsignedReference, 3],
    [signed('1.2.4.81'), signedReference, 1],
    [signed('1.2.4.91'), signedReference, 5],
  ] as const)('[IN-4] %s has the values of %s, to %d', async (file, reference, loss) => {
    const values = await decodeFile(pathOf(file))
    expect(largestDifference(values, await decodeFile(pathOf(reference)))).toBe(loss)
  })

  it.each(['50', '51', '53', '55'])(
    '[IN-4] JPEG 1.2.840.10008.1.2.4.%s has the values that dcmdjpeg gives it',
    async (ending) => {
      const path = pathOf(signed(`1.2.4.${ending}`))
      const reference = await decodeFile(await convertedBy('dcmdjpeg', path))
      expect(largestDifference(await decodeFile(path), reference)).toBe(0)
    },
  )
})

describe('pictures and cines', () => {
  it('[IN-4] thirty frames of a cine have the colours that dcmdjpeg gives them, to 1', async () => {
    const path = testData('dicom/us/us-ybr-jpeg-30frame.dcm')
    const ours = await decodePictures(readFileSync(path))
    const theirs = await decodePictures(readFileSync(await convertedBy('dcmdjpeg', path)))
    expect(ours).toHaveLength(30)
    for (const [n, frame] of ours.entries()) {
      expect(largestDifference(samplesOf(frame), samplesOf(theirs[n]))).toBeLessThanOrEqual(1)
    }
  })

  it.each([
    ['us/us-palette-2frame-burned-in.dcm', 2],
    ['misc/palette-face.dcm', 1],
    ['us/us-rgb-burned-in-text.dcm', 1],
  ])('[IN-4] %s has the colours that dcm2pnm shows, in each frame', async (file, frames) => {
    const path = testData('dicom', file)
    const ours = await decodePictures(readFileSync(path))
    expect(ours).toHaveLength(frames)
    for (const [n, frame] of ours.entries()) {
      const out = join(folder, `${basename(file)}-${n}.ppm`)
      await run('dcm2pnm', ['+F', String(n + 1), path, out])
      expect(largestDifference(samplesOf(frame), rgbaOfPpm(out))).toBe(0)
    }
  })

  it('[IN-4] an inverted radiograph keeps the values that gdcmconv gives it', async () => {
    const path = testData('dicom/misc/monochrome1-cr.dcm')
    const [ours] = await decodePictures(readFileSync(path))
    const reference = await decoded(await convertedBy('gdcmconv', path))
    expect(ours).toMatchObject({ kind: 'grey', isInverted: true, columns: 1760, rows: 1760 })
    expect(largestDifference(samplesOf(ours), reference)).toBe(0)
  })
})

/** A binary PPM of 8 bits. */
function rgbaOfPpm(path: string): Uint8Array {
  const bytes = readFileSync(path)
  const head = /^P6\s(?:#.*\s)*(\d+) (\d+)\s255\s/.exec(bytes.toString('latin1', 0, 200))
  if (!head) throw new Error('no picture was written')
  const pixels = Number(head[1]) * Number(head[2])
  const rgb = bytes.subarray(head[0].length)
  return Uint8Array.from({ length: 4 * pixels }, (_, n) =>
    n % 4 === 3 ? 255 : rgb[3 * Math.floor(n / 4) + (n % 4)]!,
  )
}
