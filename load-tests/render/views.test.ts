import { expect, it } from 'vitest'
import { diagonalMm, viewOf, voxelAlongRayMm } from './views.ts'

/** Sagittal: i runs to the back by 0.5 mm, j to the feet by 0.8, k to the left by 2; not at zero. */
const volume = {
  dims: [100, 50, 20],
  patientFromVoxel: [0, 0, 2, -10, 0.5, 0, 0, 30, 0, -0.8, 0, 70, 0, 0, 0, 1],
  voxels: new Int16Array(),
} as const

it('crosses a voxel along the axis that the ray follows', () => {
  expect(voxelAlongRayMm(volume, 0)).toBeCloseTo(0.5)
  expect(voxelAlongRayMm(volume, 90)).toBeCloseTo(2)
})

it('measures the diagonal with the spacing of each axis', () => {
  expect(diagonalMm(volume)).toBeCloseTo(Math.hypot(50, 40, 40))
})

it('looks from in front of the patient, and from their left after a quarter turn', () => {
  const target = viewOf(volume, 0).target
  const [front, left] = [viewOf(volume, 0).eye, viewOf(volume, 90).eye]
  expect(front.map((part, n) => part - target[n]!)).toEqual(
    [0, 0, 2].map((part) => expect.closeTo(part)),
  )
  expect(left.map((part, n) => part - target[n]!)).toEqual(
    [2, 0, 0].map((part) => expect.closeTo(part)),
  )
})
