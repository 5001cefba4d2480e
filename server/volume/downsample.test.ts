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
  const means = new Float64Array(ci * cj * ck)
  const kept = padding === undefined ? undefined : fine.slice(0, 1).fill(padding)[0]
  for (let n = 0; n < means.length; n++) {
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
      if (value !== kept) found.push(value)
    }
    means[n] = found.length
      ? found.reduce((sum, value) => sum + value, 0) / found.length
      : (kept as number)
  }
  return { means, coarseDims: coarseDims as unknown as Dims }
}

describe('halving', () => {
  const reduction = 'mean'
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
      const { means, coarseDims } = reference(fine, dims, factors, padding)
      const got = new Int16Array(means.length)
      const halving = { fine, fineDims: dims, coarse: got, coarseDims, factors, reduction } as const
      const middle = Math.ceil(coarseDims[1] / 2)
      halve({ ...halving, paddingValue: padding }, 0, middle)
      halve({ ...halving, paddingValue: padding }, middle, coarseDims[1])
      expect(got).toEqual(Int16Array.from(means, Math.round))
    }
  })

  it('does not overflow on the largest unsigned values', () => {
    const coarse = new Uint16Array(1)
    const fine = new Uint16Array(8).fill(65535)
    const size = { fineDims: [2, 2, 2], coarseDims: [1, 1, 1], factors: [2, 2, 2] } as const
    halve({ fine, coarse, ...size, reduction }, 0, 1)
    expect(coarse[0]).toBe(65535)
  })

  it.each(shapes)('%j by %j keeps means of floats to the nearest float', (dims, factors) => {
    const next = random(dims[1] * 17 + factors[0])
    const fine = Float32Array.from({ length: dims[0] * dims[1] * dims[2] }, () =>
      next() < 0.3 ? -0.1 : next() * 1e6,
    )
    for (const padding of [undefined, -0.1]) {
      const { means, coarseDims } = reference(fine, dims, factors, padding)
      const coarse = new Float32Array(means.length)
      const halving = { fine, fineDims: dims, coarse, coarseDims, factors, reduction } as const
      halve({ ...halving, paddingValue: padding }, 0, coarseDims[1])
      for (const [n, mean] of means.entries()) {
        expect(Math.abs(coarse[n]! - mean)).toBeLessThanOrEqual(Math.abs(mean) * 2 ** -24)
      }
    }
  })

  it('leaves what is not finite out of a mean of floats', () => {
    const coarse = new Float32Array(2)
    const fine = Float32Array.of(Number.NaN, 3, Infinity, Number.NaN)
    const size = { fineDims: [4, 1, 1], coarseDims: [2, 1, 1], factors: [2, 1, 1] } as const
    halve({ fine, coarse, ...size, reduction }, 0, 1)
    expect([...coarse]).toEqual([3, Number.NaN])
  })

  it.each(shapes)(
    '%j by %j keeps the greatest of a label, however small it is',
    (dims, factors) => {
      const [ni, nj, nk] = dims
      for (let n = 0; n < ni * nj * nk; n++) {
        const fine = new Uint8Array(ni * nj * nk)
        fine[n] = 200
        const coarseDims = dims.map((size, axis) => Math.ceil(size / factors[axis]!)) as [
          number,
          number,
          number,
        ]
        const coarse = new Uint8Array(coarseDims[0] * coarseDims[1] * coarseDims[2]).fill(7)
        const halving = { fine, fineDims: dims, coarse, coarseDims, factors } as const
        halve({ ...halving, reduction: 'maximum' }, 0, coarseDims[1])
        const [x, y, z] = [n % ni, Math.floor(n / ni) % nj, Math.floor(n / (ni * nj))].map(
          (at, axis) => Math.floor(at / factors[axis]!),
        ) as [number, number, number]
        const expected = new Uint8Array(coarse.length)
        expected[(z * coarseDims[1] + y) * coarseDims[0] + x] = 200
        expect(coarse).toEqual(expected)
      }
    },
  )
})
