import type { Keyword } from '../../../shared/dicom/attributes.ts'
import type { CleanDataSet } from '../deidentify/clean-data-set.ts'
import type { Instance } from '../instance.ts'
import { kernelCode } from './kernel.ts'

export interface ShownAttribute {
  readonly keyword: string
  readonly value: number | string
}

/** The only numbers and codes of a data set that leave, each with the values it may have. */
const numeric: readonly Keyword[] = [
  'SliceThickness',
  'KVP',
  'XRayTubeCurrent',
  'ExposureTime',
  'Exposure',
  'CTDIvol',
  'GantryDetectorTilt',
  'MagneticFieldStrength',
  'RepetitionTime',
  'EchoTime',
  'InversionTime',
  'FlipAngle',
  'DiffusionBValue',
]
const coded: readonly (readonly [Keyword, ReadonlySet<string>])[] = [
  ['ScanningSequence', new Set(['SE', 'IR', 'GR', 'EP', 'RM'])],
  ['MRAcquisitionType', new Set(['2D', '3D'])],
  ['LossyImageCompression', new Set(['01'])],
]

/** Attributes on which all slices agree. */
export function shownAttributes(instances: readonly Instance[]): readonly ShownAttribute[] {
  const numbers = numeric.map((keyword) => ({
    keyword,
    value: common(instances, (dataSet) => shortNumber(dataSet.number(keyword))),
  }))
  const codes = coded.map(([keyword, allowed]) => ({
    keyword,
    value: common(instances, (dataSet) => {
      const values = dataSet.strings(keyword)
      return values.length > 0 && values.every((code) => allowed.has(code))
        ? values.join('\\')
        : undefined
    }),
  }))
  const kernel = common(instances, (dataSet) => kernelCode(dataSet.string('ConvolutionKernel')))
  return [...numbers, ...codes, { keyword: 'ConvolutionKernel', value: kernel }].filter(
    (shown): shown is ShownAttribute => shown.value !== undefined,
  )
}

function common<T>(
  instances: readonly Instance[],
  valueOf: (dataSet: CleanDataSet) => T | undefined,
): T | undefined {
  const first = valueOf(instances[0]!.dataSet)
  return instances.every(({ dataSet }) => valueOf(dataSet) === first) ? first : undefined
}

/** Six digits at most: a measured number, and no room for a patient number in its decimals. */
function shortNumber(value: number | undefined): number | undefined {
  if (value === undefined || !(Math.abs(value) < 1e5)) return undefined
  return Number(value.toPrecision(6))
}
