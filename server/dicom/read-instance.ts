import { open } from 'node:fs/promises'
import { classify, refuseUnsuitable } from './classify.ts'
import { deidentify } from './deidentify/deidentify.ts'
import type { Pseudonyms } from './deidentify/pseudonym.ts'
import type { DeidentificationTally } from './deidentify/report.ts'
import { readValues } from './deidentify/value.ts'
import { imagePlane, pixelDescription, rescale } from './describe-instance.ts'
import type { Instance } from './instance.ts'
import { locatePixels } from './part10/locate-pixels.ts'
import { type Header, readHeader } from './part10/read-header.ts'
import { DicomError } from './problem.ts'

export interface SpooledFile {
  readonly fileIndex: number
  /** Ours: where the bytes were put, never what the sender called them. */
  readonly path: string
  readonly bytes: number
}

/** Reads the description of one file, de-identified; a DicomError says why there is no image. */
export async function readInstance(
  { fileIndex, path }: SpooledFile,
  pseudonyms: Pseudonyms,
  tally: DeidentificationTally,
): Promise<Instance> {
  await using file = await open(path)
  const { size } = await file.stat()
  const header = await readHeader(file, size)
  const { dataSet, patient } = deidentify(header, pseudonyms, tally)
  const modality = classify(dataSet, mediaStorageSOPClassUID(header))
  const { transferSyntax, pixelData } = header
  if (!pixelData) throw new DicomError('no-pixel-data')
  refuseUnsuitable(dataSet)
  if (!dataSet.string('SeriesInstanceUID')) throw new DicomError('unreadable')
  const pixels = pixelDescription(dataSet)
  const location = await locatePixels(file, pixelData, transferSyntax, pixels)
  const plane = imagePlane(dataSet)
  return {
    fileIndex,
    path,
    patient,
    modality,
    dataSet,
    pixels,
    plane,
    location,
    rescale: rescale(dataSet),
  }
}

function mediaStorageSOPClassUID({ bytes, fileMeta }: Header): string | undefined {
  const element = fileMeta.elements.x00020002
  if (!element) return undefined
  const value = bytes.subarray(element.dataOffset, element.dataOffset + element.length)
  const uid = readValues('UI', value, false)?.[0]
  return typeof uid === 'string' && uid ? uid : undefined
}
