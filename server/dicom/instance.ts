import type { CleanDataSet } from './deidentify/clean-data-set.ts'
import type { OriginalReference } from './original.ts'
import type { SealedFile } from './sealed-file.ts'
import type { PixelLocation } from './slice-source.ts'
import type { SuvbwMissing } from './suv.ts'

/** What becomes a volume. */
export type VolumeModality = 'CT' | 'MR' | 'PT'

/** One image, a file's only one or a frame of it, as far as it is understood. */
export interface Instance {
  readonly fileIndex: number
  readonly file: SealedFile
  readonly modality: VolumeModality
  /** De-identified; what a frame's functional groups say of it stands in it as in a classic image. */
  readonly dataSet: CleanDataSet
  readonly pixels: PixelDescription
  readonly location: PixelLocation
  readonly plane: ImagePlane
  readonly rescale: Rescale
  /** Standardised uptake value (body weight) of one Bq/ml, of a PET whose header has what it takes. */
  readonly suvbwFactor?: number
  /** What the header of a PET lacks for it. */
  readonly suvbwMissing?: SuvbwMissing
  /** Identifies: for the vault alone. */
  readonly original: OriginalReference
}

/** PS3.3 C.7.6.3. */
export interface PixelDescription {
  readonly rows: number
  readonly columns: number
  readonly bitsAllocated: 8 | 16
  readonly bitsStored: number
  readonly highBit: number
  readonly signed: boolean
  /** Stored value; it fills what lies outside the reconstruction (PS3.3 C.7.5.1.1.2). */
  readonly padding: number | undefined
}

type Three = readonly [number, number, number]

/** PS3.3 C.7.6.2, LPS in mm; `row` points along increasing columns, `column` along rows. */
export interface ImagePlane {
  readonly position: Three
  readonly row: Three
  readonly column: Three
  /** Distance between rows, then between columns: the standard's order. */
  readonly spacingMm: readonly [rows: number, columns: number]
}

/** Stored value to output unit: `slope * stored + intercept` (PS3.3 C.11.1.1.2). */
export interface Rescale {
  readonly slope: number
  readonly intercept: number
}
