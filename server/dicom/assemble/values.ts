import { isActivityConcentration } from '../describe-instance.ts'
import type { Instance, PixelDescription, Rescale } from '../instance.ts'
import type { SliceDataType, StoredSlice } from '../slice-source.ts'

/** What the numbers of a series mean and how they are kept. */
export interface SeriesValues {
  readonly dataType: SliceDataType
  readonly unit: 'HU' | 'stored' | 'Bq/ml'
  readonly sourceOf: (instance: Instance) => StoredSlice
}

/**
 * CT: rescaled per slice to int16, halves to even. PET: rescaled per slice to float32. MR: see
 * `keepsStored`; otherwise rescaled, to 16 bits where the scales are whole numbers, else to float32.
 */
export function seriesValues(instances: readonly Instance[]): SeriesValues {
  const isStored = keepsStored(instances)
  const rescaleOf = (instance: Instance) => (isStored ? identity : instance.rescale)
  const dataType = dataTypeOf(instances, rescaleOf)
  const sourceOf = (instance: Instance): StoredSlice => ({
    kind: 'stored',
    ...instance.pixels,
    fileIndex: instance.fileIndex,
    file: instance.file,
    location: instance.location,
    rescale: rescaleOf(instance),
    dataType,
  })
  return { dataType, unit: unitOf(instances), sourceOf }
}

/**
 * MR values have no unit: where all slices share one scale that would make fractions of them, or more
 * than 16 bits, the stored ones say the same and are exact.
 */
export function keepsStored(instances: readonly Instance[]): boolean {
  if (instances[0]!.modality !== 'MR' || !hasOneScale(instances)) return false
  const [low, high] = rangeOf(instances, ({ rescale }) => rescale)
  const fits = low >= limits.int16[0] && high <= limits[low < 0 ? 'int16' : 'uint16'][1]
  return !isWhole(instances[0]!.rescale) || !fits
}

export function hasOneScale([first, ...others]: readonly Instance[]): boolean {
  const { slope, intercept } = first!.rescale
  return others.every(({ rescale }) => rescale.slope === slope && rescale.intercept === intercept)
}

export function isWhole({ slope, intercept }: Rescale): boolean {
  return Number.isInteger(slope) && Number.isInteger(intercept)
}

/** Rescaled Pixel Padding Value where all slices agree on one. */
export function paddingValue(sources: readonly StoredSlice[]): number | undefined {
  const values = new Set(
    sources.map(({ padding, rescale, dataType }) => {
      if (padding === undefined) return undefined
      const value = padding * rescale.slope + rescale.intercept
      if (dataType === 'float32') return Math.fround(value)
      const [low, high] = limits[dataType]
      return Math.min(high, Math.max(low, Math.round(value)))
    }),
  )
  return values.size === 1 ? [...values][0] : undefined
}

/** The series' own window (PS3.3 C.11.2.1.2), from its middle slice, in output values. */
export function headerWindow(instances: readonly Instance[], rescaled: Rescale) {
  const { dataSet, rescale } = instances[Math.floor(instances.length / 2)]!
  const center = dataSet.number('WindowCenter') ?? Number.NaN
  const width = dataSet.number('WindowWidth') ?? Number.NaN
  const toOutput = rescaled.slope / rescale.slope
  const windowCenter = (center - rescale.intercept) * toOutput + rescaled.intercept
  const windowWidth = Math.abs(width * toOutput)
  const isSane = Math.abs(windowCenter) < 1e6 && windowWidth >= 1 && windowWidth < 1e6
  return isSane ? { windowCenter, windowWidth } : undefined
}

/** The slices' common one; undefined too where it differs, which says that a header is wrong. */
export function seriesSuvbwFactor(instances: readonly Instance[]): number | undefined {
  const factors = instances.map(({ suvbwFactor }) => suvbwFactor)
  const middle = factors[Math.floor(factors.length / 2)]
  if (middle === undefined) return undefined
  const isCommon = factors.every((each) => each && Math.abs(each / middle - 1) < suvbwTolerance)
  return isCommon ? middle : undefined
}

/** Acquisition times are whole seconds, which move the factor by a part of this. */
const suvbwTolerance = 1e-3

const identity: Rescale = { slope: 1, intercept: 0 }

export const limits: Readonly<Record<SliceDataType, readonly [number, number]>> = {
  int16: [-0x8000, 0x7fff],
  uint16: [0, 0xffff],
  float32: [-Infinity, Infinity],
}

/** Least and greatest value that the bits can hold, rescaled. */
export function possibleRange(
  { bitsStored, signed }: Pick<PixelDescription, 'bitsStored' | 'signed'>,
  { slope, intercept }: Rescale,
): readonly [number, number] {
  const low = signed ? -(2 ** (bitsStored - 1)) : 0
  const high = signed ? 2 ** (bitsStored - 1) - 1 : 2 ** bitsStored - 1
  const ends = [low * slope + intercept, high * slope + intercept]
  return [Math.min(...ends), Math.max(...ends)]
}

function dataTypeOf(
  instances: readonly Instance[],
  rescaleOf: (instance: Instance) => Rescale,
): SliceDataType {
  const { modality } = instances[0]!
  if (modality === 'CT') return 'int16'
  if (modality === 'PT' || !instances.every((each) => isWhole(rescaleOf(each)))) return 'float32'
  const [low, high] = rangeOf(instances, rescaleOf)
  return high > limits.int16[1] && low >= 0 ? 'uint16' : 'int16'
}

function rangeOf(
  instances: readonly Instance[],
  rescaleOf: (instance: Instance) => Rescale,
): readonly [number, number] {
  const ranges = instances.map((instance) => possibleRange(instance.pixels, rescaleOf(instance)))
  const low = Math.min(...ranges.map(([least]) => least))
  const high = Math.max(...ranges.map(([, greatest]) => greatest))
  return [low, high]
}

function unitOf(instances: readonly Instance[]): SeriesValues['unit'] {
  const { modality } = instances[0]!
  if (modality === 'CT' && instances.every(isHounsfield)) return 'HU'
  const isActivity =
    modality === 'PT' && instances.every(({ dataSet }) => isActivityConcentration(dataSet))
  return isActivity ? 'Bq/ml' : 'stored'
}

/** HU unless the header says another unit (PS3.3 C.8.2.1: Rescale Type) or does not say a scale. */
function isHounsfield({ dataSet }: Instance): boolean {
  const type = dataSet.string('RescaleType')
  const isScaled = dataSet.has('RescaleSlope') && dataSet.has('RescaleIntercept')
  return isScaled && (type === undefined || type === 'HU')
}
