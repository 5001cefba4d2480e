import { DicomError } from '../problem.ts'

interface RleImage {
  readonly rows: number
  readonly columns: number
  readonly samplesPerPixel?: 1 | 3
  readonly bitsAllocated: 8 | 16
}

const headerBytes = 64

/**
 * Little-endian words, samples of a pixel together (PS3.5 Annex G). A segment holds one byte of all
 * pixels, the most significant first. One that ends early is refused with `pixel-decode-failed`:
 * what is missing has no value.
 */
export function decodeRle(
  encoded: Uint8Array,
  { rows, columns, samplesPerPixel = 1, bitsAllocated }: RleImage,
): Uint8Array<ArrayBuffer> {
  const bytesPerSample = bitsAllocated / 8
  const stride = samplesPerPixel * bytesPerSample
  const segments = segmentsOf(encoded, stride)
  const decoded = new Uint8Array(rows * columns * stride)
  for (const [n, segment] of segments.entries()) {
    const sample = Math.floor(n / bytesPerSample)
    const significance = bytesPerSample - 1 - (n % bytesPerSample)
    unpack(segment, decoded, sample * bytesPerSample + significance, stride)
  }
  return decoded
}

function segmentsOf(encoded: Uint8Array, count: number): readonly Uint8Array[] {
  if (encoded.length < headerBytes) throw new DicomError('pixel-decode-failed')
  const view = new DataView(encoded.buffer, encoded.byteOffset, encoded.byteLength)
  if (view.getUint32(0, true) !== count) throw new DicomError('pixel-decode-failed')
  const starts = Array.from({ length: count }, (_, n) => view.getUint32(4 + 4 * n, true))
  const ends = [...starts.slice(1), encoded.length]
  return starts.map((start, n) => {
    const end = ends[n]!
    const isWithin = start >= headerBytes && start < end && end <= encoded.length
    if (!isWithin) throw new DicomError('pixel-decode-failed')
    return encoded.subarray(start, end)
  })
}

/** PackBits (G.3.2), into every `stride`th byte from `first` on. */
function unpack(segment: Uint8Array, into: Uint8Array, first: number, stride: number): void {
  let from = 0
  let to = first
  while (to < into.length) {
    if (from + 1 >= segment.length) throw new DicomError('pixel-decode-failed')
    const control = segment[from++]!
    if (control === 128) continue
    if (control > 128) {
      const value = segment[from++]!
      const end = Math.min(into.length, to + (257 - control) * stride)
      for (; to < end; to += stride) into[to] = value
    } else {
      const length = control + 1
      if (from + length > segment.length) throw new DicomError('pixel-decode-failed')
      const end = Math.min(into.length, to + length * stride)
      for (let at = from; to < end; to += stride) into[to] = segment[at++]!
      from += length
    }
  }
}
