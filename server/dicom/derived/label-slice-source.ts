import type { SealedFile } from '../sealed-file.ts'
import type { PixelLocation } from '../slice-source.ts'
import type { LabelSliceSource } from './label.ts'

/** One segment on one slice of the volume that it is of. */
export interface SegmentSlice extends LabelSliceSource {
  readonly kind: 'segment'
  /** Of the volume's slice. */
  readonly columns: number
  readonly rows: number
  /** Those that lie on the slice; a voxel gets the greatest of their values. */
  readonly frames: readonly PlacedFrame[]
  readonly meaning: PixelMeaning
}

/** One contoured structure on one slice of the volume that it is of. */
export interface ContourSlice extends LabelSliceSource {
  readonly kind: 'contours'
  readonly columns: number
  readonly rows: number
  /** Polygons of one plane enclose by the even-odd rule; planes are laid on each other. */
  readonly planes: readonly (readonly Polygon[])[]
}

/** Column and row of the volume by turns, integers at pixel centres; closed by itself. */
export type Polygon = Float64Array

/** What a pixel of a segmentation says (PS3.3 C.8.20.2.3). */
export type PixelMeaning =
  | { readonly kind: 'binary' }
  /** `maximum` stands for 1. */
  | { readonly kind: 'fractional'; readonly maximum: number }
  | { readonly kind: 'number'; readonly segmentNumber: number }

export interface PlacedFrame extends FramePose {
  readonly source: FrameSource
}

/** How a frame lies to a slice. */
export interface FramePose {
  readonly frameFromSlice: FrameFromSlice
  /**
   * Of a frame that runs across the slices: `g·i + h·j + c` is the distance from its plane in steps
   * from frame to frame; it holds the pixels from −½ to ½.
   */
  readonly distance?: readonly [g: number, h: number, c: number]
}

/** Frame column = `a·i + b·j + c`, frame row = `d·i + e·j + f` of slice column i and row j. */
export type FrameFromSlice = readonly [
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
]

/** Where the pixels of one frame of a segmentation lie. */
export interface FrameSource {
  readonly file: SealedFile
  readonly rows: number
  readonly columns: number
  readonly bitsAllocated: 1 | 8 | 16
  readonly bitsStored: number
  readonly location: PixelLocation
}
