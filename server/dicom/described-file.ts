import type { FileKind } from './classify.ts'
import type { DeidentificationReport } from './deidentify/report.ts'
import type { UnlinkedDataSet } from './deidentify/unlinked.ts'
import type { PixelDescription } from './instance.ts'
import type { Original } from './original.ts'
import type { Problem } from './problem.ts'
import type { SealedFile } from './sealed-file.ts'
import type { PixelLocation } from './slice-source.ts'
import type { SuvbwMissing } from './suv.ts'

export interface SpooledFile extends SealedFile {
  readonly fileIndex: number
}

/**
 * What a thread makes of one file: all of it but its pixels, de-identified but for identifiers and
 * dates. Fit to be sent between threads; it identifies, and stays inside this folder.
 */
export interface DescribedFile {
  readonly file: SpooledFile
  readonly what: FileKind
  readonly original: Original
  readonly values: UnlinkedDataSet
  /** Absent where there is none, as in contours. */
  readonly pixels?: PixelDescription
  /** One for each frame. */
  readonly locations: readonly PixelLocation[]
  readonly suvbwFactor?: number
  /** What the header of a PET lacks for it. */
  readonly suvbwMissing?: SuvbwMissing
  /** All that may identify somebody, for the verifier. */
  readonly identifying: readonly string[]
  readonly deidentification: DeidentificationReport
}

/** An error's code does not survive the way out of a thread, so refusals come back as values. */
export type Description =
  | { readonly described: DescribedFile }
  | { readonly refused: Problem; readonly deidentification?: DeidentificationReport }
