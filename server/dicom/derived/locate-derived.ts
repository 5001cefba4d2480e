import type { FileKind } from '../classify.ts'
import type { CleanDataSet } from '../deidentify/clean-data-set.ts'
import { locateFrames } from '../part10/locate-frames.ts'
import type { Header } from '../part10/read-header.ts'
import { DicomError } from '../problem.ts'
import type { SealedReader } from '../sealed-file.ts'
import type { PixelLocation } from '../slice-source.ts'
import { readSegmentation } from './segmentation.ts'

/**
 * Where each frame of a segmentation lies; contours have none. Refuses in the thread, with a
 * DicomError, what contradicts itself or is too large.
 */
export async function locateDerived(
  { kind }: FileKind,
  reader: SealedReader,
  { transferSyntax, pixelData }: Header,
  dataSet: CleanDataSet,
): Promise<readonly PixelLocation[]> {
  if (kind !== 'segmentation') return []
  if (!pixelData) throw new DicomError('no-pixel-data')
  const segmentation = readSegmentation(dataSet)
  const { length } = segmentation.frames
  return await locateFrames(reader, pixelData, transferSyntax, segmentation, length)
}
