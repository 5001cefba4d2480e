import type { PixelEncoding } from '../part10/transfer-syntax.ts'

export interface CodestreamSize {
  readonly columns: number
  readonly rows: number
  readonly components: number
}

/**
 * What a compressed image says of itself: asked before a decoder allocates for it. Undefined where
 * the header makes no sense; RLE has none.
 */
export function codestreamSize(
  bytes: Uint8Array<ArrayBuffer>,
  encoding: Exclude<PixelEncoding, 'native' | 'rle'>,
): CodestreamSize | undefined {
  const view = new DataView(bytes.buffer)
  const isJpeg2000 = encoding === 'jpeg-2000' || encoding === 'ht-jpeg-2000'
  return isJpeg2000 ? sizOf(view) : frameHeaderOf(view)
}

/** SIZ, the first marker segment of JPEG 2000 (ISO 15444-1 A.5.1). */
function sizOf(view: DataView): CodestreamSize | undefined {
  if (view.byteLength < 42 || view.getUint32(0) !== 0xff4fff51) return undefined
  return {
    columns: view.getUint32(8) - view.getUint32(16),
    rows: view.getUint32(12) - view.getUint32(20),
    components: view.getUint16(40),
  }
}

/** SOF of JPEG (ISO 10918-1 B.2.2) and JPEG-LS (ISO 14495-1 C.2.2). */
function frameHeaderOf(view: DataView): CodestreamSize | undefined {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return undefined
  let position = 2
  while (position + 10 <= view.byteLength && view.getUint8(position) === 0xff) {
    const marker = view.getUint8(position + 1)
    if (isFrameHeader(marker)) {
      return {
        rows: view.getUint16(position + 5),
        columns: view.getUint16(position + 7),
        components: view.getUint8(position + 9),
      }
    }
    if (marker === 0xff) position += 1
    else position += 2 + Math.max(2, view.getUint16(position + 2))
  }
  return undefined
}

function isFrameHeader(marker: number): boolean {
  if (marker === 0xf7) return true
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
}
