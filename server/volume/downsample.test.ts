import { describe, expect, it } from 'vitest'
import { halve } from './downsample.ts'
import type { Dims, Factors } from './pyramid-plan.ts'
import type { Voxels } from './voxels.ts'

const random = (seed: number) => () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  return seed / 2 ** 32
}

/** The same, voxel by voxel, straight from the definition. */
function reference(fine: Voxels, dims: Dims, factors: Factors, padding?: number) {
  const coarseDims = dims.map((size, axis) => Math.ceil(size / (factors[axis] as number)))
  const [ci, cj, ck] = coarseDims as unknown as Dims
  const coarse = new Int16Array(ci * cj * ck)
  for (let n = 0; n < coarse.length; n++) {
    const at = [n % ci, Math.floor(n / ci) % cj, Math.floor(n / (ci * cj))]
    const found: number[] = []
    for (let d = 0; d < 8; d++) {
      const step = [d & 1, (d >> 1) & 1, d >> 2]
      if (step.some((s, axis) => s >= (factors[axis] as number))) continue
      const [i, j, k] = at.map(
        (c, axis) => c * (factors[axis] as number) + (step[axis] as number),
      ) as unknown as Dims
      if (i >= dims[0] || j >= dims[1] || k >= dims[2]) continue
      const value = fine[(k * dims[1] + j) * dims[0] + i] as number
      if (value !== padding) found.push(value)
    }
    coarse[n] = found.length
      ? Math.round(found.reduce((sum, value) => sum + value, 0) / found.length)
      : (padding as number)
  }
  return { coarse, coarseDims: coarseDims as unknown as Dims }
}

describe('halving', () => {
  const shapes: [Dims, Factors][] = [
    [
      [8, 6, 4],
      [2, 2, 2],
    ],
    [
      [7, 5, 3],
      [2, 2, 2],
    ],
    [
      [9, 4, 5],
      [2, 2, 1],
    ],
    [
      [5, 7, 4],
      [1, 2, 2],
    ],
    [
      [3, 3, 3],
      [2, 1, 1],
    ],
  ]
  it.each(shapes)('%j by %j takes the mean of the voxels that are there', (dims, factors) => {
    const next = random(dims[0] * 31 + factors[2])
    const fine = Int16Array.from({ length: dims[0] * dims[1] * dims[2] }, () =>
      next() < 0.3 ? -2000 : Math.round(next() * 4000 - 1024),
    )
    for (const padding of [undefined, -2000]) {
      const { coarse, coarseDims } = reference(fine, dims, factors, padding)
      const got = new Int16Array(coarse.length)
      const halving = { fine, fineDims: dims, coarse: got, coarseDims, factors }
      const middle = Math.ceil(coarseDims[1] / 2)
      halve({ ...halving, paddingValue: padding }, 0, middle)
      halve({ ...halving, paddingValue: padding }, middle, coarseDims[1])
      expect(got).toEqual(coarse)
    }
  })

  it('does not overflow on the largest unsigned values', () => {
    const coarse = new Uint16Array(1)
    const fine = new Uint16Array(8).fill(65535)
    const halving = { fine, fineDims: [2, 2, 2], coarse, coarseDims: [1, 1, 1] } as const
    halve({ ...halving, factors: [2, 2, 2] }, 0, 1)
    expect(coarse[0]).toBe(65535)
  })
})
