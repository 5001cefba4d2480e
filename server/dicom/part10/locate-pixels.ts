import { maxFragments, maxSliceBytes } from '../bounds.ts'
import type { PixelDescription } from '../instance.ts'
import { DicomError } from '../problem.ts'
import type { SealedReader } from '../sealed-file.ts'
import type { Fragment, PixelLocation } from '../slice-source.ts'
import type { PixelDataElement } from './read-header.ts'
import type { TransferSyntax } from './transfer-syntax.ts'

/** Finds the bytes of the image without reading them, and refuses what the file does not hold. */
export async function locatePixels(
  file: SealedReader,
  pixelData: PixelDataElement,
  transferSyntax: TransferSyntax,
  pixels: PixelDescription,
): Promise<PixelLocation> {
  const encoding = transferSyntax.pixels
  if (encoding === undefined) throw new DicomError('unsupported-transfer-syntax')
  const isFramed = pixelData.length === undefined
  if (encoding !== 'native') {
    if (!isFramed) throw new DicomError('bad-pixel-description')
    const { lossy } = transferSyntax
    return { kind: 'encapsulated', encoding, lossy, fragments: await fragmentsOf(file, pixelData) }
  }
  if (isFramed) throw new DicomError('bad-pixel-description')
  const bytes = (pixels.rows * pixels.columns * pixels.bitsAllocated) / 8
  const { offset, deflatedFrom, availableBytes } = pixelData
  const length = pixelData.length ?? 0
  if (offset + Math.max(length, bytes) > availableBytes) throw new DicomError('truncated')
  if (length < bytes) throw new DicomError('bad-pixel-description')
  if (deflatedFrom !== undefined) return { kind: 'deflated', offset, deflatedFrom }
  const { bigEndian } = transferSyntax
  // Single bytes travel in swapped words there, which no scanner has written for decades.
  if (bigEndian && pixels.bitsAllocated === 8) throw new DicomError('unsupported-transfer-syntax')
  return { kind: 'native', offset, bigEndian }
}

const item = 0xfffee000
const sequenceDelimitationItem = 0xfffee0dd

/** Walks the item headers of encapsulated pixels (PS3.5 A.4), past the offset table. */
async function fragmentsOf(file: SealedReader, pixelData: PixelDataElement): Promise<Fragment[]> {
  const fragments: Fragment[] = []
  let position = pixelData.offset
  for (let index = 0; position < pixelData.availableBytes; index++) {
    const head = await file.read(position, 8)
    if (head.length < 8) throw new DicomError('truncated')
    const tag = head.readUInt16LE(0) * 0x10000 + head.readUInt16LE(2)
    if (tag === sequenceDelimitationItem) break
    if (tag !== item) throw new DicomError('pixel-decode-failed')
    const length = head.readUInt32LE(4)
    position += 8
    if (position + length > pixelData.availableBytes) throw new DicomError('truncated')
    if (index > maxFragments || length > maxSliceBytes) throw new DicomError('too-large')
    if (index > 0 && length > 0) fragments.push({ offset: position, length })
    position += length
  }
  if (fragments.length === 0) throw new DicomError('no-pixel-data')
  return fragments
}
