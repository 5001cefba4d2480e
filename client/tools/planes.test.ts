import { expect, it } from 'vitest'
import { boxCorners } from '../../shared/geometry/box-cut.ts'
import { transform } from '../../shared/geometry/transform.ts'
import { flipped, newPlane, offsetRange, planeKinds, planeWords, pushed } from './planes.ts'

it('[CASE-2] names a plane by the patient’s side it keeps', () => {
  expect(planeWords([0, 0, -1])).toEqual({ name: 'Axial', keeps: 'keeps the feet' })
  expect(planeWords([1, 0, 0])).toEqual({ name: 'Sagittal', keeps: 'keeps the left' })
  expect(planeWords([0.6, 0, 0.8])).toEqual({ name: 'Oblique', keeps: 'keeps the head' })
})

it('[CASE-2] lets an offset go from one face of an oblique, anisotropic box to the other', () => {
  // Columns along L, rows along the diagonal of P and H, slices across it; 2 × 1 × 3 mm.
  const h = Math.SQRT1_2
  const patientFromVoxel = [2, 0, 0, 10, 0, h, -3 * h, 20, 0, h, 3 * h, -30, 0, 0, 0, 1]
  const corners = boxCorners(transform<'patient', 'voxel'>(patientFromVoxel), [5, 4, 3])
  expect(offsetRange(corners, [1, 0, 0])).toEqual([9, 19])
  const [low, high] = offsetRange(corners, [0, 0, 1])
  expect(low).toBeCloseTo(-30 - 0.5 * h - 1.5 * h)
  expect(high).toBeCloseTo(-30 + 3.5 * h + 7.5 * h)
})

it('[CASE-2] flips to the same cut with the other side kept', () => {
  const plane = { planeId: 'p', normal: [0, 1, 0], offsetMm: 12.5, enabled: true } as const
  expect(flipped(plane)).toEqual({
    planeId: 'p',
    normal: [0, -1, 0],
    offsetMm: -12.5,
    enabled: true,
  })
  expect(flipped(flipped(plane))).toEqual(plane)
})

it('[CASE-2] a new plane lies in the middle, takes a free id, and is not had when six are in use', () => {
  const corners = boxCorners(
    transform<'patient', 'voxel'>([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]),
    [11, 21, 31],
  )
  const [axial] = planeKinds
  const first = newPlane(axial, [], corners)
  expect(first).toEqual({ planeId: 'plane-1', normal: [0, 0, -1], offsetMm: -15, enabled: true })
  const six = Array.from({ length: 6 }, (_, n) => ({
    planeId: `plane-${n + 1}`,
    normal: [1, 0, 0] as const,
    offsetMm: 0,
    enabled: true,
  }))
  expect(newPlane(axial, six.slice(1), corners)?.planeId).toBe('plane-1')
  expect(newPlane(axial, six, corners)).toBeUndefined()
  if (first) expect(pushed(first, 100, corners).offsetMm).toBe(0.5)
})
