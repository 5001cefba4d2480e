import { compose, invert, type Transform, type Vec3 } from '../../shared/geometry/transform.ts'
import { chunkEdge } from './chunk-decoder.ts'
import type { LevelChunks } from './chunk-shelf.ts'

/** A box of voxels: its first one and its sides. */
export interface VoxelBox {
  readonly at: Vec3
  readonly dims: Vec3
}

interface AxisMap {
  /** Coarse voxel = fine voxel × step + shift. */
  readonly step: number
  readonly shift: number
}

/** The levels of a pyramid share their axes: a fine voxel is found along each on its own. */
function axisMaps(
  fine: Transform<'patient', 'voxel'>,
  coarse: Transform<'patient', 'voxel'>,
): readonly [AxisMap, AxisMap, AxisMap] {
  const m: readonly number[] = compose(invert(coarse), fine)
  return [
    { step: m[0]!, shift: m[3]! },
    { step: m[5]!, shift: m[7]! },
    { step: m[10]!, shift: m[11]! },
  ]
}

/** The coarse voxels that a box of fine ones is interpolated between. */
function coarseBox(maps: readonly AxisMap[], { at, dims }: VoxelBox, within: Vec3): VoxelBox {
  const ends = maps.map(({ step, shift }, axis) => {
    const last = (within[axis] as number) - 1
    const first = Math.floor((at[axis] as number) * step + shift)
    const end = Math.ceil(((at[axis] as number) + (dims[axis] as number) - 1) * step + shift)
    const inside = (n: number) => Math.min(Math.max(n, 0), last)
    return [inside(first), inside(end)] as const
  })
  return {
    at: ends.map(([first]) => first) as unknown as Vec3,
    dims: ends.map(([first, end]) => end - first + 1) as unknown as Vec3,
  }
}

/** The chunks that a box reaches into. */
export function chunksOf({ at, dims }: VoxelBox): Vec3[] {
  const first = at.map((n) => Math.floor(n / chunkEdge)) as unknown as Vec3
  const last = at.map((n, axis) =>
    Math.floor((n + (dims[axis] as number) - 1) / chunkEdge),
  ) as unknown as Vec3
  const chunks: Vec3[] = []
  for (let k = first[2]; k <= last[2]; k++)
    for (let j = first[1]; j <= last[1]; j++)
      for (let i = first[0]; i <= last[0]; i++) chunks.push([i, j, k])
  return chunks
}

/** Stored values of a box of voxels whose chunks are all here; padding is not-a-number. */
function valuesIn(level: LevelChunks, box: VoxelBox, paddingValue: number | undefined) {
  const [ni, nj, nk] = box.dims
  const values = new Float32Array(ni * nj * nk)
  for (const chunk of chunksOf(box)) {
    const voxels = level.peek(chunk)
    if (!voxels) return undefined
    const from = chunk.map((n, axis) => Math.max(n * chunkEdge, box.at[axis] as number))
    const to = chunk.map((n, axis) =>
      Math.min((n + 1) * chunkEdge, (box.at[axis] as number) + (box.dims[axis] as number)),
    )
    const [i0, j0, k0] = from as [number, number, number]
    const [i1, j1, k1] = to as [number, number, number]
    const [ci, cj, ck] = chunk.map((n) => n * chunkEdge) as [number, number, number]
    for (let k = k0; k < k1; k++) {
      for (let j = j0; j < j1; j++) {
        const row = ((k - ck) * chunkEdge + j - cj) * chunkEdge - ci
        const into = ((k - box.at[2]) * nj + j - box.at[1]) * ni - box.at[0]
        values.set(voxels.subarray(row + i0, row + i1), into + i0)
      }
    }
  }
  if (paddingValue !== undefined) {
    const padding = Math.fround(paddingValue)
    for (let n = 0; n < values.length; n++) if (values[n] === padding) values[n] = Number.NaN
  }
  return values
}

/** One axis made finer: [before, count, after] → [before, to.dims, after], linear, clamped. */
function stretch(
  values: Float32Array,
  [before, count, after]: Vec3,
  to: number,
  position: (n: number) => number,
): Float32Array {
  const out = new Float32Array(before * to * after)
  for (let n = 0; n < to; n++) {
    const at = Math.min(Math.max(position(n), 0), count - 1)
    const low = Math.min(Math.floor(at), Math.max(count - 2, 0))
    const high = Math.min(low + 1, count - 1)
    const share = at - low
    const near = share < 0.5 ? low : high
    for (let b = 0; b < after; b++) {
      const fromLow = (b * count + low) * before
      const fromHigh = (b * count + high) * before
      const fromNear = (b * count + near) * before
      const into = (b * to + n) * before
      for (let a = 0; a < before; a++) {
        const x = values[fromLow + a] as number
        const value = x + share * ((values[fromHigh + a] as number) - x)
        // Next to padding there is nothing to interpolate with.
        out[into + a] = Number.isNaN(value) ? (values[fromNear + a] as number) : value
      }
    }
  }
  return out
}

export class Upsampler {
  readonly #coarse: LevelChunks
  readonly #maps: readonly [AxisMap, AxisMap, AxisMap]
  readonly #paddingValue: number | undefined

  constructor(fine: LevelChunks, coarse: LevelChunks, paddingValue: number | undefined) {
    this.#coarse = coarse
    this.#maps = axisMaps(fine.patientFromVoxel, coarse.patientFromVoxel)
    this.#paddingValue = paddingValue
  }

  /** The chunks of the coarse level that a box of the fine one is made of. */
  needs(box: VoxelBox): Vec3[] {
    return chunksOf(coarseBox(this.#maps, box, this.#coarse.dims))
  }

  /**
   * Stored values of a box of the fine level, interpolated between the coarse level's; padding is
   * not-a-number. Undefined where a chunk is not here.
   */
  values(box: VoxelBox): Float32Array | undefined {
    const from = coarseBox(this.#maps, box, this.#coarse.dims)
    const coarse = valuesIn(this.#coarse, from, this.#paddingValue)
    if (!coarse) return undefined
    const position = (axis: 0 | 1 | 2) => {
      const { step, shift } = this.#maps[axis]
      return (n: number) => (box.at[axis] + n) * step + shift - from.at[axis]
    }
    const [ni, nj, nk] = box.dims
    const [ci, cj, ck] = from.dims
    const alongI = stretch(coarse, [1, ci, cj * ck], ni, position(0))
    const alongJ = stretch(alongI, [ni, cj, ck], nj, position(1))
    return stretch(alongJ, [ni * nj, ck, 1], nk, position(2))
  }
}
