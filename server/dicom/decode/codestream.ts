import type { PixelEncoding } from '../part10/transfer-syntax.ts'
import { readJpeg2000 } from './jpeg-2000-codestream.ts'
import { readJpeg } from './jpeg-codestream.ts'

/** What a compressed image says of itself. */
export interface Codestream {
  readonly columns: number
  readonly rows: number
  readonly components: number
  readonly bitsPerSample: number
  /** JPEG 2000 alone says so. */
  readonly signed: boolean
  /** A decoder gives the components of JPEG-LS one after the other where they are coded so. */
  readonly isPlanar: boolean
}

/**
 * Asked before a decoder allocates for it. Undefined where the headers make no sense, where the
 * image is cut short, or where decoding would take long for its size; RLE has none of this.
 */
export function readCodestream(
  bytes: Uint8Array<ArrayBuffer>,
  encoding: Exclude<PixelEncoding, 'native' | 'rle'>,
): Codestream | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const isJpeg2000 = encoding === 'jpeg-2000' || encoding === 'ht-jpeg-2000'
  return isJpeg2000 ? readJpeg2000(view) : readJpeg(view, encoding)
}
