import { describe, expect, it } from 'vitest'
import { encapsulatedFile } from '../decode/test-support/encapsulated-file.ts'
import { decodePictures, pictureSources } from '../decode/test-support/picture-file.ts'
import { type TestElement, writePart10 } from '../test-support/part10-writer.ts'
import { sliceElements } from '../test-support/phantom.ts'
import { spool } from '../test-support/spool-files.ts'

const jpegLs = '1.2.840.10008.1.2.4.80'
const rleLossless = '1.2.840.10008.1.2.5'
const changes = { NumberOfFrames: '3' }
/** Begins as a compressed image does. */
const begin = (length: number) => Uint8Array.from({ length }, (_, n) => [0xff, 0xd8, 0xff][n] ?? 7)
const rest = (length: number) => new Uint8Array(length).fill(9)

async function lengthsOf(file: Parameters<typeof encapsulatedFile>[0]) {
  using spooled = spool([encapsulatedFile(file)])
  const sources = await pictureSources(spooled)
  return sources.map(({ location }) => {
    if (location.kind !== 'encapsulated') throw new Error('not encapsulated')
    return location.fragments.map(({ length }) => length)
  })
}

const file = (fragments: readonly Uint8Array[], tables = {}) => ({
  transferSyntaxUID: jpegLs,
  changes,
  fragments,
  ...tables,
})
const five = [begin(10), rest(20), begin(30), begin(40), rest(50)]

describe('frames in fragments', () => {
  it('[IN-4] one fragment is one frame where there is no table', async () => {
    expect(await lengthsOf(file([begin(10), begin(20), begin(30)]))).toEqual([[10], [20], [30]])
  })

  it('[IN-4] the basic table says which fragments belong together', async () => {
    const lengths = await lengthsOf(file(five, { offsets: [0, 46, 132] }))
    expect(lengths).toEqual([[10, 20], [30, 40], [50]])
  })

  it('[IN-4] the extended table says where each fragment begins', async () => {
    const fragments = [begin(10), begin(20), begin(30)]
    const extended = [
      [0, 10],
      [18, 20],
      [46, 29],
    ] as const
    expect(await lengthsOf(file(fragments, { extended }))).toEqual([[10], [20], [30]])
  })

  it('[IN-4] without a table a frame begins where a compressed image begins', async () => {
    expect(await lengthsOf(file(five))).toEqual([[10, 20], [30], [40, 50]])
  })

  it('[IN-4] a single frame has all fragments, whatever a table says', async () => {
    const single = { ...file(five, { offsets: [77] }), changes: {} }
    expect(await lengthsOf(single)).toEqual([[10, 20, 30, 40, 50]])
  })

  it.each([
    ['an offset inside a fragment', file(five, { offsets: [0, 47, 132] })],
    ['an offset beyond the last', file(five, { offsets: [0, 46, 4_000_000] })],
    ['offsets that go back', file(five, { offsets: [0, 132, 46] })],
    ['a first frame that begins later', file(five, { offsets: [18, 46, 132] })],
    ['too few offsets', file(five, { offsets: [0, 46] })],
    [
      'an extended table of other lengths',
      file([begin(10), begin(20), begin(30)], {
        extended: [
          [0, 10],
          [18, 90],
          [46, 30],
        ],
      }),
    ],
    [
      'an extended table beyond the file',
      file([begin(10), begin(20), begin(30)], {
        extended: [
          [0, 10],
          [18, 20],
          [2 ** 50, 30],
        ],
      }),
    ],
  ])('[IN-5] a table with %s is refused', async (_, wrong) => {
    await expect(lengthsOf(wrong)).rejects.toMatchObject({
      code: 'bad-pixel-description',
      message: 'The table that says where each image of the file begins is wrong.',
    })
  })

  it.each([
    ['fewer fragments than frames', file([begin(10), begin(20)])],
    [
      'more beginnings than frames',
      file([begin(1), begin(2), begin(3), begin(4)].map((_, n) => begin(10 + n))),
    ],
    ['a rest without a beginning', file([rest(10), begin(20), begin(30), begin(40)])],
    ['RLE in more fragments than frames', { ...file(five), transferSyntaxUID: rleLossless }],
  ])('[IN-5] %s are refused', async (_, wrong) => {
    await expect(lengthsOf(wrong)).rejects.toMatchObject({ code: 'bad-pixel-description' })
  })
})

const bits = { Rows: 3, Columns: 5, BitsAllocated: 1, BitsStored: 1, HighBit: 0 }

function native(changes: Parameters<typeof sliceElements>[1], pixels: Uint8Array): Buffer {
  const elements = sliceElements(0, changes).filter(([tag]) => tag !== '7fe00010')
  return writePart10([...elements, ['7fe00010', 'OW', pixels]])
}

describe('frames that are not compressed', () => {
  it('[IN-4] frames of bits follow one another inside bytes', async () => {
    // 45 pixels, of which every third is set.
    const pixels = new Uint8Array(6)
    for (let n = 0; n < 45; n += 3) pixels[n >> 3]! |= 1 << (n & 7)
    const pictures = await decodePictures(native({ ...bits, NumberOfFrames: '3' }, pixels))
    const values = pictures.flatMap((picture) =>
      picture.kind === 'grey' ? [...picture.values] : [],
    )
    expect(values).toEqual(Array.from({ length: 45 }, (_, n) => (n % 3 === 0 ? 1 : 0)))
  })

  it('[IN-5] more frames than the file holds are refused, however many are said', async () => {
    for (const [frames, code] of [
      ['3', 'truncated'],
      ['70000', 'too-large'],
      ['-1', 'bad-pixel-description'],
      ['0', 'bad-pixel-description'],
    ]) {
      const decoding = decodePictures(native({ NumberOfFrames: frames }, new Uint8Array(48)))
      await expect(decoding).rejects.toMatchObject({ code })
    }
  })

  it('[IN-4] pixels that are floating-point numbers are refused in words', async () => {
    const elements: readonly TestElement[] = [
      ...sliceElements(0, {}).filter(([tag]) => tag !== '7fe00010'),
      ['7fe00008', 'OF', new Uint8Array(48)],
    ]
    await expect(decodePictures(writePart10(elements))).rejects.toMatchObject({
      code: 'bad-pixel-description',
      message: 'Images whose pixels are floating-point numbers are not imported.',
    })
  })

  it('[IN-4] 64-bit elements before the pixels do not hide them', async () => {
    const elements: readonly TestElement[] = [
      ...sliceElements(0, {}),
      ['00091001', 'OV', new Uint8Array(8).fill(255)],
      ['00091002', 'OV', new Uint8Array(24)],
    ]
    expect(await decodePictures(writePart10(elements))).toMatchObject([{ columns: 4, rows: 3 }])
  })
})
