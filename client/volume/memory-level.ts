import type { Transform, Vec3 } from '../../shared/geometry/transform.ts'
import { type TexelEncoding, texelEncoder, type VoxelData } from '../../shared/volume/half-float.ts'
import { type BrickRanges, brickSize } from '../../shared/volume/occupancy.ts'
import type { LevelPiece } from '../voxels/level-piece.ts'
import { GrowingLevel } from './growing-level.ts'
import { encodeSlab, type Slab } from './slab.ts'
import { SlabWorkers } from './slab-workers.ts'
import { nextTask } from './turns.ts'
import type { ResidentLevel } from './volume-level.ts'

/** Small enough to be copied out, or put in its place, within a few ms. */
const voxelsPerSlab = 2 ** 21
/** Below this a worker would come too late. */
const voxelsWorthWorkers = 2 ** 22
const slabsUnderWay = 4

interface VoxelsInMemory {
  readonly data: VoxelData
  readonly dims: Vec3
  readonly patientFromVoxel: Transform<'patient', 'voxel'>
}

/** Voxels in memory on their way to texels, slab by slab, in workers where there is much to do. */
export class MemoryLevel implements ResidentLevel {
  readonly #data: VoxelData
  readonly #growing: GrowingLevel
  readonly #encoding: TexelEncoding
  readonly #workers: SlabWorkers | undefined
  readonly #slabSlices: number
  readonly #placed: boolean[] = []
  /** Buffers of slabs that are in their place, to be used again. */
  readonly #spare: ArrayBuffer[] = []
  #slicesThere = 0
  #ended = false
  #failure: unknown
  #waiting: (() => void)[] = []

  /** Begins at once. */
  constructor({ data, dims, patientFromVoxel }: VoxelsInMemory, encoding: TexelEncoding) {
    this.#data = data
    this.#encoding = encoding
    this.#growing = new GrowingLevel(dims, patientFromVoxel)
    const bricks = Math.floor(voxelsPerSlab / (dims[0] * dims[1] * brickSize))
    this.#slabSlices = Math.max(1, bricks) * brickSize
    if (data.length >= voxelsWorthWorkers) this.#workers = new SlabWorkers(encoding)
    void this.#encodeAll()
  }

  get dims(): Vec3 {
    return this.#growing.dims
  }

  get patientFromVoxel(): Transform<'patient', 'voxel'> {
    return this.#growing.patientFromVoxel
  }

  get texels(): Uint16Array {
    return this.#growing.texels
  }

  get ranges(): BrickRanges {
    return this.#growing.ranges
  }

  /** Throws what kept them from coming; after `end` it resolves without them. */
  readonly until = async (slices: number): Promise<void> => {
    while (this.#slicesThere < Math.min(slices, this.dims[2]) && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve)
      })
    }
    if (this.#failure !== undefined) throw this.#failure
  }

  /** Nobody waits for it any more. */
  end(): void {
    this.#ended = true
    this.#workers?.dispose()
    this.#wake()
  }

  async #encodeAll(): Promise<void> {
    try {
      const encoders = Array.from({ length: this.#workers ? slabsUnderWay : 1 }, (_, lane) =>
        this.#encodeSlabs(lane, this.#workers ? slabsUnderWay : 1),
      )
      await Promise.all(encoders)
    } catch (failure) {
      this.#failure = failure
      this.#ended = true
    } finally {
      this.#workers?.dispose()
      this.#wake()
    }
  }

  async #encodeSlabs(first: number, apart: number): Promise<void> {
    const encode = texelEncoder(this.#encoding)
    const count = Math.ceil(this.dims[2] / this.#slabSlices)
    for (let n = first; n < count && !this.#ended; n += apart) {
      await nextTask()
      let piece: LevelPiece | undefined
      if (this.#workers && !this.#workers.failed) {
        try {
          piece = await this.#workers.encode(this.#slab(n))
        } catch (failure) {
          if (!this.#workers.failed) throw failure
        }
      }
      this.#place(n, piece ?? encodeSlab(this.#slab(n), encode))
    }
  }

  #slab(n: number): Slab {
    const [ni, nj, nk] = this.dims
    const firstSlice = n * this.#slabSlices
    const dims: Vec3 = [ni, nj, Math.min(this.#slabSlices, nk - firstSlice)]
    const from = firstSlice * ni * nj
    const own = this.#data.subarray(from, from + dims[0] * dims[1] * dims[2])
    const spare = this.#spare.pop()
    if (spare?.byteLength !== own.byteLength) return { firstSlice, dims, voxels: own.slice() }
    const voxels = new (own.constructor as Int16ArrayConstructor)(spare)
    voxels.set(own)
    return { firstSlice, dims, voxels }
  }

  #place(n: number, piece: LevelPiece): void {
    if (this.#ended) return
    this.#growing.place(piece)
    this.#placed[n] = true
    this.#spare.push(piece.texels.buffer)
    while (this.#placed[this.#slicesThere / this.#slabSlices]) this.#slicesThere += this.#slabSlices
    this.#wake()
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake()
  }
}
