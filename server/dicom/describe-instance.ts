import { maxSliceBytes } from './bounds.ts'
import type { CleanDataSet } from './deidentify/clean-data-set.ts'
import type { ImagePlane, PixelDescription, Rescale, VolumeModality } from './instance.ts'
import { DicomError } from './problem.ts'

/** Throws `bad-pixel-description` for anything that is not one grey sample of 8 or 16 bits. */
export function pixelDescription(dataSet: CleanDataSet): PixelDescription {
  const rows = dataSet.number('Rows') ?? 0
  const columns = dataSet.number('Columns') ?? 0
  const bitsAllocated = dataSet.number('BitsAllocated')
  const bitsStored = dataSet.number('BitsStored') ?? bitsAllocated ?? 0
  const highBit = dataSet.number('HighBit') ?? bitsStored - 1
  const representation = dataSet.number('PixelRepresentation') ?? 0
  if ((dataSet.number('SamplesPerPixel') ?? 1) !== 1) throw new DicomError('bad-pixel-description')
  if (bitsAllocated !== 8 && bitsAllocated !== 16) throw new DicomError('bad-pixel-description')
  const bitsFit = bitsStored >= 1 && highBit >= bitsStored - 1 && highBit < bitsAllocated
  if (!bitsFit || representation > 1 || rows < 1 || columns < 1) {
    throw new DicomError('bad-pixel-description')
  }
  if (rows * columns * 2 > maxSliceBytes) throw new DicomError('too-large')
  const signed = representation === 1
  const padding = signedPadding(dataSet.number('PixelPaddingValue'), signed)
  return { rows, columns, bitsAllocated, bitsStored, highBit, signed, padding }
}

/** Throws `bad-geometry` where the plane cannot be placed in the patient. */
export function imagePlane(dataSet: CleanDataSet): ImagePlane {
  const position = dataSet.numbers('ImagePositionPatient')
  const orientation = dataSet.numbers('ImageOrientationPatient')
  const spacing = dataSet.numbers('PixelSpacing')
  const isComplete = position.length === 3 && orientation.length === 6 && spacing.length === 2
  const isNumber = [...position, ...orientation, ...spacing].every(Number.isFinite)
  if (!isComplete || !isNumber) throw new DicomError('bad-geometry')
  if (position.some((mm) => Math.abs(mm) > maxPositionMm)) throw new DicomError('bad-geometry')
  if (spacing.some((mm) => mm < minSpacingMm || mm > maxSpacingMm)) {
    throw new DicomError('bad-geometry')
  }
  const row = three(orientation.slice(0, 3))
  const column = three(orientation.slice(3))
  const isUnit = [row, column].every((axis) => Math.abs(Math.hypot(...axis) - 1) < directionError)
  const cosine = row[0] * column[0] + row[1] * column[1] + row[2] * column[2]
  if (!isUnit || Math.abs(cosine) > directionError) throw new DicomError('bad-geometry')
  return { position: three(position), row, column, spacingMm: [spacing[0]!, spacing[1]!] }
}

/**
 * Throws `bad-pixel-description` for a scale that is zero, no number or beyond reason. A PET that
 * maps its values to Bq/ml (PS3.3 C.7.6.16.2.11) is scaled by that.
 */
export function rescale(dataSet: CleanDataSet, modality: VolumeModality): Rescale {
  if (dataSet.has('ModalityLUTSequence')) {
    throw new DicomError('bad-pixel-description', 'Images with a modality table are not imported.')
  }
  const activity = modality === 'PT' ? activityMapping(dataSet) : undefined
  const slope = activity?.number('RealWorldValueSlope') ?? dataSet.number('RescaleSlope') ?? 1
  const intercept =
    activity?.number('RealWorldValueIntercept') ?? dataSet.number('RescaleIntercept') ?? 0
  const isSane = Math.abs(slope) > 1e-9 && Math.abs(slope) < 1e6 && Math.abs(intercept) < 1e9
  if (!isSane) throw new DicomError('bad-pixel-description')
  return { slope, intercept }
}

/** Whether the rescaled values of a PET are Bq/ml. */
export function isActivityConcentration(dataSet: CleanDataSet): boolean {
  const units = dataSet.string('Units') ?? dataSet.string('RescaleType')
  return units === 'BQML' || activityMapping(dataSet) !== undefined
}

function activityMapping(dataSet: CleanDataSet): CleanDataSet | undefined {
  if (dataSet.has('Units')) return undefined
  return dataSet
    .items('RealWorldValueMappingSequence')
    .find((mapping) =>
      mapping
        .items('MeasurementUnitsCodeSequence')
        .some((unit) => ['Bq/ml', 'Bq/mL'].includes(unit.string('CodeValue') ?? '')),
    )
}

const maxPositionMm = 1e5
const minSpacingMm = 1e-3
const maxSpacingMm = 100
/** A thousandth over 300 mm is 0.3 mm; scanners write six digits and stay far below. */
const directionError = 1e-3

function signedPadding(padding: number | undefined, signed: boolean): number | undefined {
  return padding !== undefined && signed && padding > 0x7fff ? padding - 0x10000 : padding
}

function three(values: readonly number[]): readonly [number, number, number] {
  return [values[0]!, values[1]!, values[2]!]
}
