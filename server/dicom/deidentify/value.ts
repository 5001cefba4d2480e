/** The values of one element as text or numbers, by its value representation (PS3.5 §6.2). */
export function readValues(
  vr: string,
  bytes: Uint8Array,
  isBigEndian: boolean,
  mostTextBytes = maxTextBytes,
): readonly string[] | readonly number[] | undefined {
  const binary = binaryReaders[vr]
  if (binary) return readBinary(bytes, isBigEndian, binary)
  const fits = textRules[vr]
  if (!fits || bytes.length > mostTextBytes) return undefined
  const texts = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .toString('latin1')
    .split('\\')
    .map((text) => text.replace(/^ +|[ \0]+$/g, ''))
  if (vr === 'DS' || vr === 'IS') {
    return texts.map((text) => (fits.test(text) ? Number(text) : Number.NaN))
  }
  return texts.map((text) => (fits.test(text) ? text : ''))
}

const maxTextBytes = 4096

/** Text that does not fit is dropped: a name in a coded attribute goes no further. */
const textRules: Readonly<Record<string, RegExp>> = {
  CS: /^[A-Z0-9 _]{0,16}$/,
  DS: /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/,
  IS: /^[+-]?\d{1,12}$/,
  UI: /^[0-9.]{1,64}$/,
  DA: /^\d{8}$/,
  AS: /^\d{3}[DWMY]$/,
  SH: /^[\x20-\x7e]{0,16}$/,
  LO: /^[\x20-\x7e]{0,64}$/,
}

interface BinaryReader {
  readonly bytes: number
  readonly read: (view: DataView, offset: number, littleEndian: boolean) => number
}

const binaryReaders: Readonly<Record<string, BinaryReader>> = {
  FL: { bytes: 4, read: (view, offset, little) => view.getFloat32(offset, little) },
  UL: { bytes: 4, read: (view, offset, little) => view.getUint32(offset, little) },
  US: { bytes: 2, read: (view, offset, little) => view.getUint16(offset, little) },
  SS: { bytes: 2, read: (view, offset, little) => view.getInt16(offset, little) },
  FD: { bytes: 8, read: (view, offset, little) => view.getFloat64(offset, little) },
}

function readBinary(bytes: Uint8Array, isBigEndian: boolean, { bytes: size, read }: BinaryReader) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const count = Math.min(Math.floor(bytes.length / size), 64)
  return Array.from({ length: count }, (_, index) => read(view, index * size, !isBigEndian))
}
