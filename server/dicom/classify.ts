import type { CleanDataSet } from './deidentify/clean-data-set.ts'
import type { VolumeModality } from './instance.ts'
import { DicomError, type ProblemCode } from './problem.ts'

const storage = '1.2.840.10008.5.1.4.1.1'

/** What a file is to us. */
export type FileKind =
  | { readonly kind: 'volume'; readonly modality: VolumeModality }
  /** Labels on the grid of another series: SEG and label map SEG. */
  | { readonly kind: 'segmentation' }
  /** RTSTRUCT. */
  | { readonly kind: 'contours' }
  /** One image or a cine that lies nowhere in particular; its modality is a defined term. */
  | { readonly kind: 'picture'; readonly modality: string; readonly isCapture: boolean }

type Found = FileKind | ProblemCode

const volume = (modality: VolumeModality): Found => ({ kind: 'volume', modality })
const picture = (modality: string): Found => ({ kind: 'picture', modality, isCapture: false })
const capture: Found = { kind: 'picture', modality: 'OT', isCapture: true }

/** SOP classes by what they are to us (PS3.4 B.5), longest prefix first. */
const kinds: readonly (readonly [prefix: string, found: Found])[] = [
  [`${storage}.2`, volume('CT')],
  [`${storage}.4.2`, 'not-an-image'],
  [`${storage}.4.3`, 'colour-image'],
  [`${storage}.4`, volume('MR')],
  [`${storage}.128`, volume('PT')],
  [`${storage}.130`, volume('PT')],
  [`${storage}.66.4`, { kind: 'segmentation' }],
  [`${storage}.66.7`, { kind: 'segmentation' }],
  [`${storage}.481.3`, { kind: 'contours' }],
  [`${storage}.1.1`, picture('DX')],
  [`${storage}.1.2`, picture('MG')],
  [`${storage}.1`, picture('CR')],
  [`${storage}.3`, picture('US')],
  [`${storage}.6`, picture('US')],
  [`${storage}.7`, capture],
  [`${storage}.12`, picture('XA')],
  [`${storage}.77.1.6`, 'unsupported-modality'],
  [`${storage}.77.1`, picture('XC')],
  [`${storage}.11`, 'not-an-image'],
  [`${storage}.66`, 'derived-object'],
  [`${storage}.481.1`, 'unsupported-modality'],
  [`${storage}.481`, 'derived-object'],
  [`${storage}.88`, 'not-an-image'],
  [`${storage}.104`, 'not-an-image'],
  [`${storage}.9`, 'not-an-image'],
  [storage, 'unsupported-modality'],
  ['1.2.840.10008.1.3.10', 'not-an-image'],
]

/**
 * What becomes of a file, or a refusal that says what else it is. A file is set aside for what it
 * is before it is blamed for how it is written.
 */
export function classify(
  dataSet: CleanDataSet,
  mediaStorageSOPClassUID: string | undefined,
): FileKind {
  const uid = dataSet.string('SOPClassUID') ?? mediaStorageSOPClassUID
  const found = kinds.find(([prefix]) => uid === prefix || uid?.startsWith(`${prefix}.`))?.[1]
  const modality = dataSet.string('Modality')
  if (typeof found === 'object') return found
  if (found !== undefined && found !== 'unsupported-modality') throw new DicomError(found)
  if (modality === 'CT' || modality === 'MR' || modality === 'PT') {
    return { kind: 'volume', modality }
  }
  const isNothing = found === undefined && modality === undefined && !dataSet.has('Rows')
  throw new DicomError(isNothing ? 'not-an-image' : 'unsupported-modality')
}

/** Why a single picture is set aside. */
export function setAsideCode(what: Extract<FileKind, { kind: 'picture' }>): ProblemCode {
  return what.isCapture ? 'screenshot' : 'unsupported-modality'
}

/**
 * What scanners store as CT or MR images although they are pages: they carry the patient's name in
 * their pixels, and seldom say so in Burned In Annotation.
 */
const pages = /SCREEN ?SAVE|SCREEN ?SHOT|DOSE[_ ]?(INFO|REPORT)|PROTOCOL|CAPTURE/

/** Images of the right modality that still make no volume. */
export function refuseUnsuitable(dataSet: CleanDataSet): void {
  const imageType = dataSet.strings('ImageType')
  const photometric = dataSet.string('PhotometricInterpretation')
  if (imageType.includes('LOCALIZER')) throw new DicomError('localizer')
  if (imageType.some((value) => pages.test(value))) throw new DicomError('screenshot')
  if (imageType.includes('MOSAIC')) throw new DicomError('multi-frame', mosaicWords)
  const isColour = photometric !== undefined && !photometric.startsWith('MONOCHROME')
  const samples = dataSet.number('SamplesPerPixel') ?? 1
  // The greatest values of such an image stand for colours (PS3.3 C.8.16.2): they measure nothing.
  const hasColours = ['COLOR', 'MIXED'].includes(dataSet.string('PixelPresentation') ?? '')
  if (isColour || samples > 1 || hasColours) throw new DicomError('colour-image')
}

const mosaicWords = 'Mosaics (many slices tiled into one image) are not imported.'
