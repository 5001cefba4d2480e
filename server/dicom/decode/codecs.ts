import type { PixelEncoding } from '../part10/transfer-syntax.ts'
import { DicomError } from '../problem.ts'
import { decodeWith } from './codec-library.ts'
import { type Codestream, readCodestream } from './codestream.ts'
import type { ImageDescription } from './image-description.ts'
import { decodeRle } from './rle.ts'
import { interleaved, widened } from './samples.ts'

const methods = {
  'jpeg-ls': 'decodeJpegLs',
  'jpeg-2000': 'decodeJpeg2000',
  'ht-jpeg-2000': 'decodeHtJpeg2000',
  jpeg: 'decodeJpeg',
} as const

/**
 * Little-endian samples of the one image in `encoded`, those of a pixel together, of the bits
 * allocated. JPEG 2000 is in RGB where it was transformed, JPEG in whatever the data set says.
 * Throws `pixel-decode-failed`, also where the image says that it is another one.
 */
export async function decodeImage(
  encoded: Uint8Array<ArrayBuffer>,
  encoding: Exclude<PixelEncoding, 'native'>,
  image: ImageDescription,
): Promise<Uint8Array<ArrayBuffer>> {
  if (encoding === 'rle') return decodeRle(encoded, image)
  const codestream = readCodestream(encoded, encoding)
  if (!codestream || !agrees(codestream, image)) throw new DicomError('pixel-decode-failed')
  const { rows, columns, samplesPerPixel = 1, bitsAllocated } = image
  const samples = rows * columns * samplesPerPixel
  // Decoders write bytes for up to eight bits, whatever is allocated for them.
  const decodedBits = codestream.bitsPerSample <= 8 ? 8 : 16
  const decoded = await decodeWith(methods[encoding], {
    width: columns,
    height: rows,
    bitsAllocated: decodedBits,
    bitsStored: codestream.bitsPerSample,
    samplesPerPixel,
    pixelRepresentation: image.signed ? 1 : 0,
    planarConfiguration: 0,
    photometricInterpretation: samplesPerPixel === 1 ? 'MONOCHROME2' : 'RGB',
    encodedBuffer: encoding === 'jpeg-ls' ? terminated(encoded) : encoded,
  })
  const bytes = (samples * decodedBits) / 8
  if (decoded.length < bytes) throw new DicomError('pixel-decode-failed')
  const isOwn = decoded.byteOffset === 0 && decoded.buffer.byteLength === bytes
  const whole = isOwn ? decoded : Uint8Array.from(decoded.subarray(0, bytes))
  const wide = decodedBits < bitsAllocated ? widened(whole, codestream.signed) : whole
  return codestream.isPlanar ? interleaved(wide, bitsAllocated) : wide
}

/**
 * Ended by EOI, whatever it ends with: the decoder of JPEG-LS may read for ever where that is
 * missing. A cut image is refused for what it lacks before.
 */
function terminated(encoded: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const [marker, end, padding] = encoded.subarray(-3)
  const isPadded = marker === 0xff && end === 0xd9 && padding === 0
  if (isPadded || (end === 0xff && padding === 0xd9)) return encoded
  const whole = new Uint8Array(encoded.length + 2)
  whole.set(encoded)
  whole.set([0xff, 0xd9], encoded.length)
  return whole
}

function agrees(codestream: Codestream, image: ImageDescription): boolean {
  const { rows, columns, samplesPerPixel = 1, bitsAllocated } = image
  return (
    codestream.rows === rows &&
    codestream.columns === columns &&
    codestream.components === samplesPerPixel &&
    codestream.bitsPerSample <= bitsAllocated
  )
}
