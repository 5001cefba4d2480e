import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { BrickRanges } from '../../shared/volume/occupancy.ts'

/** A part of a level as it goes to the GPU: one chunk, cut off at the level's end. */
export interface LevelPiece {
  /** Its first texel. */
  readonly at: Vec3
  readonly dims: Vec3
  /** Half-float bits, x fastest. */
  readonly texels: Uint16Array<ArrayBuffer>
  readonly ranges: PieceRanges
  /** Of the level's own voxels; else made of the next coarser level. */
  readonly own: boolean
}

/**
 * The ranges of a piece's bricks, with one brick more on every side: those are what the piece adds to
 * its neighbours, whose interpolation reaches its outermost texels.
 */
export interface PieceRanges extends BrickRanges {
  /** The level's brick that the first of these is; -1 at the level's edge. */
  readonly at: Vec3
}
