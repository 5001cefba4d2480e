import { implementationClassUID } from '../pacs/implementation.ts'

export interface ReceivedInstance {
  readonly sopClassUID: string
  readonly sopInstanceUID: string
  readonly transferSyntaxUID: string
}

/**
 * What stands before a data set to make it a file (PS3.10 7.1): the preamble and the file meta
 * information, which is explicit little endian in every file. The data set follows untouched.
 */
export function part10Head(instance: ReceivedInstance): Buffer {
  const meta = Buffer.concat([
    element(0x0001, 'OB', Buffer.from([0, 1])),
    element(0x0002, 'UI', uid(instance.sopClassUID)),
    element(0x0003, 'UI', uid(instance.sopInstanceUID)),
    element(0x0010, 'UI', uid(instance.transferSyntaxUID)),
    element(0x0012, 'UI', uid(implementationClassUID)),
  ])
  const length = Buffer.alloc(4)
  length.writeUInt32LE(meta.length)
  return Buffer.concat([
    Buffer.alloc(128),
    Buffer.from('DICM', 'latin1'),
    element(0x0000, 'UL', length),
    meta,
  ])
}

/** Of group 0002 (PS3.5 7.1.2). */
function element(number: number, vr: 'OB' | 'UI' | 'UL', value: Buffer): Buffer {
  const isLong = vr === 'OB'
  const head = Buffer.alloc(isLong ? 12 : 8)
  head.writeUInt16LE(0x0002, 0)
  head.writeUInt16LE(number, 2)
  head.write(vr, 4, 'latin1')
  if (isLong) head.writeUInt32LE(value.length, 8)
  else head.writeUInt16LE(value.length, 6)
  return Buffer.concat([head, value])
}

const uid = (text: string) => Buffer.from(text.length % 2 ? `${text}\0` : text, 'latin1')
