import { inflateRawSync } from 'node:zlib'
import type { SealedReader } from '../sealed-file.ts'

/** What stands before the pixels, as it was sent or inflated. */
export interface Head {
  readonly bytes: Uint8Array
  readonly bigEndian: boolean
}

const windowsBytes = [64 * 1024, 1024 * 1024, 8 * 1024 * 1024]
const maxInflatedBytes = 64 * 1024 * 1024
const deflatedUid = '1.2.840.10008.1.2.1.99'
const bigEndianUid = '1.2.840.10008.1.2.2'
/** Trailing padding and signatures behind the pixels are shorter than this. */
const mostBehindPixels = 4096

/** Never throws for what a file contains: what cannot be inflated is looked at as it is. */
export async function readHead(file: SealedReader): Promise<readonly Head[]> {
  for (const windowBytes of windowsBytes) {
    const bytes = await file.read(0, Math.min(windowBytes, file.bytes))
    const meta = bytes.toString('latin1', 0, 2048)
    const bigEndian = hasUid(meta, bigEndianUid)
    if (hasUid(meta, deflatedUid)) return inflated(await file.read(0, mostDeflatedOf(file)))
    const end = pixelsAt(bytes, file.bytes)
    const isLast = bytes.length >= file.bytes || windowBytes === windowsBytes.at(-1)
    if (end !== undefined || isLast) return [{ bytes: bytes.subarray(0, end), bigEndian }]
  }
  return []
}

/** A larger one is refused by who reads it. */
const mostDeflatedOf = ({ bytes }: SealedReader) => Math.min(bytes, maxInflatedBytes)

const hasUid = (meta: string, uid: string) => meta.includes(`\x10\0UI`) && hasWhole(meta, uid)
const hasWhole = (meta: string, uid: string) => {
  const at = meta.indexOf(uid)
  return at >= 0 && !/[\d.]/.test(meta.charAt(at + uid.length))
}

/** Group 0002 says its own length first (PS3.10 §7.1); 12 bytes, behind the preamble and DICM. */
function inflated(file: Buffer): readonly Head[] {
  const metaEnd = file.length > 144 ? 144 + file.readUInt32LE(140) : file.length
  const uidAt = file.indexOf(deflatedUid)
  const starts = [metaEnd, uidAt + deflatedUid.length, uidAt + deflatedUid.length + 1]
  for (const start of starts) {
    if (start < uidAt || start >= file.length) continue
    try {
      const bytes = inflateRawSync(file.subarray(start), { maxOutputLength: maxInflatedBytes })
      const dataSet = bytes.subarray(0, pixelsAt(bytes, bytes.length) ?? windowsBytes[2])
      const both = [file.subarray(0, start), dataSet]
      return both.map((part) => ({ bytes: part, bigEndian: false }))
    } catch {
      // The next start may be the right one; whoever reads the file says what is wrong with it.
    }
  }
  return [{ bytes: file.subarray(0, windowsBytes[0]), bigEndian: false }]
}

const pixelTags = [Buffer.from('e07f1000', 'hex'), Buffer.from('7fe00010', 'hex')]
const item = Buffer.from('feff00e0', 'hex')
const iconSequence = Buffer.from('88000002', 'hex')

/** The image's own pixels, not an icon's: they reach to the end of the file, or have no length. */
function pixelsAt(bytes: Buffer, fileBytes: number): number | undefined {
  for (const [index, tag] of pixelTags.entries()) {
    let at = bytes.indexOf(tag)
    for (; at >= 0 && at + 16 <= bytes.length; at = bytes.indexOf(tag, at + 1)) {
      const isExplicit = /^(O[BWFDV]|UN)\0\0$/.test(bytes.toString('latin1', at + 4, at + 8))
      const lengthAt = at + (isExplicit ? 8 : 4)
      const length = index === 1 ? bytes.readUInt32BE(lengthAt) : bytes.readUInt32LE(lengthAt)
      if (length === 0xffffffff) {
        const isFramed = bytes.subarray(lengthAt + 4, lengthAt + 8).equals(item)
        const isIcon = bytes.subarray(Math.max(0, at - 512), at).includes(iconSequence)
        if (isFramed && !isIcon) return at
        continue
      }
      const behind = fileBytes - (lengthAt + 4 + length)
      if (behind < mostBehindPixels || length > fileBytes / 2) return at
    }
  }
  return undefined
}
