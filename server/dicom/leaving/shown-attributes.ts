import type { Keyword } from '../../../shared/dicom/attributes.ts'
import type { CleanDataSet } from '../deidentify/clean-data-set.ts'
import type { Instance } from '../instance.ts'
import { kernelCode } from './kernel.ts'
import { shortNumber } from './words.ts'

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
  ['Units', new Set(['BQML', 'CNTS', 'GML', 'CPS', 'PROPCPS', 'PROPCNTS'])],
  ['DecayCorrection', new Set(['START', 'ADMIN', 'NONE'])],
  ['LossyImageCompression', new Set(['01'])],
]

/** Attributes on which all slices agree. */
export function shownAttributes(instances: readonly Instance[]): readonly ShownAttribute[] {
  const shown = (
    keyword: Keyword,
    read: (dataSet: CleanDataSet) => number | string | undefined,
  ): readonly ShownAttribute[] => {
    const first = read(instances[0]!.dataSet)
    const isCommon = instances.every(({ dataSet }) => read(dataSet) === first)
    return isCommon && first !== undefined ? [{ keyword, value: first }] : []
  }
  return [
    ...numeric.flatMap((keyword) =>
      shown(keyword, (dataSet) => shortNumber(dataSet.number(keyword))),
    ),
    ...coded.flatMap(([keyword, allowed]) =>
      shown(keyword, (dataSet) => allowedCodes(dataSet.strings(keyword), allowed)),
    ),
    ...shown('ConvolutionKernel', (dataSet) => kernelCode(dataSet.string('ConvolutionKernel'))),
  ]
}

function allowedCodes(codes: readonly string[], allowed: ReadonlySet<string>): string | undefined {
  const isAllowed = codes.length > 0 && codes.every((code) => allowed.has(code))
  return isAllowed ? codes.join('\\') : undefined
}
