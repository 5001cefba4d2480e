import type { Codestream } from './codestream.ts'

/** Start-of-frame markers that the decoders know: sequential, extended, progressive, lossless. */
const jpegFrames = [0xc0, 0xc1, 0xc2, 0xc3]
const jpegLsFrame = 0xf7
const startOfScan = 0xda

/** Frame header of JPEG (ISO 10918-1 B.2.2) or JPEG-LS (ISO 14495-1 C.2.2). */
export function readJpeg(view: DataView, encoding: 'jpeg' | 'jpeg-ls'): Codestream | undefined {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return undefined
  const frame = findSegment(view, 2, (marker) => isFrameHeader(marker))
  if (!frame) return undefined
  const { marker, position, length } = frame
  const isKnown = encoding === 'jpeg' ? jpegFrames.includes(marker) : marker === jpegLsFrame
  if (!isKnown || length < 8) return undefined
  const components = view.getUint8(position + 9)
  if (components === 0 || length !== 8 + 3 * components) return undefined
  const size = { rows: view.getUint16(position + 5), columns: view.getUint16(position + 7) }
  const end = position + 2 + length
  const scan = findSegment(view, end, (marker) => marker === startOfScan)
  if (!scan || !hasFewScans(view, scan.position, size)) return undefined
  return {
    ...size,
    components,
    bitsPerSample: view.getUint8(position + 4),
    signed: false,
    isPlanar: encoding === 'jpeg-ls' && components > 1 && interleaveMode(view, scan) === 0,
  }
}

interface Segment {
  readonly marker: number
  /** Of the marker's first byte. */
  readonly position: number
  /** Without the marker, with the two bytes of the length itself. */
  readonly length: number
}

function findSegment(
  view: DataView,
  from: number,
  isWanted: (marker: number) => boolean,
): Segment | undefined {
  let position = from
  while (position + 4 <= view.byteLength && view.getUint8(position) === 0xff) {
    const marker = view.getUint8(position + 1)
    if (marker === 0xff) {
      position += 1
      continue
    }
    const length = view.getUint16(position + 2)
    if (length < 2 || position + 2 + length > view.byteLength) return undefined
    if (isWanted(marker)) return { marker, position, length }
    position += 2 + length
  }
  return undefined
}

/** All that begin a frame, known or not; DHT, JPG and DAC lie between them. */
function isFrameHeader(marker: number): boolean {
  if (marker === jpegLsFrame) return true
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
}

/** Zero: one component a scan (ISO 14495-1 C.2.3). */
function interleaveMode(view: DataView, { position, length }: Segment): number | undefined {
  const components = view.getUint8(position + 4)
  if (length !== 6 + 2 * components) return undefined
  return view.getUint8(position + 6 + 2 * components)
}

/** A progressive image has about ten. Each costs a pass over the image, however short it is. */
const maxScans = 200
const maxScannedPixels = 2 ** 29

function hasFewScans(
  view: DataView,
  from: number,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): boolean {
  const bytes = Buffer.from(view.buffer, view.byteOffset, view.byteLength)
  const limit = Math.min(maxScans, Math.max(20, maxScannedPixels / Math.max(1, rows * columns)))
  const marker = Buffer.of(0xff, startOfScan)
  let scans = 0
  for (let at = bytes.indexOf(marker, from); at >= 0; at = bytes.indexOf(marker, at + 2)) {
    scans += 1
    if (scans > limit) return false
  }
  return true
}
