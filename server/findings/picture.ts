import { inflateSync } from 'node:zlib'
import { decode } from 'fast-png'
import { FindingsRefusedError } from './findings-refused-error.ts'

const signature = Buffer.from('89504e470d0a1a0a', 'hex')
export const mostPictureBytes = 8 * 2 ** 20
const longestSidePx = 4096
const mostPixels = 9_000_000
/** Encoders cut 8 MiB into some thousand. */
const mostChunks = 10_000
/** Colour types of PNG with their samples a pixel. */
const channelsOf: Readonly<Record<number, 3 | 4>> = { 2: 3, 6: 4 }

export interface Picture {
  readonly columns: number
  readonly rows: number
  readonly png: Uint8Array
}

/**
 * A PNG (RFC 2083) of 8-bit red, green, blue, with alpha or without, not interlaced: what a canvas
 * gives. Comes back with its pixels alone: no comments, no colour profile, no dates. Refuses one of
 * another kind, of more than 4096 pixels a side, or that inflates to more than it says it holds.
 */
export function readPicture(bytes: Uint8Array): Picture {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (file.length > mostPictureBytes || !file.subarray(0, 8).equals(signature)) throw bad()
  const chunks = chunksOf(file)
  const header = chunks[0]
  if (header?.type !== 'IHDR' || header.data.length !== 13) throw bad()
  const [columns, rows] = [header.data.readUInt32BE(0), header.data.readUInt32BE(4)]
  const channels = channelsOf[header.data[9] ?? 0]
  const plain = header.data[8] === 8 && header.data[12] === 0
  const fits = Math.max(columns, rows) <= longestSidePx && columns * rows <= mostPixels
  if (!plain || !channels || !fits || columns === 0 || rows === 0) throw bad()
  const pixels = chunks.filter(({ type }) => type === 'IDAT')
  checkLength(Buffer.concat(pixels.map(({ data }) => data)), rows * (1 + columns * channels))
  const kept = [header, ...pixels, ...chunks.filter(({ type }) => type === 'IEND')]
  const png = Buffer.concat([signature, ...kept.map(({ whole }) => whole)])
  rgbOf({ columns, rows, png })
  return { columns, rows, png }
}

/** Red, green, blue for each pixel, x fastest; what is see-through lies on black. */
export function rgbOf({ columns, rows, png }: Picture): Uint8Array {
  const { data, channels } = decoded(png)
  if (data.length !== columns * rows * channels) throw bad()
  const rgb = new Uint8Array(columns * rows * 3)
  for (let pixel = 0; pixel < columns * rows; pixel++) {
    const opacity = channels === 4 ? (data[pixel * 4 + 3] ?? 255) / 255 : 1
    for (let channel = 0; channel < 3; channel++) {
      rgb[pixel * 3 + channel] = Math.round((data[pixel * channels + channel] ?? 0) * opacity)
    }
  }
  return rgb
}

function decoded(png: Uint8Array) {
  try {
    return decode(png, { checkCrc: true })
  } catch {
    throw bad()
  }
}

interface Chunk {
  readonly type: string
  readonly data: Buffer
  /** With its length, type and checksum. */
  readonly whole: Buffer
}

function chunksOf(file: Buffer): Chunk[] {
  const chunks: Chunk[] = []
  for (let at = 8; at + 12 <= file.length; ) {
    const end = at + 12 + file.readUInt32BE(at)
    if (end > file.length || chunks.length >= mostChunks) throw bad()
    const type = file.toString('latin1', at + 4, at + 8)
    chunks.push({ type, data: file.subarray(at + 8, end - 4), whole: file.subarray(at, end) })
    if (type === 'IEND') return chunks
    at = end
  }
  throw bad()
}

/** A small file may hold a very large nothing. */
function checkLength(deflated: Buffer, expected: number): void {
  let inflated: Buffer
  try {
    inflated = inflateSync(deflated, { maxOutputLength: expected })
  } catch {
    throw bad()
  }
  if (inflated.length !== expected) throw bad()
}

const bad = () =>
  new FindingsRefusedError(
    'bad-picture',
    'A key image is a PNG of 8-bit colour with at most 4096 pixels a side.',
  )
