import { describe, expect, it } from 'vitest'
import { readCodestream } from './codestream.ts'

type Bytes = readonly number[]

const two = (value: number) => [value >> 8, value & 0xff]
const four = (value: number) => [...two(value >>> 16), ...two(value & 0xffff)]

/** SIZ (ISO 15444-1 A.5.1): Xsiz Ysiz XOsiz YOsiz XTsiz YTsiz XTOsiz YTOsiz, then the components. */
function siz(fields: Bytes, components = 1, component: Bytes = [11, 1, 1]): Bytes {
  const all = Array.from({ length: components }, () => component).flat()
  const body = [...two(0), ...fields.flatMap(four), ...two(components), ...all]
  return [0xff, 0x51, ...two(body.length + 2), ...body]
}

/** COD (A.6.1). */
function cod({ layers = 1, levels = 5, precincts = [] as Bytes } = {}): Bytes {
  const style = [precincts.length > 0 ? 1 : 0, 0, ...two(layers), 0, levels, 4, 4, 0, 1]
  const body = [...style, ...precincts]
  return [0xff, 0x52, ...two(body.length + 2), ...body]
}

/** A tile-part that says `length` and holds four bytes of data. */
const tilePart = (tile = 0, length = 18): Bytes => [
  0xff,
  0x90,
  ...two(10),
  ...two(tile),
  ...four(length),
  0,
  1,
  0xff,
  0x93,
  1,
  2,
  3,
  4,
]

const jpeg2000 = (...parts: readonly Bytes[]) =>
  Uint8Array.from([0xff, 0x4f, ...parts.flat(), 0xff, 0xd9])

const plain = [512, 512, 0, 0, 512, 512, 0, 0]
const jpeg = (...bytes: number[]) => Uint8Array.from([0xff, 0xd8, ...bytes])

describe('readCodestream of JPEG 2000', () => {
  it('has the size, from the offset on', () => {
    const offset = siz([612, 400, 100, 16, 612, 400, 0, 0], 3, [0x87, 1, 1])
    expect(readCodestream(jpeg2000(offset, cod(), tilePart()), 'jpeg-2000')).toEqual({
      columns: 512,
      rows: 384,
      components: 3,
      bitsPerSample: 8,
      signed: true,
      isPlanar: false,
    })
  })

  it.each([
    ['tiles that begin below the image', [siz([512, 512, 0, 0, 512, 512, 0, 62]), cod()]],
    ['tiles of no size', [siz([512, 512, 0, 0, 0, 512, 0, 0]), cod()]],
    ['a tile for each voxel', [siz([512, 512, 0, 0, 1, 1, 0, 0]), cod()]],
    ['components of half the size', [siz(plain, 3, [7, 2, 1]), cod()]],
    ['65,535 layers of tiny precincts', [siz(plain), cod({ layers: 65_535, precincts: [0, 0] })]],
    [
      'a precinct for each voxel',
      [siz([4096, 4096, 0, 0, 4096, 4096, 0, 0]), cod({ levels: 0, precincts: [0] })],
    ],
    ['forty resolutions', [siz(plain), cod({ levels: 40 })]],
    ['no coding style', [siz(plain)]],
  ])('[IN-5] refuses %s', (_, header) => {
    expect(readCodestream(jpeg2000(...header, tilePart()), 'ht-jpeg-2000')).toBeUndefined()
  })

  it.each([
    ['no tile', []],
    ['a tile that ends beyond the bytes', [tilePart(0, 500)]],
    ['a tile of no length before another', [tilePart(0, 0), tilePart(1)]],
    ['a tile that is not of the image', [tilePart(4)]],
    [
      'a tile with a coding style beyond reason',
      [[...tilePart().slice(0, 12), ...cod({ levels: 99 }), 0xff, 0x93]],
    ],
  ])('[IN-5] refuses %s', (_, tiles) => {
    const header = [siz([512, 512, 0, 0, 256, 512, 0, 0]), cod()]
    expect(readCodestream(jpeg2000(...header, ...tiles), 'jpeg-2000')).toBeUndefined()
    const whole = jpeg2000(...header, tilePart(0), tilePart(1, 0))
    expect(readCodestream(whole, 'jpeg-2000')).toMatchObject({ columns: 512 })
  })
})

describe('readCodestream of JPEG and JPEG-LS', () => {
  const frame = [0, 11, 12, 1, 0x80, 2, 0, 1, 0, 0, 0]
  const scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 0, 0]

  it('finds the frame header behind other segments', () => {
    const comment = [0xff, 0xfe, 0, 4, 1, 2]
    const size = { rows: 384, columns: 512, components: 1, bitsPerSample: 12, isPlanar: false }
    expect(readCodestream(jpeg(...comment, 0xff, 0xc3, ...frame, ...scan), 'jpeg')).toMatchObject(
      size,
    )
    expect(readCodestream(jpeg(0xff, 0xf7, ...frame, ...scan), 'jpeg-ls')).toMatchObject(size)
  })

  it('knows whether the components of JPEG-LS lie in planes', () => {
    const colour = [0xff, 0xf7, 0, 17, 8, 0, 8, 0, 8, 3, 1, 17, 0, 2, 17, 0, 3, 17, 0]
    const ofAll = (mode: number) => [0xff, 0xda, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, mode, 0]
    const ofOne = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 0, 0]
    expect(readCodestream(jpeg(...colour, ...ofAll(2)), 'jpeg-ls')?.isPlanar).toBe(false)
    expect(readCodestream(jpeg(...colour, ...ofOne), 'jpeg-ls')?.isPlanar).toBe(true)
  })

  it('[IN-5] refuses a thousand scans, each of which would take a pass over the image', () => {
    const scans = Array.from({ length: 1000 }, () => scan).flat()
    expect(readCodestream(jpeg(0xff, 0xc2, ...frame, ...scans), 'jpeg')).toBeUndefined()
    expect(readCodestream(jpeg(0xff, 0xc2, ...frame, ...scan), 'jpeg')).toBeDefined()
  })

  it('[IN-5] has nothing for what is no codestream, ends early or is coded arithmetically', () => {
    expect(readCodestream(Uint8Array.of(1, 2, 3), 'jpeg-2000')).toBeUndefined()
    expect(readCodestream(jpeg(), 'jpeg-ls')).toBeUndefined()
    expect(readCodestream(jpeg(0xff, 0xfe, 0, 200), 'jpeg')).toBeUndefined()
    expect(readCodestream(jpeg(0xff, 0xc0, ...frame), 'jpeg')).toBeUndefined()
    expect(readCodestream(jpeg(0xff, 0xc9, ...frame, ...scan), 'jpeg')).toBeUndefined()
    expect(readCodestream(jpeg(0xff, 0xc3, ...frame, ...scan), 'jpeg-ls')).toBeUndefined()
  })
})
