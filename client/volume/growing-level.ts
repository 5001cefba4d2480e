import type { Transform, Vec3 } from '../../shared/geometry/transform.ts'
import { type BrickRanges, brickDims } from '../../shared/volume/occupancy.ts'
import type { LevelPiece, PieceRanges } from '../voxels/level-piece.ts'
import type { ResidentLevel } from './volume-level.ts'

/**
 * A level that comes piece by piece. What the pieces of a chunk say replaces what an earlier one of
 * the same chunk said.
 */
export class GrowingLevel implements ResidentLevel {
  readonly dims: Vec3
  readonly patientFromVoxel: Transform<'patient', 'voxel'>
  readonly texels: Uint16Array<ArrayBuffer>
  readonly ranges: BrickRanges
  /** Of the bricks' own chunks alone, and what their neighbours add. */
  readonly #own: BrickRanges
  readonly #added: BrickRanges
  readonly #placed = new Set<string>()
  #texelsPlaced = 0

  constructor(dims: Vec3, patientFromVoxel: Transform<'patient', 'voxel'>) {
    this.dims = dims
    this.patientFromVoxel = patientFromVoxel
    this.texels = new Uint16Array(dims[0] * dims[1] * dims[2])
    const bricks = brickDims(dims)
    this.ranges = nothingIn(bricks)
    this.#own = nothingIn(bricks)
    this.#added = nothingIn(bricks)
  }

  /** Every texel has been said. */
  get full(): boolean {
    return this.#texelsPlaced === this.texels.length
  }

  place({ at, dims, texels, ranges }: LevelPiece): void {
    const [ni, nj] = this.dims
    const [pi, pj, pk] = dims
    if (pi === ni && pj === nj) this.texels.set(texels, at[2] * ni * nj)
    else {
      for (let k = 0; k < pk; k++) {
        for (let j = 0; j < pj; j++) {
          const from = (k * pj + j) * pi
          const to = ((at[2] + k) * nj + at[1] + j) * ni + at[0]
          this.texels.set(texels.subarray(from, from + pi), to)
        }
      }
    }
    this.#merge(ranges)
    const key = at.join()
    if (this.#placed.has(key)) return
    this.#placed.add(key)
    this.#texelsPlaced += texels.length
  }

  /** Of the piece's bricks the outermost are its neighbours'. */
  #merge({ at, dims: [pi, pj, pk], low, high }: PieceRanges): void {
    const [bi, bj, bk] = this.ranges.dims
    for (let k = 0; k < pk; k++) {
      const toK = at[2] + k
      if (toK < 0 || toK >= bk) continue
      const rimK = k === 0 || k === pk - 1
      for (let j = 0; j < pj; j++) {
        const toJ = at[1] + j
        if (toJ < 0 || toJ >= bj) continue
        const rimJ = rimK || j === 0 || j === pj - 1
        for (let i = 0; i < pi; i++) {
          const toI = at[0] + i
          if (toI < 0 || toI >= bi) continue
          const from = (k * pj + j) * pi + i
          const to = (toK * bj + toJ) * bi + toI
          const rim = rimJ || i === 0 || i === pi - 1
          if (rim) widen(this.#added, to, low[from] as number, high[from] as number)
          else {
            this.#own.low[to] = low[from] as number
            this.#own.high[to] = high[from] as number
          }
          this.ranges.low[to] = Math.min(this.#own.low[to] as number, this.#added.low[to] as number)
          this.ranges.high[to] = Math.max(
            this.#own.high[to] as number,
            this.#added.high[to] as number,
          )
        }
      }
    }
  }
}

function widen({ low, high }: BrickRanges, brick: number, toLow: number, toHigh: number): void {
  if (toLow < (low[brick] as number)) low[brick] = toLow
  if (toHigh > (high[brick] as number)) high[brick] = toHigh
}

function nothingIn(dims: Vec3): BrickRanges {
  const count = dims[0] * dims[1] * dims[2]
  return {
    dims,
    low: new Float32Array(count).fill(Infinity),
    high: new Float32Array(count).fill(-Infinity),
  }
}
