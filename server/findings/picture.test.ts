import { deflateSync } from 'node:zlib'
import { encode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { FindingsRefusedError } from './findings-refused-error.ts'
import { mostPictureBytes, readPicture, rgbOf } from './picture.ts'

const pixels = Uint8Array.from({ length: 5 * 3 * 4 }, (_, n) => (n % 4 === 3 ? 255 : 3 * n))
const rgba = (data = pixels) => Buffer.from(encode({ width: 5, height: 3, channels: 4, data }))

/** A chunk whose checksum nobody looks at before its content is refused. */
function chunk(type: string, data: Uint8Array): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(data.length)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, data, Buffer.alloc(4)])
}
const header = (columns: number, rows: number, bits = 8, kind = 2, interlace = 0) => {
  const data = Buffer.alloc(13)
  data.writeUInt32BE(columns)
  data.writeUInt32BE(rows, 4)
  data.set([bits, kind, 0, 0, interlace], 8)
  return chunk('IHDR', data)
}
const file = (...chunks: Uint8Array[]) =>
  Buffer.concat([rgba().subarray(0, 8), ...chunks, chunk('IEND', Buffer.alloc(0))])
const refused = (bytes: Uint8Array) => {
  try {
    readPicture(bytes)
  } catch (error) {
    return error instanceof FindingsRefusedError && error.code
  }
  return undefined
}

describe('a key image', () => {
  it('[OUT-2] keeps every pixel', () => {
    const picture = readPicture(rgba())
    expect([picture.columns, picture.rows]).toEqual([5, 3])
    const wanted = pixels.filter((_, n) => n % 4 !== 3)
    expect(rgbOf(picture)).toEqual(wanted)
    const opaque = encode({ width: 5, height: 3, channels: 3, data: wanted })
    expect(rgbOf(readPicture(opaque))).toEqual(wanted)
  })

  it('[OUT-2] lies on black where it is see-through', () => {
    const glass = Uint8Array.from({ length: 60 }, (_, n) => (n % 4 === 3 ? 51 : 200))
    expect(new Set(rgbOf(readPicture(rgba(glass))))).toEqual(new Set([40]))
  })

  it('[PRIV-1] keeps nothing that is written beside the pixels', () => {
    const whole = rgba()
    const afterHeader = 8 + 25
    const note = chunk('tEXt', Buffer.from('Author\0DOE^JANE'))
    const noted = Buffer.concat([whole.subarray(0, afterHeader), note, whole.subarray(afterHeader)])
    const { png } = readPicture(Buffer.concat([noted, Buffer.from('DOE^JANE after its end')]))
    expect(Buffer.from(png).includes('DOE')).toBe(false)
    expect(Buffer.from(png)).toEqual(whole)
  })

  it('[OUT-2] is refused where it is none, broken, of another kind or too large', () => {
    const whole = rgba()
    const flipped = Buffer.from(whole)
    flipped[50] = (flipped[50] ?? 0) ^ 0xff
    const idat = chunk('IDAT', deflateSync(Buffer.alloc(16)))
    const cases = [
      Buffer.alloc(0),
      Buffer.from('GIF89a'),
      whole.subarray(0, whole.length - 13),
      flipped,
      file(idat),
      file(header(5, 1, 16), idat),
      file(header(5, 1, 8, 3), idat),
      file(header(5, 1, 8, 2, 1), idat),
      file(header(0, 1), idat),
      file(header(5000, 1), idat),
      file(header(4096, 4096), idat),
      Buffer.concat([whole, Buffer.alloc(mostPictureBytes)]),
    ]
    expect(cases.map(refused)).toEqual(cases.map(() => 'bad-picture'))
  })

  it('[OUT-2] in more pieces than any canvas makes is refused before they cost memory', () => {
    const at = 8 + 25
    const empty = Buffer.from('000000004944415435af061e', 'hex')
    const pieces = Array.from({ length: 600_000 }, () => empty)
    const png = Buffer.from(encode({ width: 6, height: 4, channels: 3, data: new Uint8Array(72) }))
    expect(() =>
      readPicture(Buffer.concat([png.subarray(0, at), ...pieces, png.subarray(at)])),
    ).toThrow('A key image is a PNG')
  })

  it('[OUT-2] that inflates to more than it says costs no memory', () => {
    const bomb = file(header(5, 1), chunk('IDAT', deflateSync(Buffer.alloc(256 * 2 ** 20))))
    const before = process.memoryUsage().arrayBuffers
    expect(refused(bomb)).toBe('bad-picture')
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 2 ** 20)
  })
})
