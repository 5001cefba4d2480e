import type { Vec3 } from '../geometry/transform.ts'
import type { VoxelData } from './half-float.ts'
import { brickDims, brickSize } from './occupancy.ts'

/**
 * The mean of each brick's voxels, which is the volume four times coarser, and the range of all
 * voxels. Padding and not-a-number count for neither; where nothing else is the mean is not-a-number.
 */
export class BrickMeans {
  readonly dims: Vec3
  readonly means: Float32Array
  readonly #voxels: VoxelData
  readonly #voxelDims: Vec3
  readonly #padding: number
  /** Whole numbers without padding: none is left out. */
  readonly #isPlain: boolean
  readonly #sums: Float64Array
  readonly #counts: Int32Array
  #low = Infinity
  #high = -Infinity

  constructor(voxels: VoxelData, voxelDims: Vec3, paddingValue: number | undefined) {
    this.dims = brickDims(voxelDims)
    this.means = new Float32Array(this.dims[0] * this.dims[1] * this.dims[2])
    this.#voxels = voxels
    this.#voxelDims = voxelDims
    const padding = paddingValue ?? Number.NaN
    this.#padding = voxels instanceof Float32Array ? Math.fround(padding) : padding
    this.#isPlain = paddingValue === undefined && !(voxels instanceof Float32Array)
    this.#sums = new Float64Array(this.dims[0])
    this.#counts = new Int32Array(this.dims[0])
  }

  /** The least and greatest stored value so far; [0, 0] where there is none. */
  get valueRange(): [number, number] {
    return this.#low <= this.#high ? [this.#low, this.#high] : [0, 0]
  }

  /** A row of bricks at each step. */
  *scanning(): Generator<void, void> {
    const [, nj, nk] = this.#voxelDims
    const [bi, bj, bk] = this.dims
    for (let k = 0, to = 0; k < bk; k++) {
      for (let j = 0; j < bj; j++, to += bi) {
        this.#sums.fill(0)
        this.#counts.fill(0)
        for (let z = k * brickSize; z < Math.min((k + 1) * brickSize, nk); z++) {
          for (let y = j * brickSize; y < Math.min((j + 1) * brickSize, nj); y++) {
            this.#addRow(z * nj + y)
          }
        }
        for (let i = 0; i < bi; i++) {
          this.means[to + i] = (this.#sums[i] as number) / (this.#counts[i] as number)
        }
        yield
      }
    }
  }

  #addRow(row: number): void {
    const [ni] = this.#voxelDims
    const end = (row + 1) * ni
    const wholeEnd = this.#isPlain ? end - (ni % brickSize) : row * ni
    this.#addWholeBricks(row * ni, wholeEnd)
    this.#addVoxels(wholeEnd, end, (wholeEnd - row * ni) / brickSize)
  }

  /** Where no voxel is left out. */
  #addWholeBricks(from: number, end: number): void {
    const [voxels, sums, counts] = [this.#voxels, this.#sums, this.#counts]
    let low = this.#low
    let high = this.#high
    for (let brick = 0, n = from; n < end; brick++, n += brickSize) {
      const a = voxels[n] as number
      const b = voxels[n + 1] as number
      const c = voxels[n + 2] as number
      const d = voxels[n + 3] as number
      sums[brick]! += a + b + c + d
      counts[brick]! += brickSize
      if (a < low) low = a
      if (a > high) high = a
      if (b < low) low = b
      if (b > high) high = b
      if (c < low) low = c
      if (c > high) high = c
      if (d < low) low = d
      if (d > high) high = d
    }
    this.#low = low
    this.#high = high
  }

  #addVoxels(from: number, end: number, firstBrick: number): void {
    const [voxels, padding, sums, counts] = [this.#voxels, this.#padding, this.#sums, this.#counts]
    let low = this.#low
    let high = this.#high
    for (let brick = firstBrick, n = from; n < end; brick++) {
      const brickEnd = Math.min(n + brickSize, end)
      for (; n < brickEnd; n++) {
        const value = voxels[n] as number
        if (value === padding || Number.isNaN(value)) continue
        sums[brick]! += value
        counts[brick]!++
        if (value < low) low = value
        if (value > high) high = value
      }
    }
    this.#low = low
    this.#high = high
  }
}
