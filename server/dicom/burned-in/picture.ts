/** One decoded grey picture, or the luminance of a coloured one; x fastest. */
export interface Picture {
  readonly columns: number
  readonly rows: number
  readonly values: Int16Array | Uint16Array | Float32Array | Uint8Array
}
