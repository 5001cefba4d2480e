import { describe, expect, it } from 'vitest'
import { codestreamSize } from './codestream.ts'

/** SOC and SIZ: Xsiz Ysiz XOsiz YOsiz XTsiz YTsiz XTOsiz YTOsiz, then the components. */
function siz(fields: readonly number[], components = 1): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(50))
  view.setUint32(0, 0xff4fff51)
  for (const [n, field] of fields.entries()) view.setUint32(8 + 4 * n, field)
  view.setUint16(40, components)
  return new Uint8Array(view.buffer)
}

const jpeg = (...bytes: number[]) => Uint8Array.from([0xff, 0xd8, ...bytes])

describe('codestreamSize', () => {
  it('reads JPEG 2000 with an offset', () => {
    expect(codestreamSize(siz([612, 400, 100, 16, 256, 256, 0, 0], 3), 'jpeg-2000')).toEqual({
      columns: 512,
      rows: 384,
      components: 3,
    })
  })

  it.each([
    ['tiles that begin below the image', [512, 512, 0, 0, 512, 512, 0, 62]],
    ['tiles of no size', [512, 512, 0, 0, 0, 512, 0, 0]],
    ['a tile for each voxel', [512, 512, 0, 0, 1, 1, 0, 0]],
  ])('refuses %s', (_, fields) => {
    expect(codestreamSize(siz(fields), 'ht-jpeg-2000')).toBeUndefined()
  })

  it('finds the frame header of JPEG and JPEG-LS behind other segments', () => {
    const comment = [0xff, 0xfe, 0, 4, 1, 2]
    const frame = [0, 11, 12, 1, 0x80, 2, 0, 1, 0, 0, 0]
    const size = { rows: 384, columns: 512, components: 1 }
    expect(codestreamSize(jpeg(...comment, 0xff, 0xc3, ...frame), 'jpeg')).toEqual(size)
    expect(codestreamSize(jpeg(0xff, 0xf7, ...frame), 'jpeg-ls')).toEqual(size)
  })

  it('has nothing for what is no codestream, or ends before its size', () => {
    expect(codestreamSize(Uint8Array.of(1, 2, 3), 'jpeg-2000')).toBeUndefined()
    expect(codestreamSize(jpeg(), 'jpeg-ls')).toBeUndefined()
    expect(codestreamSize(jpeg(0xff, 0xfe, 0, 200), 'jpeg')).toBeUndefined()
  })
})
