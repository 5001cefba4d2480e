import { DicomError } from '../problem.ts'
import { nameOfUnreadable } from './transfer-syntax-names.ts'

export type PixelEncoding = 'native' | 'rle' | 'jpeg-ls' | 'jpeg-2000' | 'ht-jpeg-2000' | 'jpeg'

/** How a data set and its pixels are written (PS3.5 Annex A, PS3.6 Annex A). */
export interface TransferSyntax {
  readonly explicit: boolean
  readonly bigEndian: boolean
  readonly deflated: boolean
  /** Undefined where the data set can be read and the pixels cannot. */
  readonly pixels: PixelEncoding | undefined
  /** Decoded values may lie beyond what Bits Stored can hold. */
  readonly lossy: boolean
  /** The standard's, of one whose pixels cannot be read. */
  readonly name?: string
}

const explicitLittle = {
  explicit: true,
  bigEndian: false,
  deflated: false,
  lossy: false,
} as const
const encapsulated = (pixels: PixelEncoding): TransferSyntax => ({ ...explicitLittle, pixels })
const lossyJpeg: TransferSyntax = { ...encapsulated('jpeg'), lossy: true }

export const explicitLittleEndian = encapsulated('native')
export const implicitLittleEndian: TransferSyntax = { ...explicitLittleEndian, explicit: false }

const byUid: Readonly<Record<string, TransferSyntax>> = {
  '1.2.840.10008.1.2': implicitLittleEndian,
  '1.2.840.10008.1.2.1': explicitLittleEndian,
  '1.2.840.10008.1.2.1.99': { ...explicitLittleEndian, deflated: true },
  '1.2.840.10008.1.2.2': { ...explicitLittleEndian, bigEndian: true },
  '1.2.840.10008.1.2.5': encapsulated('rle'),
  '1.2.840.10008.1.2.4.50': lossyJpeg,
  '1.2.840.10008.1.2.4.51': lossyJpeg,
  '1.2.840.10008.1.2.4.53': lossyJpeg,
  '1.2.840.10008.1.2.4.55': lossyJpeg,
  '1.2.840.10008.1.2.4.57': encapsulated('jpeg'),
  '1.2.840.10008.1.2.4.70': encapsulated('jpeg'),
  '1.2.840.10008.1.2.4.80': encapsulated('jpeg-ls'),
  '1.2.840.10008.1.2.4.81': { ...encapsulated('jpeg-ls'), lossy: true },
  '1.2.840.10008.1.2.4.90': encapsulated('jpeg-2000'),
  '1.2.840.10008.1.2.4.91': { ...encapsulated('jpeg-2000'), lossy: true },
  '1.2.840.10008.1.2.4.201': encapsulated('ht-jpeg-2000'),
  '1.2.840.10008.1.2.4.202': encapsulated('ht-jpeg-2000'),
  '1.2.840.10008.1.2.4.203': { ...encapsulated('ht-jpeg-2000'), lossy: true },
}

/** An unknown one is read as explicit little endian (PS3.5 A.4) with pixels nobody can decode. */
export function transferSyntaxOf(uid: string): TransferSyntax {
  const known = Object.hasOwn(byUid, uid) ? byUid[uid] : undefined
  if (known) return known
  const name = nameOfUnreadable(uid)
  return { ...explicitLittle, pixels: undefined, ...(name !== undefined && { name }) }
}

/** Says which compression it is, where the standard has a name for it. */
export function unsupported({ name }: TransferSyntax): DicomError {
  const words = name && `The image is compressed as ${name}, which Caseroom cannot read.`
  return new DicomError('unsupported-transfer-syntax', words)
}

/**
 * Recognises a data set that nothing announces, by its first element: two capitals where explicit
 * VR has its value representation, a length that fits the file where implicit VR has its length.
 */
export function guessTransferSyntax(bytes: Uint8Array, position: number, fileBytes: number) {
  if (position + 8 > bytes.length) throw new DicomError('not-dicom')
  const view = new DataView(bytes.buffer, bytes.byteOffset + position)
  if (view.getUint16(0, true) !== 0x0008) throw new DicomError('not-dicom')
  const isCapital = (byte: number) => byte >= 0x41 && byte <= 0x5a
  if (isCapital(view.getUint8(4)) && isCapital(view.getUint8(5))) return explicitLittleEndian
  if (view.getUint32(4, true) <= fileBytes - position - 8) return implicitLittleEndian
  throw new DicomError('not-dicom')
}
