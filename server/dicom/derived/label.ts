/** One segment of a segmentation or one contoured structure, on the grid of the volume it is of. */
export interface AssembledLabel {
  readonly name: string
  /** sRGB, 0…255. */
  readonly colour: readonly [number, number, number]
  readonly source: 'SEG' | 'RTSTRUCT'
  readonly algorithmType?: 'AUTOMATIC' | 'SEMIAUTOMATIC' | 'MANUAL'
  /** Values are 0…255 for 0…1 instead of 0 and 1. */
  readonly fractional: boolean
  /** Slices of the volume that have any of it, by k ascending. */
  readonly slices: readonly { readonly k: number; readonly source: LabelSliceSource }[]
}

/** Where one slice of a label lies; fit to be sent to a worker, opaque outside this folder. */
export type LabelSliceSource = { readonly kind: string }
