import type { PixelDescription, Rescale } from './instance.ts'
import type { PixelEncoding } from './part10/transfer-syntax.ts'
import type { SealedFile } from './sealed-file.ts'

export type SliceDataType = 'int16' | 'uint16' | 'float32'

/** How the values of one slice of a volume come about; fit to be sent to a worker. */
export type SliceSource = StoredSlice | InterpolatedSlice

/** Where the pixels of one image lie and what is to be done to them. */
export interface StoredSlice extends PixelDescription {
  readonly kind: 'stored'
  readonly fileIndex: number
  readonly file: SealedFile
  readonly location: PixelLocation
  readonly rescale: Rescale
  readonly dataType: SliceDataType
  /** Parts of the picture that are not to be seen: text was written into them. */
  readonly masks?: readonly PixelBox[]
}

/** A slice that is missing, made of its neighbours. */
export interface InterpolatedSlice {
  readonly kind: 'interpolated'
  /** Of the slice before it. */
  readonly fileIndex: number
  readonly rows: number
  readonly columns: number
  readonly dataType: SliceDataType
  readonly before: StoredSlice
  readonly after: StoredSlice
  /** Of the way from before to after, 0…1. */
  readonly fraction: number
}

/** Columns and rows from 0, both ends inside. */
export type PixelBox = readonly [left: number, top: number, right: number, bottom: number]

/** Bytes of the file or, for `deflated`, of the data set inflated from byte `deflatedFrom` on. */
export type PixelLocation =
  | {
      readonly kind: 'native'
      readonly offset: number
      readonly bigEndian: boolean
      /** Of the first pixel in its byte, from the least significant bit, where pixels are bits. */
      readonly bitOffset?: number
    }
  | {
      readonly kind: 'deflated'
      readonly offset: number
      readonly deflatedFrom: number
      readonly bitOffset?: number
    }
  | {
      readonly kind: 'encapsulated'
      readonly encoding: Exclude<PixelEncoding, 'native'>
      readonly lossy: boolean
      readonly fragments: readonly Fragment[]
    }

export interface Fragment {
  readonly offset: number
  readonly length: number
}
