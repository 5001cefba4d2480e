import { expect, it } from 'vitest'
import type { VolumeManifest } from '../../../shared/volume/manifest.ts'
import { flipped, offsetRange, planeWords } from './clipping.ts'

it('[CASE-2] names a plane by the patient’s side it keeps', () => {
  expect(planeWords([0, 0, -1])).toEqual({ name: 'Axial', keeps: 'keeps the feet' })
  expect(planeWords([1, 0, 0])).toEqual({ name: 'Sagittal', keeps: 'keeps the left' })
  expect(planeWords([0.6, 0, 0.8])).toEqual({ name: 'Oblique', keeps: 'keeps the head' })
})

it('[CASE-2] lets an offset go from one face of an oblique, anisotropic box to the other', () => {
  // Columns along L, rows along the diagonal of P and H, slices across it; 2 × 1 × 3 mm.
  const h = Math.SQRT1_2
  const patientFromVoxel = [2, 0, 0, 10, 0, h, -3 * h, 20, 0, h, 3 * h, -30, 0, 0, 0, 1]
  const volume = { patientFromVoxel, dims: [5, 4, 3] } as unknown as VolumeManifest
  expect(offsetRange(volume, [1, 0, 0])).toEqual([9, 19])
  const [low, high] = offsetRange(volume, [0, 0, 1])
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
