import { describe, expect, it } from 'vitest'
import { compose, type Transform, transform, type Vec3 } from '../../shared/geometry/transform.ts'
import { chunkEdge } from './chunk-decoder.ts'
import type { LevelChunks } from './chunk-shelf.ts'
import { chunksOf, Upsampler, type VoxelBox } from './upsample.ts'

/** Oblique, uneven and sheared. */
const patientFromFine = transform<'patient', 'voxel'>([
  0.8, -0.2, 0.3, -40, 0.25, 0.9, 0.1, 12, -0.1, 0.3, 2.2, 7, 0, 0, 0, 1,
])
const padding = -2000

/** A level in memory, cut into chunks as a server's; what sticks out is nonsense. */
function levelOf(
  dims: Vec3,
  patientFromVoxel: Transform<'patient', 'voxel'>,
  valueAt: (voxel: Vec3) => number,
): LevelChunks {
  const chunks = new Map(
    chunksOf({ at: [0, 0, 0], dims }).map((at) => {
      const voxels = new Int16Array(chunkEdge ** 3).fill(31_000)
      for (let n = 0; n < voxels.length; n++) {
        const within: Vec3 = [n % 64, Math.floor(n / 64) % 64, Math.floor(n / 4096)]
        const voxel = within.map((w, axis) => w + 64 * at[axis]!) as unknown as Vec3
        if (voxel.every((c, axis) => c < dims[axis]!)) voxels[n] = valueAt(voxel)
      }
      return [at.join(), voxels] as const
    }),
  )
  return {
    dims,
    chunkDims: [64, 64, 64],
    patientFromVoxel,
    peek: (at) => chunks.get(at.join()),
    bring: async () => undefined,
  }
}

const fineDims: Vec3 = [150, 101, 40]
/** i and j halved, k not: as the server does with thick slices. */
const fineFromCoarse = transform<'voxel', 'voxel'>([
  2, 0, 0, 0.5, 0, 2, 0, 0.5, 0, 0, 1, 0, 0, 0, 0, 1,
])
const coarseDims: Vec3 = [75, 51, 40]
const fine = levelOf(fineDims, patientFromFine, () => 0)
const coarseOf = (valueAt: (voxel: Vec3) => number) =>
  levelOf(coarseDims, compose(patientFromFine, fineFromCoarse), valueAt)

const boxes: VoxelBox[] = [
  { at: [0, 0, 0], dims: [64, 64, 40] },
  { at: [64, 64, 0], dims: [64, 37, 40] },
  { at: [128, 0, 0], dims: [22, 64, 40] },
]

describe('a fine chunk made of the coarser level', () => {
  it.each(boxes)('is the coarse level’s linear field, from its edges inwards: $at', (box) => {
    const field = ([i, j, k]: Vec3) => 40 * i - 24 * j + 16 * k
    const upsampler = new Upsampler(fine, coarseOf(field), undefined)
    const values = upsampler.values(box)!
    let worst = 0
    for (let n = 0; n < values.length; n++) {
      const [ni, nj] = box.dims
      const voxel = [n % ni, Math.floor(n / ni) % nj, Math.floor(n / (ni * nj))]
      const inCoarse = voxel.map((w, axis) => {
        const at = w + box.at[axis]!
        const coarse = axis === 2 ? at : (at - 0.5) / 2
        return Math.min(Math.max(coarse, 0), coarseDims[axis]! - 1)
      }) as unknown as Vec3
      worst = Math.max(worst, Math.abs(values[n]! - field(inCoarse)))
    }
    expect(worst).toBeLessThan(1e-3)
  })

  it('has padding where the nearest coarse voxel has, and its neighbours’ values elsewhere', () => {
    const coarse = coarseOf(([i]) => (i < 20 ? padding : 100))
    const values = new Upsampler(fine, coarse, padding).values(boxes[0]!)!
    const row = [...values.subarray(0, 64)]
    expect(row.findIndex((value) => !Number.isNaN(value))).toBe(40)
    expect(new Set(row.slice(40))).toEqual(new Set([100]))
  })

  it('names the coarse chunks it is made of, and is nothing while one is missing', () => {
    const coarse = coarseOf(() => 5)
    const box: VoxelBox = { at: [64, 64, 0], dims: [64, 37, 40] }
    const upsampler = new Upsampler(fine, coarse, undefined)
    expect(upsampler.needs(box)).toEqual([
      [0, 0, 0],
      [1, 0, 0],
    ])
    const without = { ...coarse, peek: (at: Vec3) => (at[0] === 1 ? undefined : coarse.peek(at)) }
    expect(new Upsampler(fine, without, undefined).values(box)).toBeUndefined()
  })
})
