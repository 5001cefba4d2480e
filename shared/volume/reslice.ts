import type { Vec3 } from '../geometry/transform.ts'
import { chunksOfSlab } from './reslice-chunks.ts'
import type { ChunkedVoxels } from './reslice-level.ts'
import {
  type PlaneTile,
  placeInVoxels,
  type SlabInVoxels,
  slabInVoxels,
  wholePlane,
} from './reslice-slab.ts'
import type { Projection, Slab } from './slice.ts'
import { beyondCentres, missing, Trilinear } from './trilinear.ts'

export interface ResliceOptions {
  readonly paddingValue: number | undefined
  /** The part of the plane to be cut; by default the whole. */
  readonly tile?: PlaneTile
}

/** A plane's edge on the edge of the voxel box is in it, whatever rounding did. */
const boxTolerance = 1e-6

/**
 * Cuts a slab out of a level row by row, so that who cuts can stop between rows. Values of the level
 * are interpolated trilinearly; beyond the voxel box and in padding there is nothing (not-a-number),
 * and nothing is left out of a thick slab. A pixel that needs a chunk which is not here is left as
 * it was.
 */
export class SlabCut {
  /** Pixels that were left as they were. */
  missing = 0
  readonly tile: PlaneTile
  readonly #values: Float32Array
  readonly #planeColumns: number
  readonly #projection: Projection
  readonly #dims: Vec3
  readonly #space: SlabInVoxels
  readonly #sampled: Trilinear
  readonly #line: Float64Array
  readonly #folded: Float64Array
  readonly #counts: Uint16Array

  /** `values`: of the whole plane, row by row. */
  constructor(
    level: ChunkedVoxels,
    slab: Slab,
    values: Float32Array,
    { paddingValue, tile = wholePlane(slab) }: ResliceOptions,
  ) {
    this.tile = tile
    this.#values = values
    this.#planeColumns = slab.columns
    this.#projection = slab.projection
    this.#dims = level.dims
    this.#space = slabInVoxels(level, slab)
    this.#sampled = new Trilinear(level, chunksOfSlab(level, slab, tile), paddingValue)
    this.#line = new Float64Array(tile.columns)
    this.#folded = new Float64Array(tile.columns)
    this.#counts = new Uint16Array(tile.columns)
  }

  /** `row` counts rows of the tile. */
  row(row: number): void {
    const { sheets } = this.#space
    const [only] = sheets
    if (sheets.length === 1 && only) {
      this.#sample(row, only)
      this.#write(row, this.#line)
      return
    }
    this.#counts.fill(0)
    for (const sheet of sheets) {
      this.#sample(row, sheet)
      this.#fold()
    }
    this.#finish()
    this.#write(row, this.#folded)
  }

  #sample(row: number, sheet: Vec3): void {
    const { column, columns, row: firstRow } = this.tile
    const start = placeInVoxels(this.#space, column, firstRow + row, sheet)
    const step = this.#space.columnStep
    let first = 0
    let last = columns - 1
    for (const axis of [0, 1, 2] as const) {
      const low = -beyondCentres - boxTolerance - start[axis]
      const high = this.#dims[axis] - 1 + beyondCentres + boxTolerance - start[axis]
      const along = step[axis]
      if (along === 0) {
        if (low > 0 || high < 0) last = -1
        continue
      }
      first = Math.max(first, Math.ceil((along > 0 ? low : high) / along))
      last = Math.min(last, Math.floor((along > 0 ? high : low) / along))
    }
    const end = Math.max(last + 1, first)
    this.#line.fill(Number.NaN, 0, Math.min(first, columns))
    this.#line.fill(Number.NaN, Math.min(end, columns))
    if (end > first) this.#sampled.line(this.#line, first, end, start, step)
  }

  #fold(): void {
    const line = this.#line
    const folded = this.#folded
    const counts = this.#counts
    const projection = this.#projection
    for (let n = 0; n < line.length; n++) {
      const value = line[n] as number
      if (Number.isNaN(value)) continue
      const before = folded[n] as number
      if (counts[n] === 0 || value === missing) folded[n] = value
      else if (projection === 'average') folded[n] = before + value
      else if (before !== missing) {
        if (projection === 'mip' ? value > before : value < before) folded[n] = value
      }
      counts[n] = (counts[n] as number) + 1
    }
  }

  #finish(): void {
    const isAverage = this.#projection === 'average'
    for (let n = 0; n < this.#folded.length; n++) {
      const count = this.#counts[n] as number
      if (count === 0) this.#folded[n] = Number.NaN
      else if (isAverage) this.#folded[n] = (this.#folded[n] as number) / count
    }
  }

  #write(row: number, line: Float64Array): void {
    const { column, row: firstRow } = this.tile
    const values = this.#values
    const to = (firstRow + row) * this.#planeColumns + column
    for (let n = 0; n < line.length; n++) {
      const value = line[n] as number
      if (value === missing) this.missing++
      else values[to + n] = value
    }
  }
}

/** A whole slab at once: stored values, row by row. Throws a RangeError where a chunk is not here. */
export function reslice(level: ChunkedVoxels, slab: Slab, options: ResliceOptions): Float32Array {
  const values = new Float32Array(slab.columns * slab.rows).fill(Number.NaN)
  const cut = new SlabCut(level, slab, values, options)
  for (let row = 0; row < cut.tile.rows; row++) cut.row(row)
  if (cut.missing > 0) throw new RangeError('a part of the volume that the slab needs is not here')
  return values
}
