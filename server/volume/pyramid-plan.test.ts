import { describe, expect, it } from 'vitest'
import { transform, transformPoint } from '../../shared/geometry/transform.ts'
import { type Dims, planLevels, spacingMm } from './pyramid-plan.ts'

// Oblique, anisotropic, sheared: an identity matrix proves nothing.
const sheared = [0.6, 0.1, 0.3, -95, -0.05, 0.7, 0.9, -146, 0.02, -0.1, 2.9, -40, 0, 0, 0, 1]
const straight = (i: number, j: number, k: number) => [
  ...[i, 0, 0, -250],
  ...[0, j, 0, -250],
  ...[0, 0, k, -360],
  ...[0, 0, 0, 1],
]

const centreOf = (level: { dims: readonly number[]; patientFromVoxel: number[] }) => {
  const [i, j, k] = level.dims as unknown as Dims
  const middle = [(i - 1) / 2, (j - 1) / 2, (k - 1) / 2] as const
  return transformPoint(transform<'patient', 'voxel'>(level.patientFromVoxel), middle)
}

describe('the levels of a pyramid', () => {
  it('halves i and j first where slices lie further apart', () => {
    const levels = planLevels([512, 512, 135], straight(0.976562, 0.976562, 3.27))
    expect(levels.map(({ dims }) => dims)).toEqual([
      [512, 512, 135],
      [256, 256, 135],
      [128, 128, 68],
      [64, 64, 34],
    ])
  })

  it('halves every axis of even voxels, and none of one voxel', () => {
    expect(planLevels([300, 200, 100], straight(1, 1, 1)).map(({ dims }) => dims)).toEqual([
      [300, 200, 100],
      [150, 100, 50],
      [75, 50, 25],
      [38, 25, 13],
    ])
    expect(planLevels([300, 1, 100], straight(1, 1, 1)).at(-1)?.dims).toEqual([38, 1, 13])
  })

  it('ends in one chunk, whatever the shape', () => {
    for (const dims of [
      [2048, 2048, 3],
      [65, 64, 64],
      [30, 30, 3000],
      [1, 1, 1],
    ] as const) {
      const last = planLevels(dims, straight(0.4, 0.5, 4)).at(-1)
      expect(Math.max(...(last?.dims ?? []))).toBeLessThanOrEqual(64)
    }
  })

  it('keeps the middle of the box where all sizes halve evenly, on an oblique, sheared grid', () => {
    const levels = planLevels([512, 256, 128], sheared)
    for (const level of levels) {
      const [x, y, z] = centreOf(level)
      const [fx, fy, fz] = centreOf(levels[0] as (typeof levels)[0])
      expect(Math.hypot(x - fx, y - fy, z - fz)).toBeLessThan(1e-9)
    }
  })

  it('puts a coarse centre half a fine voxel further in, along the halved axes alone', () => {
    const [fine, coarse] = planLevels([512, 256, 128], sheared)
    expect(coarse?.factors).toEqual([2, 2, 1])
    const expected = transformPoint(
      transform<'patient', 'voxel'>(fine?.patientFromVoxel ?? []),
      [0.5, 0.5, 0],
    )
    const got = transformPoint(
      transform<'patient', 'voxel'>(coarse?.patientFromVoxel ?? []),
      [0, 0, 0],
    )
    got.forEach((value, axis) => {
      expect(value).toBeCloseTo(expected[axis] as number, 10)
    })
    expect(spacingMm(coarse?.patientFromVoxel ?? [])[0]).toBeCloseTo(2 * spacingMm(sheared)[0], 10)
  })
})
