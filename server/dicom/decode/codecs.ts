import type { PixelEncoding } from '../part10/transfer-syntax.ts'
import { DicomError } from '../problem.ts'
import type { StoredSlice } from '../slice-source.ts'
import { codestreamSize } from './codestream.ts'

type Codecs = typeof import('dcmjs-codecs')['NativeCodecs']
type Encoding = Exclude<PixelEncoding, 'native'>

const methods = {
  rle: 'decodeRle',
  'jpeg-ls': 'decodeJpegLs',
  'jpeg-2000': 'decodeJpeg2000',
  'ht-jpeg-2000': 'decodeHtJpeg2000',
  jpeg: 'decodeJpeg',
} as const satisfies Record<Encoding, keyof Codecs>

/** Little-endian words of the one image in `encoded`. Throws `pixel-decode-failed`. */
export async function decodeImage(
  encoded: Uint8Array<ArrayBuffer>,
  encoding: Encoding,
  { rows, columns, bitsAllocated, bitsStored, signed }: StoredSlice,
): Promise<Uint8Array<ArrayBuffer>> {
  if (encoding !== 'rle') {
    const size = codestreamSize(encoded, encoding)
    const agrees = size?.rows === rows && size.columns === columns && size.components === 1
    if (!agrees) throw new DicomError('pixel-decode-failed')
  }
  const { Context, NativeCodecs } = await codecs()
  const context = new Context({
    width: columns,
    height: rows,
    bitsAllocated,
    bitsStored,
    samplesPerPixel: 1,
    pixelRepresentation: signed ? 1 : 0,
    planarConfiguration: 0,
    photometricInterpretation: 'MONOCHROME2',
    encodedBuffer: encoded,
  })
  const decoded = decode(NativeCodecs, methods[encoding], context)
  const bytes = (rows * columns * bitsAllocated) / 8
  if (!decoded || decoded.length < bytes) throw new DicomError('pixel-decode-failed')
  const isOwn = decoded.byteOffset === 0 && decoded.buffer.byteLength === bytes
  return isOwn ? (decoded as Uint8Array<ArrayBuffer>) : Uint8Array.from(decoded.subarray(0, bytes))
}

let loading: ReturnType<typeof load> | undefined

/** Loaded on first need: native pixels do without. */
function codecs() {
  loading ??= load()
  return loading
}

async function load() {
  const { default: library } = (await import('dcmjs-codecs')) as unknown as {
    default: typeof import('dcmjs-codecs')
  }
  // It would write to standard output of its own accord; a refusal is told once, by us.
  library.log.setLevel('silent')
  await library.NativeCodecs.initializeAsync({ logCodecsInfo: false })
  return library
}

function decode(
  native: Codecs,
  method: (typeof methods)[Encoding],
  context: InstanceType<typeof import('dcmjs-codecs')['Context']>,
): Uint8Array | undefined {
  try {
    return native[method](context).getDecodedBuffer()
  } catch (cause) {
    // A trap leaves the decoder's memory in an unknown state: the next image gets a new one.
    native.release()
    loading = undefined
    throw new DicomError('pixel-decode-failed', undefined, { cause })
  }
}
