import { expect, it } from 'vitest'
import { transform, transformPoint, type Vec3 } from '../geometry/transform.ts'
import { add, dot, length, normalize, scale, subtract } from '../geometry/vector.ts'
import { enclosedBy, type FractionMap, heldMm3 } from './surface.ts'
import { cropped } from './surface-crop.ts'
import { mostTriangles, surfaceOfLabel } from './surface-label.ts'
import { countTriangles } from './surface-nets.ts'
import { firstMeeting } from './surface-tree.ts'

const matrix = [
  0.7042, -0.3894, 0.4007, 12, 0.2977, 0.9211, 0.5094, -31, -0.2364, 0, 1.2403, 55, 0, 0, 0, 1,
]
const middle: Vec3 = [29.7, 30.2, 19.6]
const centre = transformPoint(transform<'patient', 'voxel'>(matrix), middle)

/** A voxel's share grows from 0 to 1 over 1 mm. */
function map(dims: Vec3, reachMm: (pointMm: Vec3) => number): FractionMap {
  const m = transform<'patient', 'voxel'>(matrix)
  const data = new Uint8Array(dims[0] * dims[1] * dims[2])
  let at = 0
  for (let k = 0; k < dims[2]; k++) {
    for (let j = 0; j < dims[1]; j++) {
      for (let i = 0; i < dims[0]; i++) {
        const reach = reachMm(transformPoint(m, [i, j, k]))
        data[at++] = Math.round(255 * Math.min(Math.max(reach + 0.5, 0), 1))
      }
    }
  }
  return { dims, patientFromVoxel: matrix, data }
}

const surface = surfaceOfLabel(map([60, 60, 40], (p) => 12 - length(subtract(p, centre))))!
const everywhere = { from: 0, to: Infinity }

/** Evenly around, the same every time. */
const directions = Array.from({ length: 200 }, (_, n): Vec3 => {
  const z = 1 - (2 * n + 1) / 200
  const turn = n * Math.PI * (3 - Math.sqrt(5))
  return [Math.sqrt(1 - z * z) * Math.cos(turn), Math.sqrt(1 - z * z) * Math.sin(turn), z]
})

it('a ray meets the surface where it is, and knows whether it goes in or comes out', () => {
  expect(length(subtract(surface.centreMm, centre))).toBeLessThan(0.05)
  for (const direction of directions) {
    const outside = subtract(centre, scale(direction, 40))
    const into = firstMeeting(surface, surface.tree, outside, direction, everywhere)
    expect(into?.entering).toBe(true)
    expect(Math.abs(into!.at - 28)).toBeLessThan(0.25)
    const out = firstMeeting(surface, surface.tree, centre, direction, everywhere)
    expect(out?.entering).toBe(false)
    expect(Math.abs(out!.at - 12)).toBeLessThan(0.25)
    const beyond = { from: 0, to: 27 }
    expect(firstMeeting(surface, surface.tree, outside, direction, beyond)).toBeUndefined()
  }
})

it('a ray that goes past meets nothing', () => {
  for (const direction of directions) {
    const aside = normalize(Math.abs(direction[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0])
    const square = normalize(subtract(aside, scale(direction, dot(aside, direction))))
    const past = add(subtract(centre, scale(direction, 40)), scale(square, 12.4))
    expect(firstMeeting(surface, surface.tree, past, direction, everywhere)).toBeUndefined()
  }
})

it('triangles that lie together share a box', () => {
  const [outermost] = surface.tree.levels.slice(-2)
  expect(outermost).toBe(surface.tree.boxes.length / 6 - 1)
  const whole = surface.tree.boxes.subarray(-6)
  for (const [axis, middle] of centre.entries()) {
    expect(whole[axis]!).toBeCloseTo(middle - 12, 0)
    expect(whole[axis + 3]!).toBeCloseTo(middle + 12, 0)
  }
  // Sorted by place, what one box of the lowest level holds is small.
  let volume = 0
  const runs = surface.tree.levels[1]!
  for (let box = 0; box < runs; box++) {
    const [x, y, z, x2, y2, z2] = surface.tree.boxes.subarray(6 * box, 6 * box + 6)
    volume += (x2! - x!) * (y2! - y!) * (z2! - z!)
  }
  expect(volume / runs).toBeLessThan(24 ** 3 / 100)
})

it('[CASE-8] a segment of too many triangles is drawn coarser, and holds as much', () => {
  // Balls of 8 mm, 20 mm apart.
  const balls = map(
    [130, 130, 100],
    (p) => 8 - Math.hypot(...p.map((x) => x - 20 * Math.round(x / 20))),
  )
  expect(countTriangles(cropped(balls)!)).toBeGreaterThan(mostTriangles)
  const made = surfaceOfLabel(balls)!
  expect(made.indices.length / 3).toBeLessThanOrEqual(mostTriangles)
  expect(made.indices.length / 3).toBeGreaterThan(mostTriangles / 10)
  expect(enclosedBy(made).volumeMm3 / heldMm3(balls)).toBeCloseTo(1, 2)
})
