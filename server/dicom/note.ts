/** A decision about a series, in words for the import report; never a value of the header's. */
export interface Note {
  /** As `gantry-tilt`. */
  readonly code: string
  readonly message: string
}
