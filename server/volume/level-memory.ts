import { chunkEdge, type Dims, type PlannedLevel } from './pyramid-plan.ts'
import { bytesPerVoxel, type VoxelType } from './voxels.ts'

/** Up to 64 slices of a level, as a window on shared memory. */
export interface Slab {
  readonly buffer: SharedArrayBuffer
  /** The voxel that it starts at. */
  readonly offset: number
  /** [i, j, slices held]. */
  readonly dims: Dims
}

/** What is held of one level: all of it, or the slabs in turn. */
export class LevelMemory {
  readonly plan: PlannedLevel
  readonly buffer: SharedArrayBuffer
  readonly #slots: number

  constructor(plan: PlannedLevel, type: VoxelType, held: 'whole' | 1 | 2) {
    const [ni, nj, nk] = plan.dims
    const slabs = Math.ceil(nk / chunkEdge)
    this.plan = plan
    this.#slots = held === 'whole' ? slabs : Math.min(held, slabs)
    const slices = Math.min(nk, this.#slots * chunkEdge)
    this.buffer = new SharedArrayBuffer(ni * nj * slices * bytesPerVoxel[type])
  }

  slab(index: number): Slab {
    const [ni, nj, nk] = this.plan.dims
    const depth = Math.min(chunkEdge, nk - index * chunkEdge)
    return {
      buffer: this.buffer,
      offset: this.#slice(index * chunkEdge) * ni * nj,
      dims: [ni, nj, depth],
    }
  }

  /** Slices from `first` on of the slab that holds it. */
  from(first: number): Slab {
    const [ni, nj] = this.plan.dims
    const slab = this.slab(Math.floor(first / chunkEdge))
    const skipped = first % chunkEdge
    const dims: Dims = [ni, nj, slab.dims[2] - skipped]
    return { buffer: this.buffer, offset: slab.offset + skipped * ni * nj, dims }
  }

  /** Makes all of it zero. */
  clear(): void {
    new Uint8Array(this.buffer).fill(0)
  }

  #slice(first: number): number {
    return first % (this.#slots * chunkEdge)
  }
}
