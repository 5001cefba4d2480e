import type { Transform, Vec3 } from '../../../shared/geometry/transform.ts'
import type { VoxelData } from '../../../shared/volume/half-float.ts'
import { chunkCounts, voxelSpacingMm } from '../../../shared/volume/reslice-level.ts'
import type { LevelChunks } from '../chunk-shelf.ts'
import { voxelsOfChunk } from './plane-parts.ts'

/**
 * A level of a label map that knows which of its chunks are empty, and brings only the others. A
 * coarse voxel is the greatest of those it stands for, so that the coarsest level tells.
 */
export class SparseLabel implements LevelChunks {
  readonly dims: Vec3
  readonly chunkDims: Vec3
  readonly patientFromVoxel: Transform<'patient', 'voxel'>
  readonly #level: LevelChunks
  readonly #filled: ReadonlySet<string>
  readonly #zeros: Uint8Array

  private constructor(level: LevelChunks, filled: ReadonlySet<string>) {
    this.dims = level.dims
    this.chunkDims = level.chunkDims
    this.patientFromVoxel = level.patientFromVoxel
    this.#level = level
    this.#filled = filled
    this.#zeros = new Uint8Array(voxelsOfChunk(level))
  }

  /** `index` counts from the finest level. */
  static async open(
    levels: readonly LevelChunks[],
    index: number,
    signal: AbortSignal,
  ): Promise<SparseLabel> {
    const [level, coarsest] = [levels[index], levels.at(-1)]
    if (!level || !coarsest) throw new RangeError('a label map has levels')
    const known = SparseLabel.opened(levels, index)
    if (known) return known
    const label = new SparseLabel(level, await filledChunks(level, coarsest, signal))
    opened.set(level, label)
    return label
  }

  /** One that was opened before. */
  static opened(levels: readonly LevelChunks[], index: number): SparseLabel | undefined {
    const level = levels[index]
    return level && opened.get(level)
  }

  isEmpty(at: Vec3): boolean {
    return !this.#filled.has(at.join())
  }

  peek(at: Vec3): VoxelData | undefined {
    return this.isEmpty(at) ? this.#zeros : this.#level.peek(at)
  }

  async bring(
    chunks: readonly Vec3[],
    options: { urgent: boolean; signal: AbortSignal },
  ): Promise<void> {
    const filled = chunks.filter((at) => !this.isEmpty(at))
    if (filled.length > 0) await this.#level.bring(filled, options)
  }
}

/** What is empty stays so: volumes never change. */
const opened = new WeakMap<LevelChunks, SparseLabel>()

async function filledChunks(
  level: LevelChunks,
  coarsest: LevelChunks,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  await coarsest.bring(everyChunk(coarsest), { urgent: true, signal })
  const fine = voxelSpacingMm(level.patientFromVoxel)
  const coarse = voxelSpacingMm(coarsest.patientFromVoxel)
  const range = (at: Vec3, axis: 0 | 1 | 2): Range => {
    const factor = Math.round(coarse[axis] / fine[axis])
    const first = at[axis] * level.chunkDims[axis]
    const last = Math.min(first + level.chunkDims[axis], level.dims[axis]) - 1
    return [Math.floor(first / factor), Math.floor(last / factor)]
  }
  const filled = everyChunk(level).filter((at) =>
    isAnyFilled(coarsest, [range(at, 0), range(at, 1), range(at, 2)]),
  )
  return new Set(filled.map(String))
}

type Range = readonly [first: number, last: number]

function isAnyFilled(level: LevelChunks, box: readonly [Range, Range, Range]): boolean {
  const [ni, nj, nk] = level.chunkDims
  const [[i0, i1], [j0, j1], [k0, k1]] = box
  for (let k = k0; k <= k1; k++)
    for (let j = j0; j <= j1; j++)
      for (let i = i0; i <= i1; i++) {
        const at: Vec3 = [Math.floor(i / ni), Math.floor(j / nj), Math.floor(k / nk)]
        const chunk = level.peek(at)
        // Where it is not known any more, the chunk is asked for.
        if (chunk?.[((k % nk) * nj + (j % nj)) * ni + (i % ni)] !== 0) return true
      }
  return false
}

export function everyChunk(level: LevelChunks): Vec3[] {
  const [ci, cj, ck] = chunkCounts(level)
  return Array.from({ length: ci * cj * ck }, (_, n) => [
    n % ci,
    Math.floor(n / ci) % cj,
    Math.floor(n / ci / cj),
  ])
}
