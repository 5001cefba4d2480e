import { maxFragments, maxSliceBytes } from '../bounds.ts'
import { DicomError } from '../problem.ts'
import type { SealedReader } from '../sealed-file.ts'
import type { Fragment } from '../slice-source.ts'
import type { PixelDataElement } from './pixel-data-element.ts'

/** What encapsulated pixels consist of (PS3.5 A.4). */
export interface Fragments {
  /** Basic Offset Table: where each frame's first item begins, from the first fragment's item on. */
  readonly offsetTable: readonly number[]
  /** Where the first fragment's item begins; what both tables count from. */
  readonly base: number
  /** Those that are empty too. */
  readonly fragments: readonly Fragment[]
}

const itemHeadBytes = 8
const item = 0xfffee000
const sequenceDelimitationItem = 0xfffee0dd

/**
 * Walks the item headers without reading what is in them. Throws `truncated` where an item is longer
 * than the file, `too-large` for more than there may be, `pixel-decode-failed` for anything else.
 */
export async function readFragments(
  file: SealedReader,
  { offset, availableBytes }: PixelDataElement,
): Promise<Fragments> {
  const window = new Window(file)
  const fragments: Fragment[] = []
  let offsetTable: readonly number[] | undefined
  let base = offset
  let position = offset
  while (position < availableBytes) {
    const head = await window.at(position, itemHeadBytes)
    const tag = head.getUint16(0, true) * 0x10000 + head.getUint16(2, true)
    if (tag === sequenceDelimitationItem) break
    if (tag !== item) throw new DicomError('pixel-decode-failed')
    const length = head.getUint32(4, true)
    position += itemHeadBytes
    if (position + length > availableBytes) throw new DicomError('truncated')
    if (fragments.length >= maxFragments || length > maxSliceBytes) {
      throw new DicomError('too-large')
    }
    if (offsetTable) fragments.push({ offset: position, length })
    else {
      offsetTable = await readOffsetTable(window, position, length)
      base = position + length
    }
    position += length
  }
  return { offsetTable: offsetTable ?? [], base, fragments }
}

async function readOffsetTable(
  window: Window,
  position: number,
  length: number,
): Promise<readonly number[]> {
  if (length > 4 * maxFragments) throw new DicomError('too-large')
  const table = await window.at(position, length)
  return Array.from({ length: Math.floor(length / 4) }, (_, n) => table.getUint32(4 * n, true))
}

const windowBytes = 4096

/** A stretch of the file kept, so that many small items are not as many reads. */
class Window {
  readonly #file: SealedReader
  #start = 0
  #bytes: Uint8Array = new Uint8Array()

  constructor(file: SealedReader) {
    this.#file = file
  }

  /** Throws `truncated` where the file has fewer bytes. */
  async at(position: number, length: number): Promise<DataView> {
    const end = this.#start + this.#bytes.length
    if (position < this.#start || position + length > end) {
      this.#bytes = await this.#file.read(position, Math.max(length, windowBytes))
      this.#start = position
      if (this.#bytes.length < length) throw new DicomError('truncated')
    }
    const { buffer, byteOffset } = this.#bytes
    return new DataView(buffer, byteOffset + position - this.#start, length)
  }
}
