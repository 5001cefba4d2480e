import { describe, expect, it } from 'vitest'
import type { Vec3 } from '../geometry/transform.ts'
import { BrickMeans } from './brick-means.ts'
import { type VoxelData, valueRangeOf } from './half-float.ts'

const dims: Vec3 = [10, 7, 6]
const values = Array.from({ length: 10 * 7 * 6 }, (_, n) => ((n * 7919) % 3001) - 1000)

function scan(voxels: VoxelData, paddingValue?: number): BrickMeans {
  const means = new BrickMeans(voxels, dims, paddingValue)
  const steps = means.scanning()
  while (!steps.next().done);
  return means
}

function meanByHand(voxels: VoxelData, brick: Vec3, isThere: (value: number) => boolean): number {
  const inside: number[] = []
  for (const [n, value] of voxels.entries()) {
    const at = [n % 10, Math.floor(n / 10) % 7, Math.floor(n / 70)]
    if (at.every((part, axis) => Math.floor(part / 4) === brick[axis]) && isThere(value)) {
      inside.push(value)
    }
  }
  return Math.fround(inside.reduce((sum, value) => sum + value, 0) / inside.length)
}

describe('the volume four times coarser', () => {
  for (const [name, voxels, paddingValue] of [
    ['whole numbers', Int16Array.from(values), undefined],
    ['padding left out', Int16Array.from(values.map((v) => (v < 500 ? -1000 : v))), -1000],
    ['not-a-number left out', Float32Array.from(values.map((v) => (v < 0 ? NaN : v))), undefined],
    ['bytes', Uint8Array.from(values), undefined],
  ] as const) {
    it(`is the mean of each brick, at the edges of what there is: ${name}`, () => {
      const { means, dims: bricks, valueRange } = scan(voxels, paddingValue)
      const isThere = (value: number) => value !== paddingValue && !Number.isNaN(value)
      expect(bricks).toEqual([3, 2, 2])
      for (let n = 0; n < means.length; n++) {
        const brick: Vec3 = [n % 3, Math.floor(n / 3) % 2, Math.floor(n / 6)]
        expect(means[n], brick.join()).toBe(meanByHand(voxels, brick, isThere))
      }
      expect(valueRange).toEqual(valueRangeOf(voxels, paddingValue))
    })
  }

  it('is not-a-number where there is nothing but padding', () => {
    const { means, valueRange } = scan(new Int16Array(values.length).fill(-2000), -2000)
    expect([...new Set(means)]).toEqual([Number.NaN])
    expect(valueRange).toEqual([0, 0])
  })
})
