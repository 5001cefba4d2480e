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

/**
 * SIZ, the first marker segment of JPEG 2000 (ISO 15444-1 A.5.1). Undefined too where its tiles do
 * not cover the image or are very many: decoders have looped on that.
 */
function sizOf(view: DataView): CodestreamSize | undefined {
  if (view.byteLength < 42 || view.getUint32(0) !== 0xff4fff51) return undefined
  const field = (index: number) => view.getUint32(8 + 4 * index)
  const [right, bottom, left, top] = [field(0), field(1), field(2), field(3)]
  const [tileColumns, tileRows, tileLeft, tileTop] = [field(4), field(5), field(6), field(7)]
  const isCovered =
    tileLeft <= left && tileTop <= top && tileLeft + tileColumns > left && tileTop + tileRows > top
  const tiles =
    Math.ceil((right - tileLeft) / tileColumns) * Math.ceil((bottom - tileTop) / tileRows)
  if (!isCovered || !(tiles <= maxTiles)) return undefined
  return { columns: right - left, rows: bottom - top, components: view.getUint16(40) }
}

const maxTiles = 4096

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
