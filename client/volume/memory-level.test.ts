import { describe, expect, it } from 'vitest'
import { transform, type Vec3 } from '../../shared/geometry/transform.ts'
import { texelEncoder, texelEncoding, type VoxelData } from '../../shared/volume/half-float.ts'
import { brickRanges } from '../../shared/volume/occupancy.ts'
import { MemoryLevel } from './memory-level.ts'

const patientFromVoxel = transform<'patient', 'voxel'>([
  1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1,
])
/** Slabs of eight slices, and a rest. */
const dims: Vec3 = [500, 500, 13]
const count = dims[0] * dims[1] * dims[2]
const valueAt = (n: number) => ((n * 7919) % 4001) - 2000

describe('voxels in memory', () => {
  for (const [name, data, paddingValue] of [
    ['Int16', Int16Array.from({ length: count }, (_, n) => valueAt(n)), -1000],
    ['Uint8', Uint8Array.from({ length: count }, (_, n) => valueAt(n)), undefined],
    ['Float32', Float32Array.from({ length: count }, (_, n) => valueAt(n) / 3), undefined],
  ] as [string, VoxelData, number | undefined][]) {
    it(`become texels and ranges slab by slab, and stay what they are: ${name}`, async () => {
      const encoding = texelEncoding([-2000, 2000], paddingValue)
      const before = data.slice()
      const level = new MemoryLevel({ data, dims, patientFromVoxel }, encoding)
      await level.until(8)
      const texels = new Uint16Array(count)
      texelEncoder(encoding)(data, texels, 0)
      const early = 8 * dims[0] * dims[1]
      expect(level.texels.subarray(0, early)).toEqual(texels.subarray(0, early))
      await level.until(dims[2])
      expect(level.texels).toEqual(texels)
      expect(level.ranges).toEqual(brickRanges(texels, dims))
      expect(data).toEqual(before)
    })
  }

  it('whoever waits for them goes on when they are given up', async () => {
    const data = new Int16Array(count).fill(7)
    const level = new MemoryLevel({ data, dims, patientFromVoxel }, texelEncoding([0, 7]))
    const waiting = level.until(dims[2])
    level.end()
    await waiting
    expect(level.texels.at(-1)).toBe(0)
  })
})
