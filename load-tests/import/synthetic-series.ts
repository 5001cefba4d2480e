import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const edge = 512

/**
 * Writes a CT of `slices` native 512 × 512 slices into a folder: a tapering body with a spine, in
 * noise like a scanner's, so that it compresses about as a real one does.
 */
export function writeSyntheticSeries(folder: string, slices: number): string[] {
  mkdirSync(folder, { recursive: true })
  const noise = noiseField()
  return Array.from({ length: slices }, (_, k) => {
    const path = join(folder, String(k))
    writeFileSync(path, part10(k, slicePixels(k, slices, noise)))
    return path
  })
}

function slicePixels(k: number, slices: number, noise: Int16Array): Int16Array {
  const pixels = new Int16Array(edge * edge)
  const half = 120 + 80 * Math.sin((Math.PI * k) / slices)
  const shift = (k * 7919) % noise.length
  for (let n = 0; n < pixels.length; n++) {
    const x = (n % edge) - edge / 2
    const y = Math.floor(n / edge) - edge / 2
    const inBody = (x / half) ** 2 + (y / (0.7 * half)) ** 2 < 1
    const inSpine = x * x + (y - 0.45 * half) ** 2 < 400
    const value = inSpine ? 500 : inBody ? 40 : -1000
    pixels[n] = value + (noise[(n + shift) % noise.length] as number)
  }
  return pixels
}

/** Roughly normal, 12 HU. */
function noiseField(): Int16Array {
  let state = 1
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return Int16Array.from({ length: 100_003 }, () =>
    Math.round((uniform() + uniform() + uniform() + uniform() - 2) * 21),
  )
}

/** Explicit VR little endian (PS3.10, PS3.5 A.2), with what a CT slice needs to be placed. */
function part10(k: number, pixels: Int16Array): Buffer {
  const root = '2.25.1'
  const meta = Buffer.concat([
    element(0x0002, 0x0002, 'UI', uid('1.2.840.10008.5.1.4.1.1.2')),
    element(0x0002, 0x0003, 'UI', uid(`${root}.4.${k + 1}`)),
    element(0x0002, 0x0010, 'UI', uid('1.2.840.10008.1.2.1')),
  ])
  const length = Buffer.alloc(4)
  length.writeUInt32LE(meta.length)
  return Buffer.concat([
    Buffer.alloc(128),
    Buffer.from('DICM'),
    element(0x0002, 0x0000, 'UL', length),
    meta,
    element(0x0008, 0x0016, 'UI', uid('1.2.840.10008.5.1.4.1.1.2')),
    element(0x0008, 0x0018, 'UI', uid(`${root}.4.${k + 1}`)),
    element(0x0008, 0x0060, 'CS', text('CT')),
    element(0x0020, 0x000d, 'UI', uid(`${root}.1`)),
    element(0x0020, 0x000e, 'UI', uid(`${root}.2`)),
    element(0x0020, 0x0013, 'IS', text(`${k + 1}`)),
    element(0x0020, 0x0032, 'DS', text(`-180\\-180\\${k}`)),
    element(0x0020, 0x0037, 'DS', text('1\\0\\0\\0\\1\\0')),
    element(0x0020, 0x0052, 'UI', uid(`${root}.3`)),
    element(0x0028, 0x0002, 'US', short(1)),
    element(0x0028, 0x0004, 'CS', text('MONOCHROME2')),
    element(0x0028, 0x0010, 'US', short(edge)),
    element(0x0028, 0x0011, 'US', short(edge)),
    element(0x0028, 0x0030, 'DS', text('0.7\\0.7')),
    element(0x0028, 0x0100, 'US', short(16)),
    element(0x0028, 0x0101, 'US', short(16)),
    element(0x0028, 0x0102, 'US', short(15)),
    element(0x0028, 0x0103, 'US', short(1)),
    element(0x0028, 0x1052, 'DS', text('0')),
    element(0x0028, 0x1053, 'DS', text('1')),
    element(0x7fe0, 0x0010, 'OW', Buffer.from(pixels.buffer)),
  ])
}

function element(group: number, number: number, vr: string, value: Buffer): Buffer {
  const long = vr === 'OW'
  const head = Buffer.alloc(long ? 12 : 8)
  head.writeUInt16LE(group, 0)
  head.writeUInt16LE(number, 2)
  head.write(vr, 4, 'latin1')
  if (long) head.writeUInt32LE(value.length, 8)
  else head.writeUInt16LE(value.length, 6)
  return Buffer.concat([head, value])
}

const text = (value: string) => Buffer.from(value.length % 2 ? `${value} ` : value)
const uid = (value: string) => Buffer.from(value.length % 2 ? `${value}\0` : value)
const short = (value: number) => Buffer.from(Uint16Array.of(value).buffer)
