import { expect, it } from 'vitest'
import { boxCorners, boxCut, reach } from './box-cut.ts'
import { transform } from './transform.ts'
import { cross, dot, length, subtract } from './vector.ts'

const sheared = transform<'patient', 'voxel'>([
  0.4, 0, 0, -104, 0, 0.39, 0, 6.6, 0, 0.115, 2.5, 683, 0, 0, 0, 1,
])
const corners = boxCorners(sheared, [512, 512, 20])

it('a plane through a sheared box cuts a flat convex polygon on its own side of nothing', () => {
  const normal = [0.36, 0.48, 0.8] as const
  const middle = [0, 105.5, 730] as const
  const polygon = boxCut(corners, normal, dot(normal, middle))
  expect(polygon.length).toBeGreaterThanOrEqual(3)
  for (const point of polygon) expect(dot(normal, point)).toBeCloseTo(dot(normal, middle), 6)
  polygon.forEach((b, n) => {
    const a = polygon.at(n - 1) ?? b
    const c = polygon[(n + 1) % polygon.length] ?? b
    expect(dot(cross(subtract(b, a), subtract(c, b)), normal)).toBeGreaterThan(-1e-6)
    expect(length(subtract(a, b))).toBeGreaterThan(0)
  })
})

it('a plane beside the box cuts nothing', () => {
  expect(boxCut(corners, [1, 0, 0], 1e4)).toEqual([])
})

it('the box reaches half its width, and half a voxel more than its outermost centres', () => {
  expect(reach(corners, [-104 + 0.4 * 255.5, 0, 0], [1, 0, 0])).toBeCloseTo(0.4 * 256, 6)
})
