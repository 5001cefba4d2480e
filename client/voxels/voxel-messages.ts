import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { TexelEncoding } from '../../shared/volume/half-float.ts'
import type { RegionStatistics } from '../../shared/volume/slice.ts'
import type { LevelPiece } from './level-piece.ts'
import type { ReadFailureCode } from './read-failure.ts'
import type { LabelVoxels, Slice, SliceRequest } from './voxels.ts'
import type { ShelvedVolume } from './zarr-shelf.ts'

/** The first message to a voxel worker: whose voxels these are. */
export interface OpenVolume {
  readonly zarrUrl: string
  readonly headers: Readonly<Record<string, string>>
  readonly manifest: ShelvedVolume
  /** For decoded chunks. */
  readonly memoryBytes: number
  /** Chunks as they come are kept in Cache Storage, and looked for there. */
  readonly keeps: boolean
}

export interface LevelRequest {
  /** 0: the finest. */
  readonly level: number
  readonly encoding: TexelEncoding
  /** What has not come yet is at once there as the next coarser level knows it. */
  readonly fromCoarser: boolean
}

/** What the page may ask, what comes of it piece by piece, and at the end. */
export interface VoxelCalls {
  level: { ask: LevelRequest; part: LevelPiece; done: undefined }
  slice: { ask: SliceRequest; part: Slice; done: undefined }
  region: { ask: { outlineMm: readonly Vec3[] }; part: never; done: RegionStatistics | undefined }
  value: { ask: { pointMm: Vec3 }; part: never; done: number | undefined }
  label: {
    ask: { labelId: string; mostVoxels: number }
    part: never
    done: LabelVoxels
  }
}

export type CallName = keyof VoxelCalls
export type CallId = number

export type ToWorker =
  | { type: 'open'; volume: OpenVolume }
  | {
      [Name in CallName]: { type: 'ask'; id: CallId; name: Name; ask: VoxelCalls[Name]['ask'] }
    }[CallName]
  | { type: 'cancel'; id: CallId }
  /** Parts of a level have been taken in: as many more may come. */
  | { type: 'took'; id: CallId; count: number }
  | { type: 'look'; pointMm: Vec3 | undefined }
  /** For decoded chunks, from now on. */
  | { type: 'memory'; bytes: number }
  | { type: 'headers'; headers: Readonly<Record<string, string>> }

export type FromWorker =
  | { type: 'part'; id: CallId; part: VoxelCalls[CallName]['part'] }
  | { type: 'done'; id: CallId; done: VoxelCalls[CallName]['done'] }
  | { type: 'failed'; id: CallId; code: ReadFailureCode; message: string }
  /** Of all requests so far, compressed. */
  | { type: 'received'; bytes: number }
  | { type: 'retrying'; inMs: number }
  /** The server refused the present ones. */
  | { type: 'headers' }
