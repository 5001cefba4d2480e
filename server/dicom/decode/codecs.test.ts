import { describe, expect, it } from 'vitest'
import { decodeImage } from './codecs.ts'
import { encapsulatedFile } from './test-support/encapsulated-file.ts'
import { runItems } from './test-support/fuzz-pool.ts'

/** 32 × 32 of 16 bits, cut off in the middle: its decoder reads for ever. */
const endless = Buffer.from(
  'ffd8fff7000b100020002001011100fff8000d01ffff0012004301140040ffda' +
    '000801010000000008fe41f9cbb335ae8dda73bc1b2555d7d68dc7768ed3bc',
  'hex',
)
const rle = (segments: readonly (readonly number[])[]) => {
  const header = new Uint32Array(16)
  header[0] = segments.length
  let at = 64
  for (const [n, segment] of segments.entries()) {
    header[n + 1] = at
    at += segment.length
  }
  return Uint8Array.from([...new Uint8Array(header.buffer), ...segments.flat()])
}
const fourPixels = {
  rows: 2,
  columns: 2,
  bitsStored: 16,
  bitsAllocated: 16,
  signed: false,
} as const

describe('decodeImage', () => {
  it('[IN-5] JPEG-LS that is cut off is refused, and does not keep its thread', async () => {
    const changes = { Rows: 32, Columns: 32, BitsStored: 16, HighBit: 15 }
    const transferSyntaxUID = '1.2.840.10008.1.2.4.80'
    const content = encapsulatedFile({ transferSyntaxUID, changes, fragments: [endless] })
    const items = [{ number: 0, content }]
    const [answer] = await runItems(items, { processes: 1, watchdogMs: 10_000 })
    expect(answer).toMatchObject({ outcome: 'pixel-decode-failed' })
  })

  it('[IN-4] RLE puts the most significant bytes first, in runs and literally', async () => {
    const encoded = rle([
      [0xfd, 0x12, 0x80],
      [3, 1, 2, 3, 4],
    ])
    const decoded = await decodeImage(encoded, 'rle', fourPixels)
    expect([...new Uint16Array(decoded.buffer)]).toEqual([0x1201, 0x1202, 0x1203, 0x1204])
  })

  it.each([
    [
      'a segment that ends early',
      rle([
        [0xfd, 0x12],
        [1, 1, 2],
      ]),
    ],
    [
      'a literal run beyond its segment',
      rle([
        [0xfd, 0x12],
        [3, 1],
      ]),
    ],
    ['segments for one byte where two are due', rle([[0xfd, 0x12]])],
    [
      'a segment that begins in the header',
      Uint8Array.from([2, 0, 0, 0, 4, ...new Array(80).fill(0)]),
    ],
    ['no header', Uint8Array.of(1, 2, 3)],
  ])('[IN-5] RLE with %s is refused: what is missing has no value', async (_, encoded) => {
    const decoding = decodeImage(encoded, 'rle', fourPixels)
    await expect(decoding).rejects.toMatchObject({ code: 'pixel-decode-failed' })
  })

  it('[IN-5] two images that wait for one decoder do not end each other', async () => {
    const damaged = Uint8Array.from(endless.subarray(0, 60))
    const image = { ...fourPixels, rows: 32, columns: 32 }
    const all = await Promise.allSettled(
      [damaged, damaged, damaged].map((bytes) => decodeImage(bytes, 'jpeg-ls', image)),
    )
    const codes = all.map((each) => each.status === 'rejected' && each.reason.cause?.name)
    expect(codes).toEqual(['RuntimeError', 'RuntimeError', 'RuntimeError'])
  })
})
