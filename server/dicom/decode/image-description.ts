/** What a decoded image consists of (PS3.3 C.7.6.3); a slice's description says as much. */
export interface ImageDescription {
  readonly rows: number
  readonly columns: number
  /** One where absent. */
  readonly samplesPerPixel?: 1 | 3
  readonly bitsAllocated: 8 | 16
  readonly bitsStored: number
  readonly signed: boolean
}
