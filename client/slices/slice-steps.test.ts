import { expect, it } from 'vitest'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { dot, normalize } from '../../shared/geometry/vector.ts'
import { SliceSteps } from './slice-steps.ts'

const chest = {
  dims: [512, 512, 135] as Vec3,
  patientFromVoxel: [0.7, 0, 0, -180, 0, 0.7, 0, -180, 0, 0, -2.5, 300, 0, 0, 0, 1],
}
/** Slices tilted about the patient's left. */
const tilted = {
  dims: [256, 256, 30] as Vec3,
  patientFromVoxel: [0.5, 0, 0, 0, 0, 0.48, 0.4, 0, 0, -0.14, 5, 0, 0, 0, 0, 1],
}

it('steps are the volume’s own slices, onto their middles, against their order too', () => {
  const toFeet = new SliceSteps(chest, [0, 0, -1])
  expect(toFeet.mm).toBeCloseTo(2.5, 12)
  expect(toFeet.count).toBe(135)
  const between: Vec3 = [3, 4, 300 - 2.5 * 10 - 0.7]
  expect(toFeet.indexOf(between)).toBe(10)
  expect(toFeet.moved(between, 1)).toEqual([3, 4, 300 - 2.5 * 11])
  expect(toFeet.moved(between, -1)).toEqual([3, 4, 300 - 2.5 * 9])
  const toHead = new SliceSteps(chest, [0, 0, 1])
  expect(toHead.indexOf(between)).toBe(124)
  expect(toHead.moved(between, 1)[2]).toBeCloseTo(300 - 2.5 * 9, 9)
})

it('nobody scrolls out of the volume', () => {
  const toFeet = new SliceSteps(chest, [0, 0, -1])
  expect(toFeet.moved([0, 0, 250], 500)[2]).toBeCloseTo(300 - 2.5 * 134, 9)
  expect(toFeet.moved([0, 0, 250], -500)[2]).toBeCloseTo(300, 9)
  expect(toFeet.movedTo([0, 0, 250], 0)[2]).toBeCloseTo(300, 9)
})

it('across a plane that lies along no voxels a step is the spacing nearest to its normal', () => {
  const toHead = new SliceSteps(tilted, [0, 0, 1])
  expect(toHead.mm).toBeCloseTo(5, 12)
  const oblique = normalize([0.2, 0.3, 0.9])
  const steps = new SliceSteps(chest, oblique)
  expect(steps.mm).toBeCloseTo(2.5 * oblique[2], 12)
  const from: Vec3 = [1, 2, 200]
  const to = steps.moved(from, 3)
  expect(dot(oblique, to) - dot(oblique, from)).toBeCloseTo(3 * steps.mm, 9)
  expect(steps.indexOf(to)).toBe(steps.indexOf(from) + 3)
})

it('nearly along slices of a tilted gantry, the last slice is the last, and its middle', () => {
  const tilt = (20 * Math.PI) / 180
  const sheared = {
    dims: [64, 64, 200] as Vec3,
    patientFromVoxel: [
      [0.8, 0, 0, 0],
      [0, 0.8 * Math.cos(tilt), 0, 0],
      [0, 0.8 * Math.sin(tilt), 5, 0],
      [0, 0, 0, 1],
    ].flat(),
  }
  const aside = tilt + 0.01
  const steps = new SliceSteps(sheared, [0, -Math.sin(aside), Math.cos(aside)])
  const first = steps.movedTo([20, 20, 300], 0)
  const last = steps.movedTo(first, 199)
  expect(steps.indexOf(last)).toBe(199)
  // the height over a plane of voxels, of which the next lies 5 mm further along the table
  const height = (point: Vec3) => (point[2] - point[1] * Math.tan(tilt)) / 5
  expect(height(last)).toBeCloseTo(199, 9)
})
