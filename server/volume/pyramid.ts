import { join } from 'node:path'
import { allSettled } from './all-settled.ts'
import { zstdLevelOf } from './brick.ts'
import type { Reduction } from './downsample.ts'
import { LevelMemory, type Slab } from './level-memory.ts'
import { chunkEdge, type Dims, type PlannedLevel, planLevels } from './pyramid-plan.ts'
import { tallyBytes } from './statistics.ts'
import type { VolumePool } from './volume-pool.ts'
import type { VoxelType } from './voxels.ts'

/** The finest level of at most this many voxels (8 MB) is kept whole, to draw the thumbnail from. */
const overviewVoxels = 4 * 2 ** 20

export interface PyramidSource {
  readonly dims: Dims
  readonly patientFromVoxel: readonly number[]
  readonly type: VoxelType
  readonly fill: number
  readonly paddingValue: number | undefined
  /**
   * An image: means, every chunk written, an overview kept. A label map: maxima, chunks of nothing
   * but zeros left out, and memory that is zero again after each pass, ready for the next label.
   */
  readonly kind: 'image' | 'label'
}

/** Where chunks go. */
export interface PyramidSink {
  /** The folder of the multiscale image. */
  readonly folder: string
  /** Is told of files written and not yet synced. */
  readonly wrote: (paths: readonly string[]) => void
}

/**
 * The levels of one image while they are made. The finest level's slabs are filled from outside, in
 * order; `flush` writes one, halves it into the next level, and goes on there when a slab is full.
 */
export class Pyramid {
  readonly levels: readonly PlannedLevel[]
  readonly #source: PyramidSource
  readonly #reduction: Reduction
  readonly #memory: readonly LevelMemory[]
  readonly #overview: LevelMemory
  /** One for each row of chunks, so that two rows never count into the same. */
  readonly #tallies: readonly SharedArrayBuffer[]
  readonly #pool: VolumePool
  /** By level: whether its present slab has had anything put into it. */
  readonly #filled: boolean[]

  constructor(source: PyramidSource, pool: VolumePool) {
    const { dims, patientFromVoxel, type, kind } = source
    this.#source = source
    this.#reduction = kind === 'label' ? 'maximum' : 'mean'
    this.#pool = pool
    this.levels = planLevels(dims, patientFromVoxel)
    const small = this.levels.findIndex(({ dims: [i, j, k] }) => i * j * k <= overviewVoxels)
    const held = (n: number) => (kind === 'label' ? 1 : n === small ? 'whole' : n === 0 ? 2 : 1)
    this.#memory = this.levels.map((plan, n) => new LevelMemory(plan, type, held(n)))
    this.#overview = this.#memory[small] as LevelMemory
    this.#filled = this.levels.map(() => false)
    const rows = Math.ceil(dims[1] / chunkEdge)
    const bytes = tallyBytes(type)
    this.#tallies = Array.from({ length: rows }, () => new SharedArrayBuffer(bytes))
  }

  /** Where the finest level's slices from 64 · `index` on are to be put: one flush may be under way. */
  slab(index: number): Slab {
    return (this.#memory[0] as LevelMemory).slab(index)
  }

  /** One at a time, in order; `filled` is false for a slab of a label map that nothing was put into. */
  async flush(index: number, sink: PyramidSink, filled = true): Promise<void> {
    this.#filled[0] = filled
    await this.#flush(index, 0, sink)
  }

  /** One for each row of chunks of the finest level: what `statistics` reads. */
  get tallies(): readonly SharedArrayBuffer[] {
    return this.#tallies
  }

  /** Forgets what was counted and put in: the next label begins. */
  restart(): void {
    for (const tally of this.#tallies) new Uint8Array(tally).fill(0)
    for (const memory of this.#memory) memory.clear()
    this.#filled.fill(false)
  }

  /** Complete after the last flush. */
  overview(): { voxels: SharedArrayBuffer; dims: Dims; patientFromVoxel: readonly number[] } {
    const { plan, buffer } = this.#overview
    return { voxels: buffer, dims: plan.dims, patientFromVoxel: plan.patientFromVoxel }
  }

  async #flush(index: number, levelIndex: number, sink: PyramidSink): Promise<void> {
    const level = this.#memory[levelIndex] as LevelMemory
    const next = this.#memory[levelIndex + 1]
    const slab = level.slab(index)
    const coarseFirst = next ? (index * chunkEdge) / next.plan.factors[2] : 0
    if (this.#filled[levelIndex]) {
      await this.#writeRows(levelIndex, index, sink)
      if (next) this.#filled[levelIndex + 1] = true
      // A label's next slab may have nothing put into parts that this one filled.
      if (this.#source.kind === 'label') level.clear()
    }
    this.#filled[levelIndex] = false
    if (!next) return
    const done = coarseFirst + Math.ceil(slab.dims[2] / next.plan.factors[2])
    if (done % chunkEdge === 0 || done === next.plan.dims[2]) {
      await this.#flush(Math.floor(coarseFirst / chunkEdge), levelIndex + 1, sink)
    }
  }

  async #writeRows(levelIndex: number, index: number, { folder, wrote }: PyramidSink) {
    const { plan, ...level } = this.#level(levelIndex, index)
    const { type, fill, paddingValue, kind } = this.#source
    const rows = Array.from({ length: Math.ceil(plan.dims[1] / chunkEdge) }, async (_, cj) => {
      const tally = levelIndex === 0 ? this.#tallies[cj] : undefined
      const { paths } = await this.#pool.writeRow({
        kind: 'row',
        reduction: this.#reduction,
        isSparse: kind === 'label',
        type,
        cj,
        folder: join(folder, plan.path, 'c', String(index), String(cj)),
        fill,
        zstdLevel: zstdLevelOf(plan),
        paddingValue,
        ...(tally ? { tally } : {}),
        ...level,
      })
      wrote(paths)
    })
    await allSettled(rows)
  }

  /** A slab, and the part of the next level that it is halved into. */
  #level(levelIndex: number, index: number) {
    const level = this.#memory[levelIndex] as LevelMemory
    const next = this.#memory[levelIndex + 1]
    const { plan } = level
    const slab = level.slab(index)
    if (!next) return { plan, slab }
    const { factors } = next.plan
    const coarse = next.from((index * chunkEdge) / factors[2])
    return { plan, slab, next: { slab: coarse, factors } }
  }
}
