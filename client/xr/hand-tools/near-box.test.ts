import { expect, it } from 'vitest'
import { boxCorners } from '../../../shared/geometry/box-cut.ts'
import { transform, transformPoint, type Vec3 } from '../../../shared/geometry/transform.ts'
import { add } from '../../../shared/geometry/vector.ts'
import { isNearBox } from './near-box.ts'

const sheared = transform<'patient', 'voxel'>([
  0.4, 0, 0, -104, 0, -0.39, 0, 6.6, 0, 0.115, 2.5, 683, 0, 0, 0, 1,
])
const corners = boxCorners(sheared, [512, 512, 20])
const at = (voxel: Vec3): Vec3 => transformPoint(sheared, voxel)

it('what is inside a sheared, mirrored box is near it, and so is what is close to a face', () => {
  expect(isNearBox(corners, at([1, 1, 1]), 0)).toBe(true)
  expect(isNearBox(corners, at([510, 500, 18]), 0)).toBe(true)
  expect(isNearBox(corners, add(at([0, 256, 10]), [-9, 0, 0]), 10)).toBe(true)
})

it('what is further away is not', () => {
  expect(isNearBox(corners, add(at([0, 256, 10]), [-11, 0, 0]), 10)).toBe(false)
  expect(isNearBox(corners, at([256, 256, 40]), 10)).toBe(false)
  expect(isNearBox([], [0, 0, 0], 10)).toBe(false)
})
