import type { Random } from './xorshift.ts'

const pixelDataTag = Buffer.of(0xe0, 0x7f, 0x10, 0x00)
const lengths = [0, 1, 2, 3, 7, 8, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff]
const longLengths = [...lengths, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff]

const item = Buffer.of(0xfe, 0xff, 0x00, 0xe0)
const end = Buffer.of(0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0)

/**
 * One to four kinds of damage to the whole file or, oftener, to the last compressed image alone,
 * whose wrapping stays whole, so that it comes to the decoder.
 */
export function mutate(seed: Buffer, others: readonly Buffer[], random: Random): Buffer {
  const at = seed.lastIndexOf(item)
  const isEncapsulated = at > seed.lastIndexOf(pixelDataTag)
  if (!isEncapsulated || random(5) < 2) return damaged(Buffer.from(seed), others, random)
  const images = others.map(lastImage)
  const worse = damaged(Buffer.from(lastImage(seed)), images, random)
  const even = worse.length % 2 === 0 ? worse : Buffer.concat([worse, Buffer.of(0)])
  const head = Buffer.concat([item, Buffer.alloc(4)])
  head.writeUInt32LE(even.length, item.length)
  return Buffer.concat([seed.subarray(0, at), head, even, end])
}

/** Without a compressed one, the end of the file, whose pixels do as well to be spliced in. */
function lastImage(file: Buffer): Buffer {
  const at = file.lastIndexOf(item)
  if (at <= file.lastIndexOf(pixelDataTag)) return file.subarray(-1000)
  const from = at + item.length + 4
  return file.subarray(from, from + file.readUInt32LE(at + item.length))
}

function damaged(seed: Buffer, others: readonly Buffer[], random: Random): Buffer {
  let bytes = seed
  const rounds = 1 + Math.max(0, random(6) - 2)
  for (let round = 0; round < rounds && bytes.length > 16; round++) {
    bytes = kinds[random(kinds.length)]!(bytes, others, random)
  }
  return bytes
}

type Kind = (bytes: Buffer, others: readonly Buffer[], random: Random) => Buffer

const kinds: readonly Kind[] = [
  flipBits,
  flipBits,
  writeLength,
  writeLength,
  cut,
  splice,
  remove,
  double,
]

/** Anywhere, in the description, or at the beginning of the pixels; of an image, mostly its headers. */
function somewhere(bytes: Buffer, random: Random): number {
  const kind = random(4)
  const pixels = bytes.lastIndexOf(pixelDataTag)
  if (kind === 0) return random(bytes.length)
  if (kind === 1 && pixels > 132) return 132 + random(pixels - 132)
  return Math.min(bytes.length - 1, Math.max(0, pixels) + random(kind === 2 ? 64 : 400))
}

function flipBits(bytes: Buffer, _: readonly Buffer[], random: Random): Buffer {
  const flips = 1 + random(6)
  for (let n = 0; n < flips; n++) {
    const at = somewhere(bytes, random)
    bytes[at] = random(3) === 0 ? random(256) : bytes[at]! ^ (1 << random(8))
  }
  return bytes
}

function writeLength(bytes: Buffer, _: readonly Buffer[], random: Random): Buffer {
  const at = Math.min(bytes.length - 4, somewhere(bytes, random))
  const isBig = random(2) === 0
  if (random(2) === 0) {
    const value = lengths[random(lengths.length)]!
    if (isBig) bytes.writeUInt16BE(value, at)
    else bytes.writeUInt16LE(value, at)
  } else {
    const value = longLengths[random(longLengths.length)]!
    if (isBig) bytes.writeUInt32BE(value, at)
    else bytes.writeUInt32LE(value, at)
  }
  return bytes
}

function cut(bytes: Buffer, _: readonly Buffer[], random: Random): Buffer {
  return bytes.subarray(0, Math.max(16, somewhere(bytes, random)))
}

function splice(bytes: Buffer, others: readonly Buffer[], random: Random): Buffer {
  const other = others[random(others.length)]!
  const from = somewhere(other, random)
  const part = other.subarray(from, from + 1 + random(300))
  const at = somewhere(bytes, random)
  return Buffer.concat([bytes.subarray(0, at), part, bytes.subarray(at + random(2) * part.length)])
}

function remove(bytes: Buffer, _: readonly Buffer[], random: Random): Buffer {
  const at = somewhere(bytes, random)
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random(64))])
}

function double(bytes: Buffer, _: readonly Buffer[], random: Random): Buffer {
  const at = somewhere(bytes, random)
  return Buffer.concat([bytes.subarray(0, at + 1 + random(64)), bytes.subarray(at)])
}
