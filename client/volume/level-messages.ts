import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { TexelEncoding } from '../../shared/volume/half-float.ts'
import type { BrickRanges } from '../../shared/volume/occupancy.ts'

/** To the worker: read this level. One at a time. */
export interface ReadLevel {
  readonly zarrUrl: string
  readonly headers: Readonly<Record<string, string>>
  readonly path: string
  readonly dims: Vec3
  readonly encoding: TexelEncoding
}

export type ReadFailureCode = 'not-allowed' | 'not-found' | 'network' | 'damaged'

/** From the worker. */
export type LevelMessage =
  | { type: 'progress'; fraction: number; bytes: number }
  | { type: 'retrying'; inMs: number }
  | { type: 'level'; texels: Uint16Array<ArrayBuffer>; ranges: BrickRanges; bytes: number }
  | { type: 'failed'; code: ReadFailureCode; message: string }
