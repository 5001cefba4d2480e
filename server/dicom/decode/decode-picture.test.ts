import { beforeAll, describe, expect, it } from 'vitest'
import { type TestElement, writePart10 } from '../test-support/part10-writer.ts'
import { type SliceChanges, sliceElements } from '../test-support/phantom.ts'
import { fuzzSeeds } from './test-support/fuzz-seeds.ts'
import { decodePictures } from './test-support/picture-file.ts'

const words = (...values: number[]) => new Uint8Array(Uint16Array.from(values).buffer)
const bytes = (...values: number[]) => Uint8Array.from(values)

/** A picture of 2 × 2. */
async function picture(
  changes: SliceChanges,
  pixels: Uint8Array,
  others: readonly TestElement[] = [],
) {
  const elements = sliceElements(0, { Rows: 2, Columns: 2, ...changes })
  const content = writePart10([
    ...elements.filter(([tag]) => tag !== '7fe00010'),
    ...others,
    ['7fe00010', 'OW', pixels],
  ])
  const [only] = await decodePictures(content)
  return only!
}

const colours = async (...args: Parameters<typeof picture>) => {
  const made = await picture(...args)
  if (made.kind !== 'colour') throw new Error('not in colour')
  return Array.from({ length: 4 }, (_, n) => [...made.rgba.subarray(4 * n, 4 * n + 4)])
}

const oneByte = { BitsAllocated: 8, BitsStored: 8, HighBit: 7 }
const threeBytes = { ...oneByte, SamplesPerPixel: 3 }
const red = [255, 0, 0, 255]
const green = [0, 255, 0, 255]
const blue = [0, 0, 255, 255]
const grey = [128, 128, 128, 255]
const redByTable = [254, 0, 0, 255]

describe('grey pictures', () => {
  it('[IN-4] an inverted one keeps its values and says so', async () => {
    const changes = { PhotometricInterpretation: 'MONOCHROME1' }
    const made = await picture(changes, words(0, 1, 4095, 0xf002))
    expect(made).toMatchObject({ kind: 'grey', isInverted: true })
    expect(made.kind === 'grey' && [...made.values]).toEqual([0, 1, 4095, 2])
  })

  it('[IN-4] signed values keep their sign, of eight bits and of twelve', async () => {
    const signed = { PixelRepresentation: 1 }
    const twelve = await picture(signed, words(0xfff, 0x800, 0x7ff, 0xf001))
    const eight = await picture({ ...signed, ...oneByte }, bytes(255, 128, 127, 1))
    expect(twelve.kind === 'grey' && [...twelve.values]).toEqual([-1, -2048, 2047, 1])
    expect(eight.kind === 'grey' && [...eight.values]).toEqual([-1, -128, 127, 1])
  })
})

describe('pictures in colour', () => {
  it('[IN-4] samples lie together or in planes', async () => {
    const rgb = { ...threeBytes, PhotometricInterpretation: 'RGB' }
    const together = bytes(255, 0, 0, 0, 255, 0, 0, 0, 255, 128, 128, 128)
    const planes = bytes(255, 0, 0, 128, 0, 255, 0, 128, 0, 0, 255, 128)
    const isPlanar: readonly TestElement[] = [['00280006', 'US', 1]]
    expect(await colours(rgb, together)).toEqual([red, green, blue, grey])
    expect(await colours(rgb, planes, isPlanar)).toEqual([red, green, blue, grey])
  })

  it('[IN-4] sixteen bits are shown in eight', async () => {
    const changes = {
      SamplesPerPixel: 3,
      BitsStored: 16,
      HighBit: 15,
      PhotometricInterpretation: 'RGB',
    }
    const values = [0xffff, 0, 0, 0, 0xffff, 0, 0, 0, 0xffff, 0x80ff, 0x8000, 0x8012]
    expect(await colours(changes, words(...values))).toEqual([red, green, blue, grey])
  })

  it('[IN-4] luminance and chrominance become red, green and blue', async () => {
    const ybr = { ...threeBytes, PhotometricInterpretation: 'YBR_FULL' }
    const values = bytes(76, 85, 255, 150, 44, 21, 29, 255, 107, 128, 128, 128)
    const near = (await colours(ybr, values)).flat()
    const wanted = [red, green, blue, grey].flat()
    for (const [n, value] of near.entries()) expect(Math.abs(value - wanted[n]!)).toBeLessThan(3)
  })

  it('[IN-4] two pixels share their chrominance', async () => {
    const halved = { ...threeBytes, PhotometricInterpretation: 'YBR_FULL_422' }
    const made = await colours(halved, bytes(10, 200, 128, 128, 128, 0, 128, 128))
    expect(made.map(([value]) => value)).toEqual([10, 200, 128, 0])
  })

  it.each([
    ['sixteen bits', 16, words(0xfe00, 0x0011, 0x0022), words(0, 0xff00, 0)],
    ['eight bits in words', 8, words(254, 0, 0), words(0, 255, 0)],
    ['eight bits, two in a word', 8, bytes(254, 0, 0, 0), bytes(0, 255, 0, 0)],
  ])(
    '[IN-4] a table of %s gives the colours; beyond its ends are its ends',
    async (_, bits, first, second) => {
      const blueTable =
        bits === 16
          ? words(0, 0, 0xff00)
          : first.length === 4
            ? bytes(0, 0, 255, 0)
            : words(0, 0, 255)
      const descriptor = words(3, 10, bits)
      const tables: readonly TestElement[] = [
        ['00281101', 'US', descriptor],
        ['00281102', 'US', descriptor],
        ['00281103', 'US', descriptor],
        ['00281201', 'OW', first],
        ['00281202', 'OW', second],
        ['00281203', 'OW', blueTable],
      ]
      const palette = { ...oneByte, PhotometricInterpretation: 'PALETTE COLOR' }
      const made = await colours(palette, bytes(0, 10, 11, 200), tables)
      expect(made).toEqual([redByTable, redByTable, green, blue])
    },
  )
})

describe('pictures that are refused', () => {
  const isRefused = async (
    words: RegExp,
    changes: SliceChanges,
    others?: readonly TestElement[],
  ) => {
    const decoding = picture(changes, new Uint8Array(64), others)
    await expect(decoding).rejects.toMatchObject({
      code: 'bad-pixel-description',
      message: expect.stringMatching(words),
    })
  }

  it('[IN-4] in words', async () => {
    await isRefused(/32 bits a pixel/, { BitsAllocated: 32, BitsStored: 32, HighBit: 31 })
    await isRefused(/unusual way/, { ...threeBytes, PhotometricInterpretation: 'HSV' })
    const segmented: readonly TestElement[] = [['00281221', 'OW', words(0, 1, 2)]]
    const palette = { ...oneByte, PhotometricInterpretation: 'PALETTE COLOR' }
    await isRefused(/tables are segmented/, palette, segmented)
  })

  it('[IN-5] where their description contradicts itself', async () => {
    await isRefused(/contradicts/, { ...oneByte, PhotometricInterpretation: 'PALETTE COLOR' })
    await isRefused(/contradicts/, { ...oneByte, PhotometricInterpretation: 'RGB' })
    await isRefused(/contradicts/, { BitsStored: 17 })
    await isRefused(/contradicts/, { BitsAllocated: 12 })
  })
})

describe('pictures written by others', () => {
  const decoded = new Map<string, Awaited<ReturnType<typeof decodePictures>>>()

  beforeAll(async () => {
    for (const { name, content } of await fuzzSeeds())
      decoded.set(name, await decodePictures(content))
  })

  it.each([
    [
      'grey',
      [
        'implicit',
        'big-endian',
        'rle',
        'jpeg-lossless-14',
        'jpeg-lossless-sv1',
        'jpeg-ls',
        'jpeg-2000',
        'jpeg-2000-tiles',
        'htj2k-201',
        'htj2k-202',
      ],
    ],
    ['grey8', ['big-endian-8']],
    [
      'rgb',
      [
        'rle-rgb',
        'jpeg-lossless-rgb',
        'jpeg-ls-line',
        'jpeg-ls-sample',
        'jpeg-ls-planes',
        'jpeg-2000-rgb',
      ],
    ],
    [
      'frames',
      [
        'deflated-frames',
        'rle-frames',
        'jpeg-lossless-frames',
        'jpeg-ls-frames',
        'jpeg-2000-frames',
      ],
    ],
  ])('[IN-4] %s is the same to the last bit in every lossless syntax', (name, others) => {
    for (const other of others) expect(decoded.get(other), other).toEqual(decoded.get(name))
  })
})
