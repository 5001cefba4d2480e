import { maxSliceBytes } from '../bounds.ts'
import type { Header } from '../part10/read-header.ts'
import { DicomError } from '../problem.ts'
import { headerNumbers } from './header-numbers.ts'
import { type Palette, readPalette } from './palette.ts'

const interpretations = [
  'MONOCHROME1',
  'MONOCHROME2',
  'PALETTE COLOR',
  'RGB',
  'YBR_FULL',
  'YBR_FULL_422',
  'YBR_ICT',
  'YBR_RCT',
] as const

export type PhotometricInterpretation = (typeof interpretations)[number]

/** What the pixels of a picture mean (PS3.3 C.7.6.3), grey or in colour; a frame of it in a cine. */
export interface PictureDescription {
  readonly rows: number
  readonly columns: number
  readonly samplesPerPixel: 1 | 3
  readonly bitsAllocated: 1 | 8 | 16
  readonly bitsStored: number
  readonly highBit: number
  readonly signed: boolean
  readonly photometricInterpretation: PhotometricInterpretation
  /** Native samples lie in three planes. */
  readonly isPlanar: boolean
  /** Of a native pixel; see `FrameSize`. */
  readonly storedSamples: number
  /** Present with `PALETTE COLOR`. */
  readonly palette?: Palette
}

/** Throws `bad-pixel-description`, in words where it is a description that others understand. */
export function pictureDescription(header: Header): PictureDescription {
  const number = (tag: string) => headerNumbers(header, tag)[0]
  const rows = number('x00280010') ?? 0
  const columns = number('x00280011') ?? 0
  const samplesPerPixel = number('x00280002') ?? 1
  const bitsAllocated = number('x00280100') ?? 0
  const bitsStored = number('x00280101') ?? bitsAllocated
  const highBit = number('x00280102') ?? bitsStored - 1
  const signed = number('x00280103') === 1
  if (bitsAllocated === 32 || bitsAllocated === 64) throw refusal(`${bitsAllocated} bits a pixel`)
  if (bitsAllocated !== 1 && bitsAllocated !== 8 && bitsAllocated !== 16) throw refusal()
  const bitsFit = bitsStored >= 1 && highBit >= bitsStored - 1 && highBit < bitsAllocated
  if (!bitsFit || rows < 1 || columns < 1) throw refusal()
  const photometricInterpretation = interpretationOf(header, samplesPerPixel)
  const isColour = samplesPerPixel === 3
  if ((samplesPerPixel !== 1 && !isColour) || (isColour && bitsAllocated === 1)) throw refusal()
  if (rows * columns * samplesPerPixel * 2 > maxSliceBytes) throw new DicomError('too-large')
  const isNative = header.transferSyntax.pixels === 'native'
  const isHalved = isNative && photometricInterpretation === 'YBR_FULL_422'
  if (isHalved && (columns % 2 === 1 || bitsAllocated !== 8)) throw refusal()
  return {
    rows,
    columns,
    samplesPerPixel: isColour ? 3 : 1,
    bitsAllocated,
    bitsStored,
    highBit,
    signed,
    photometricInterpretation,
    isPlanar: isColour && isNative && number('x00280006') === 1,
    storedSamples: isHalved ? 2 : samplesPerPixel,
    ...(photometricInterpretation === 'PALETTE COLOR' && { palette: readPalette(header) }),
  }
}

function interpretationOf(header: Header, samplesPerPixel: number): PhotometricInterpretation {
  const { bytes, elements } = header
  const element = elements.x00280004
  const from = element?.dataOffset ?? 0
  const value = Buffer.from(bytes.subarray(from, from + Math.min(16, element?.length ?? 0)))
  const said = value.toString('latin1').replace(/[\0 ]+$/, '')
  const known = interpretations.find((each) => each === said)
  if (!known) throw refusal('colours that are coded in an unusual way')
  const isGrey = known.startsWith('MONOCHROME') || known === 'PALETTE COLOR'
  if (isGrey !== (samplesPerPixel === 1)) throw refusal()
  return known
}

function refusal(what?: string): DicomError {
  const words = what && `Pictures with ${what} are not imported.`
  return new DicomError('bad-pixel-description', words)
}
