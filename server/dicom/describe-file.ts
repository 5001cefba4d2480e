import { classify, refuseUnsuitable, setAsideCode } from './classify.ts'
import { deidentify } from './deidentify/deidentify.ts'
import { DeidentificationTally } from './deidentify/report.ts'
import { asUnlinked } from './deidentify/unlinked.ts'
import { readValues } from './deidentify/value.ts'
import { pixelDescription } from './describe-instance.ts'
import type { DescribedFile, Description, SpooledFile } from './described-file.ts'
import { frameCount } from './frames/functional-groups.ts'
import { readOriginal } from './original.ts'
import { locateFrames } from './part10/locate-frames.ts'
import { type Header, readHeader } from './part10/read-header.ts'
import { DicomError } from './problem.ts'
import { SealedReader } from './sealed-file.ts'
import { suvbwOf } from './suv.ts'

/**
 * Reads everything of one file but its pixels. Meant for a thread: a header may have a million
 * elements. Nothing that the file contains makes it throw; a disk that fails does.
 */
export async function describeFile(file: SpooledFile): Promise<Description> {
  const tally = new DeidentificationTally()
  try {
    return { described: await describe(file, tally) }
  } catch (error) {
    if (isOfTheSystem(error)) throw error
    const { code, message } =
      error instanceof DicomError ? error : new DicomError('unreadable', undefined)
    const refused = { code, message, fileIndex: file.fileIndex }
    return { refused, deidentification: tally.report() }
  }
}

async function describe(file: SpooledFile, tally: DeidentificationTally): Promise<DescribedFile> {
  await using reader = await SealedReader.open(file)
  const header = await readHeader(reader)
  const values = deidentify(header, tally)
  const dataSet = asUnlinked(values)
  const what = classify(dataSet, mediaStorageSOPClassUID(header))
  if (what.kind !== 'volume') throw new DicomError(setAsideCode(what))
  const { transferSyntax, pixelData } = header
  if (!pixelData) throw new DicomError('no-pixel-data')
  refuseUnsuitable(dataSet)
  if (!dataSet.string('SeriesInstanceUID')) throw new DicomError('unreadable')
  const frames = frameCount(dataSet)
  const pixels = pixelDescription(dataSet)
  const locations = await locateFrames(reader, pixelData, transferSyntax, pixels, frames)
  const original = readOriginal(header)
  const suvbw = what.modality === 'PT' ? suvbwOf(header) : undefined
  return {
    file,
    what,
    original,
    values,
    pixels,
    locations,
    ...(suvbw &&
      ('factor' in suvbw ? { suvbwFactor: suvbw.factor } : { suvbwMissing: suvbw.missing })),
    deidentification: tally.report(),
  }
}

/** A disk that fails is not the file's fault. */
function isOfTheSystem(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}

function mediaStorageSOPClassUID({ bytes, fileMeta }: Header): string | undefined {
  const element = fileMeta.elements.x00020002
  if (!element) return undefined
  const value = bytes.subarray(element.dataOffset, element.dataOffset + element.length)
  const uid = readValues('UI', value, false)?.[0]
  return typeof uid === 'string' && uid ? uid : undefined
}
