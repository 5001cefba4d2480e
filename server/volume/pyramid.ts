import { join } from 'node:path'
import { allSettled } from './all-settled.ts'
import { zstdLevelOf } from './brick.ts'
import type { DurableTree } from './durable-tree.ts'
import { LevelMemory, type Slab } from './level-memory.ts'
import { chunkEdge, type Dims, type PlannedLevel, planLevels } from './pyramid-plan.ts'
import { type Tally, tallySize } from './tally.ts'
import type { VolumePool } from './volume-pool.ts'
import { zarrFolder } from './volume-store.ts'
import type { VoxelType } from './voxels.ts'

/** The finest level of at most this many voxels (8 MB) is kept whole, to draw the thumbnail from. */
const overviewVoxels = 4 * 2 ** 20

export interface PyramidSource {
  readonly dims: Dims
  readonly patientFromVoxel: readonly number[]
  readonly type: VoxelType
  readonly fill: number
  readonly paddingValue: number | undefined
}

/**
 * The levels of one volume while they are made. The finest level's slabs are filled from outside, in
 * order; `flush` writes one, halves it into the next level, and goes on there when a slab is full.
 */
export class Pyramid {
  readonly levels: readonly PlannedLevel[]
  readonly #source: PyramidSource
  readonly #memory: readonly LevelMemory[]
  readonly #overview: LevelMemory
  /** One for each row of chunks, so that two rows never count into the same. */
  readonly #tallies: readonly SharedArrayBuffer[]
  readonly #tree: DurableTree
  readonly #pool: VolumePool

  constructor(source: PyramidSource, tree: DurableTree, pool: VolumePool) {
    this.#source = source
    this.#tree = tree
    this.#pool = pool
    this.levels = planLevels(source.dims, source.patientFromVoxel)
    const small = this.levels.findIndex(({ dims: [i, j, k] }) => i * j * k <= overviewVoxels)
    this.#memory = this.levels.map(
      (plan, n) => new LevelMemory(plan, n === small ? 'whole' : n === 0 ? 2 : 1),
    )
    this.#overview = this.#memory[small] as LevelMemory
    const rows = Math.ceil(source.dims[1] / chunkEdge)
    const tallyBytes = tallySize * Uint32Array.BYTES_PER_ELEMENT
    this.#tallies = Array.from({ length: rows }, () => new SharedArrayBuffer(tallyBytes))
  }

  /** Where the finest level's slices from 64 · `index` on are to be put: one flush may be under way. */
  slab(index: number): Slab {
    return (this.#memory[0] as LevelMemory).slab(index)
  }

  /** One at a time, in order. */
  async flush(index: number, levelIndex = 0): Promise<void> {
    const level = this.#memory[levelIndex] as LevelMemory
    const next = this.#memory[levelIndex + 1]
    const { type, fill, paddingValue } = this.#source
    const slab = level.slab(index)
    const coarseFirst = next ? (index * chunkEdge) / next.plan.factors[2] : 0
    const rows = Array.from({ length: Math.ceil(slab.dims[1] / chunkEdge) }, async (_, cj) => {
      const tally = levelIndex === 0 ? this.#tallies[cj] : undefined
      const { paths } = await this.#pool.writeRow({
        kind: 'row',
        slab,
        type,
        cj,
        folder: join(this.#tree.path, zarrFolder, level.plan.path, 'c', String(index), String(cj)),
        fill,
        zstdLevel: zstdLevelOf(level.plan),
        paddingValue,
        ...(tally ? { tally } : {}),
        ...(next ? { next: { slab: next.from(coarseFirst), factors: next.plan.factors } } : {}),
      })
      this.#tree.syncLater(paths)
    })
    await allSettled(rows)
    if (!next) return
    const filled = coarseFirst + Math.ceil(slab.dims[2] / next.plan.factors[2])
    if (filled % chunkEdge === 0 || filled === next.plan.dims[2]) {
      await this.flush(Math.floor(coarseFirst / chunkEdge), levelIndex + 1)
    }
  }

  /** How often each value occurs in what was flushed of the finest level. */
  tally(): Tally {
    const sum: Tally = new Uint32Array(tallySize)
    for (const row of this.#tallies) {
      const counts: Tally = new Uint32Array(row)
      for (let n = 0; n < tallySize; n++) sum[n] = (sum[n] as number) + (counts[n] as number)
    }
    return sum
  }

  /** Complete after the last flush. */
  overview(): { voxels: SharedArrayBuffer; dims: Dims; patientFromVoxel: readonly number[] } {
    const { plan, buffer } = this.#overview
    return { voxels: buffer, dims: plan.dims, patientFromVoxel: plan.patientFromVoxel }
  }
}
