import type { Instance, PixelDescription, Rescale } from '../instance.ts'
import { DicomError } from '../problem.ts'
import type { SliceDataType, StoredSlice } from '../slice-source.ts'

/** What the numbers of a series mean and how they are kept. */
export interface SeriesValues {
  readonly dataType: SliceDataType
  readonly unit: 'HU' | 'stored'
  readonly sourceOf: (instance: Instance) => StoredSlice
}

/**
 * CT: rescaled per slice to int16 HU, halves to even. MR: rescaled where slope and intercept are
 * whole numbers; otherwise the stored values are kept, which says the same if all slices share the
 * scale and is refused as `mixed-rescale` if they do not.
 */
export function seriesValues(instances: readonly Instance[]): SeriesValues {
  const isCt = instances[0]!.modality === 'CT'
  const scales = isCt || instances.every(({ rescale }) => isWhole(rescale))
  if (!scales && new Set(instances.map(({ rescale }) => JSON.stringify(rescale))).size > 1) {
    throw new DicomError('mixed-rescale')
  }
  const rescaleOf = (instance: Instance) => (scales ? instance.rescale : identity)
  const dataType = isCt ? 'int16' : smallestType(instances, rescaleOf)
  const unit = isCt && instances.every(isHounsfield) ? 'HU' : 'stored'
  const sourceOf = (instance: Instance): StoredSlice => ({
    kind: 'stored',
    ...instance.pixels,
    fileIndex: instance.fileIndex,
    file: instance.file,
    location: instance.location,
    rescale: rescaleOf(instance),
    dataType,
  })
  return { dataType, unit, sourceOf }
}

/** Rescaled Pixel Padding Value where all slices agree on one. */
export function paddingValue(sources: readonly StoredSlice[]): number | undefined {
  const values = new Set(
    sources.map(({ padding, rescale, dataType }) => {
      if (padding === undefined) return undefined
      const [low, high] = limits[dataType]
      return Math.min(high, Math.max(low, Math.round(padding * rescale.slope + rescale.intercept)))
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

function smallestType(
  instances: readonly Instance[],
  rescaleOf: (instance: Instance) => Rescale,
): SliceDataType {
  const ranges = instances.map((instance) => possibleRange(instance.pixels, rescaleOf(instance)))
  const low = Math.min(...ranges.map(([least]) => least))
  const high = Math.max(...ranges.map(([, greatest]) => greatest))
  return high > limits.int16[1] && low >= 0 ? 'uint16' : 'int16'
}

function isWhole({ slope, intercept }: Rescale): boolean {
  return Number.isInteger(slope) && Number.isInteger(intercept)
}

/** HU unless the header says another unit (PS3.3 C.8.2.1: Rescale Type) or does not say a scale. */
function isHounsfield({ dataSet }: Instance): boolean {
  const type = dataSet.string('RescaleType')
  const isScaled = dataSet.has('RescaleSlope') && dataSet.has('RescaleIntercept')
  return isScaled && (type === undefined || type === 'HU')
}
