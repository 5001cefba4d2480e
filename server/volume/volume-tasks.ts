import type { ImportProblem } from '../../shared/case/import.ts'
import type { DicomTask, LabelSliceSource, SliceSource, SliceText } from '../dicom/index.ts'
import type { Reduction } from './downsample.ts'
import type { Slab } from './level-memory.ts'
import type { Factors } from './pyramid-plan.ts'
import type { ThumbnailScene } from './thumbnail/scene.ts'
import type { VoxelType } from './voxels.ts'

/** Decodes one slice into its place in a slab. */
export interface DecodeTask {
  readonly kind: 'decode'
  readonly source: SliceSource
  readonly buffer: SharedArrayBuffer
  readonly type: VoxelType
  /** The voxel of `buffer` that the slice starts at, and how many it has. */
  readonly offset: number
  readonly length: number
}

/** Reads one row of stored chunks (one cj, every ci) back into its place in a slab, and cuts it. */
export interface CutTask {
  readonly kind: 'cut'
  /** As `0/c/<ck>/<cj>`: where the row's chunks are. */
  readonly folder: string
  readonly cj: number
  readonly slab: Slab
  readonly type: VoxelType
  /** Voxels (i, j, k of the slab) with a·i + b·j + c·k + d < 0 become `value`. */
  readonly plane: readonly [a: number, b: number, c: number, d: number]
  readonly value: number
}

/** One row of chunks (one cj, every ci) of a slab: counted, halved into the next level, written. */
export interface RowTask {
  readonly kind: 'row'
  readonly reduction: Reduction
  /** Chunks of nothing but zeros are not written. */
  readonly isSparse: boolean
  readonly slab: Slab
  readonly type: VoxelType
  readonly cj: number
  /** The folder that takes the row's chunks, as `0/c/<ck>/<cj>`. */
  readonly folder: string
  readonly fill: number
  readonly zstdLevel: number
  readonly paddingValue: number | undefined
  /** As large as `tallyBytes` says, for the finest level only. */
  readonly tally?: SharedArrayBuffer
  readonly next?: {
    /** Starts with the slice that this slab's first slices go to. */
    readonly slab: Slab
    readonly factors: Factors
  }
}

/** Some rows of a volume's thumbnail, as RGB bytes. */
export interface ThumbnailTask {
  readonly kind: 'thumbnail'
  readonly scene: ThumbnailScene
  /** From the first to before the second. */
  readonly rows: readonly [number, number]
}

/** Lays one slice of a label into its place in a slab of bytes. */
export interface LabelTask {
  readonly kind: 'label'
  readonly source: LabelSliceSource
  readonly buffer: SharedArrayBuffer
  readonly offset: number
  readonly length: number
}

/** Work of server/dicom; what comes back is for nobody else. */
export interface ReadingTask {
  readonly kind: 'dicom'
  readonly task: DicomTask
}

/** Nothing: it only starts a thread. */
export interface WarmTask {
  readonly kind: 'warm'
}

export type VolumeTask =
  | DecodeTask
  | CutTask
  | RowTask
  | ThumbnailTask
  | ReadingTask
  | LabelTask
  | WarmTask

export type LabelResult = { readonly problem?: ImportProblem }

/** An error's code does not survive the way out of a worker, so refusals come back as values. */
export type DecodeResult =
  | { readonly problem: ImportProblem; readonly text?: never }
  | { readonly problem?: never; readonly text?: SliceText }

export interface RowResult {
  /** The files written, not yet synced. */
  readonly paths: string[]
  readonly bytes: number
}
