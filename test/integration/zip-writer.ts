import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipEntry {
  name: string
  data: Uint8Array
  deflate?: boolean
  encrypted?: boolean
  /** The size that the zip claims, where it lies. */
  claimedSize?: number
}

/** A zip as given, wrong or not (APPNOTE 4.3). */
export function zipOf(entries: readonly ZipEntry[]): Uint8Array<ArrayBuffer> {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const name = Buffer.from(entry.name)
    const packed = entry.deflate ? deflateRawSync(entry.data) : Buffer.from(entry.data)
    // What the encryption of APPNOTE 6.1 puts in front.
    const stored = entry.encrypted ? Buffer.concat([Buffer.alloc(12), packed]) : packed
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(entry.encrypted ? 1 : 0, 2)
    fields.writeUInt16LE(entry.deflate ? 8 : 0, 4)
    fields.writeUInt32LE(crc32(entry.data), 10)
    fields.writeUInt32LE(stored.length, 14)
    fields.writeUInt32LE(entry.claimedSize ?? entry.data.length, 18)
    fields.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, name, stored])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, tail, name]))
    files.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return new Uint8Array(Buffer.concat([...files, central, end]))
}
