import type { PixelDescription, Rescale } from './instance.ts'
import type { PixelEncoding } from './part10/transfer-syntax.ts'

export type SliceDataType = 'int16' | 'uint16'

/** Where the pixels of one slice lie and what is to be done to them; fit to be sent to a worker. */
export interface SliceSource extends PixelDescription {
  readonly fileIndex: number
  readonly path: string
  readonly location: PixelLocation
  readonly rescale: Rescale
  readonly dataType: SliceDataType
}

/** Bytes of the file or, for `deflated`, of the data set inflated from byte `deflatedFrom` on. */
export type PixelLocation =
  | { readonly kind: 'native'; readonly offset: number; readonly bigEndian: boolean }
  | { readonly kind: 'deflated'; readonly offset: number; readonly deflatedFrom: number }
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
