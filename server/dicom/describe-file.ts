import { defaultProfile, type Profile } from '../config/privacy-config.ts'
import { classify, refuseUnsuitable, setAsideCode } from './classify.ts'
import type { CleanDataSet } from './deidentify/clean-data-set.ts'
import { deidentify } from './deidentify/deidentify.ts'
import { DeidentificationTally } from './deidentify/report.ts'
import { asUnlinked } from './deidentify/unlinked.ts'
import { readValues } from './deidentify/value.ts'
import { locateDerived } from './derived/locate-derived.ts'
import { pixelDescription } from './describe-instance.ts'
import type { DescribedFile, Description, SpooledFile } from './described-file.ts'
import { frameCount } from './frames/functional-groups.ts'
import type { VolumeModality } from './instance.ts'
import { readOriginal } from './original.ts'
import { locateFrames } from './part10/locate-frames.ts'
import { type Header, readHeader } from './part10/read-header.ts'
import { DicomError } from './problem.ts'
import { SealedReader } from './sealed-file.ts'
import { suvbwOf } from './suv.ts'
import { collectIdentifying } from './verify/collect-identifying.ts'

/**
 * Reads everything of one file but its pixels. Meant for a thread: a header may have a million
 * elements. Nothing that the file contains makes it throw; a disk that fails does.
 */
export async function describeFile(
  file: SpooledFile,
  profile: Profile = defaultProfile,
): Promise<Description> {
  const tally = new DeidentificationTally()
  try {
    return { described: await describe(file, tally, profile) }
  } catch (error) {
    if (isOfTheSystem(error)) throw error
    const { code, message } =
      error instanceof DicomError ? error : new DicomError('unreadable', undefined)
    const refused = { code, message, fileIndex: file.fileIndex }
    return { refused, deidentification: tally.report() }
  }
}

async function describe(
  file: SpooledFile,
  tally: DeidentificationTally,
  profile: Profile,
): Promise<DescribedFile> {
  await using reader = await SealedReader.open(file)
  const header = await readHeader(reader)
  const values = deidentify(header, tally, profile)
  const dataSet = asUnlinked(values)
  const what = classify(dataSet, mediaStorageSOPClassUID(header))
  if (what.kind === 'picture') throw new DicomError(setAsideCode(what))
  const pixels =
    what.kind === 'volume'
      ? await volumePixels(reader, header, dataSet, what.modality)
      : { locations: await locateDerived(what, reader, header, dataSet) }
  if (!dataSet.string('SeriesInstanceUID')) throw new DicomError('unreadable')
  return {
    file,
    what,
    original: readOriginal(header),
    values,
    ...pixels,
    identifying: await collectIdentifying(reader),
    deidentification: tally.report(),
  }
}

async function volumePixels(
  reader: SealedReader,
  header: Header,
  dataSet: CleanDataSet,
  modality: VolumeModality,
): Promise<Pick<DescribedFile, 'pixels' | 'locations' | 'suvbwFactor' | 'suvbwMissing'>> {
  const { transferSyntax, pixelData } = header
  if (!pixelData) throw new DicomError('no-pixel-data')
  refuseUnsuitable(dataSet)
  const frames = frameCount(dataSet)
  const pixels = pixelDescription(dataSet)
  const locations = await locateFrames(reader, pixelData, transferSyntax, pixels, frames)
  const suvbw = modality === 'PT' ? suvbwOf(header) : undefined
  if (!suvbw) return { pixels, locations }
  const factor = 'factor' in suvbw ? { suvbwFactor: suvbw.factor } : { suvbwMissing: suvbw.missing }
  return { pixels, locations, ...factor }
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
