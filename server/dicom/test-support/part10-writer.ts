/** A data element: eight hexadecimal digits, VR, and its value or the items of a sequence. */
export type TestElement = readonly [
  tag: string,
  vr: string,
  value: string | number | Uint8Array | readonly (readonly TestElement[])[],
]

const longLengthVrs = ['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'UC', 'UN', 'UR', 'UT']

export interface WriteOptions {
  readonly transferSyntaxUID?: string
  readonly preamble?: string
}

/** A part-10 file, in the byte order and VR style of its transfer syntax (little endian only). */
export function writePart10(elements: readonly TestElement[], options: WriteOptions = {}): Buffer {
  const uid = options.transferSyntaxUID ?? '1.2.840.10008.1.2.1'
  const meta = writeElements([['00020010', 'UI', uid]], true)
  const preamble = Buffer.alloc(128)
  preamble.write(options.preamble ?? '', 'latin1')
  const dataSet = writeElements(elements, uid !== '1.2.840.10008.1.2')
  return Buffer.concat([preamble, Buffer.from('DICM'), meta, dataSet])
}

export function writeElements(elements: readonly TestElement[], explicit: boolean): Buffer {
  const sorted = elements.toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Buffer.concat(sorted.map((element) => writeElement(element, explicit)))
}

function writeElement([tag, vr, value]: TestElement, explicit: boolean): Buffer {
  const bytes = valueBytes(vr, value, explicit)
  const isLong = !explicit || longLengthVrs.includes(vr)
  const head = Buffer.alloc(explicit ? (isLong ? 12 : 8) : 8)
  head.writeUInt16LE(Number.parseInt(tag.slice(0, 4), 16), 0)
  head.writeUInt16LE(Number.parseInt(tag.slice(4), 16), 2)
  if (explicit) head.write(vr, 4, 'latin1')
  if (isLong) head.writeUInt32LE(bytes.length, head.length - 4)
  else head.writeUInt16LE(bytes.length, 6)
  return Buffer.concat([head, bytes])
}

function valueBytes(vr: string, value: TestElement[2], explicit: boolean): Buffer {
  if (value instanceof Uint8Array) return Buffer.from(value)
  if (typeof value === 'string') {
    const text = Buffer.from(value, 'latin1')
    const pad = vr === 'UI' ? '\0' : ' '
    return text.length % 2 === 0 ? text : Buffer.concat([text, Buffer.from(pad)])
  }
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(2)
    if (vr === 'SS') bytes.writeInt16LE(value)
    else bytes.writeUInt16LE(value)
    return bytes
  }
  return Buffer.concat(value.map((item) => writeItem(item, explicit)))
}

function writeItem(elements: readonly TestElement[], explicit: boolean): Buffer {
  const content = writeElements(elements, explicit)
  const head = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0])
  head.writeUInt32LE(content.length, 4)
  return Buffer.concat([head, content])
}
