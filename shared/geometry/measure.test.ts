import { expect, it } from 'vitest'
import {
  angleArc,
  angleDegrees,
  distance,
  ellipseArea,
  ellipseOutline,
  ellipseWithin,
  polygonArea,
  thinned,
} from './measure.ts'
import type { Vec3 } from './transform.ts'
import { add, cross, dot, length, normalize, scale, subtract } from './vector.ts'

/** An oblique plane: two directions at a right angle, of which no number is nought. */
const across = normalize([0.8, 0.5, -0.3])
const down = normalize(cross(across, [0.2, -0.7, 0.6]))
const centre: Vec3 = [12.5, -40.25, 310]
const at = (x: number, y: number): Vec3 => add(centre, add(scale(across, x), scale(down, y)))

it('[MARK-4] a length, an angle and areas are true in an oblique plane', () => {
  expect(distance(at(0, 0), at(30, 40))).toBeCloseTo(50, 9)
  expect(angleDegrees(at(10, 0), at(0, 0), at(5, 5 * Math.sqrt(3)))).toBeCloseTo(60, 9)
  expect(angleDegrees(at(10, 0), at(0, 0), at(-3, 0))).toBeCloseTo(180, 9)
  expect(angleDegrees(at(1, 1), at(1, 1), at(5, 5))).toBe(0)
  // an L: concave, 7 × 3 and 2 × 5
  const l = [at(0, 0), at(7, 0), at(7, 3), at(2, 3), at(2, 8), at(0, 8)]
  expect(polygonArea(l)).toBeCloseTo(31, 9)
  expect(polygonArea([...l].reverse())).toBeCloseTo(31, 9)
  expect(ellipseArea(at(0, 0), at(8, 0), at(0, 3))).toBeCloseTo(24 * Math.PI, 9)
})

it('[MARK-4] the outline of an ellipse goes through the ends of its axes, in their plane', () => {
  const outline = ellipseOutline(at(0, 0), at(8, 0), at(0, 3), 256)
  expect(distance(outline[0]!, at(8, 0))).toBeLessThan(1e-9)
  expect(distance(outline[64]!, at(0, 3))).toBeLessThan(1e-9)
  const normal = cross(across, down)
  for (const point of outline) expect(dot(subtract(point, centre), normal)).toBeCloseTo(0, 9)
  expect(polygonArea(outline) / (24 * Math.PI)).toBeCloseTo(1, 3)
})

it('[MARK-4] an ellipse fills the rectangle between two corners, whichever they are', () => {
  for (const [from, to] of [
    [at(-8, -3), at(8, 3)],
    [at(8, -3), at(-8, 3)],
  ] as const) {
    const [middle, endA, endB] = ellipseWithin(from, to, scale(across, 0.4), scale(down, 0.7))
    expect(distance(middle, centre)).toBeLessThan(1e-9)
    expect(distance(middle, endA)).toBeCloseTo(8, 9)
    expect(distance(middle, endB)).toBeCloseTo(3, 9)
    expect(dot(subtract(endA, middle), subtract(endB, middle))).toBeCloseTo(0, 9)
  }
})

it('[MARK-4] the arc of an angle runs from one arm to the other', () => {
  const arc = angleArc(at(9, 0), at(0, 0), at(0, 12))
  expect(distance(arc[0]!, at(3, 0))).toBeLessThan(1e-9)
  expect(distance(arc.at(-1)!, at(0, 3))).toBeLessThan(1e-9)
  for (const point of arc) expect(distance(point, centre)).toBeCloseTo(3, 9)
  const straight = angleArc(at(9, 0), at(0, 0), at(-9, 0))
  expect(distance(straight.at(-1)!, at(-3, 0))).toBeLessThan(1e-6)
  expect(angleArc(at(0, 0), at(0, 0), at(1, 0))).toEqual([])
})

it('[MARK-4] a thinned outline keeps its corners and its area', () => {
  const square: Vec3[] = []
  for (let n = 0; n < 100; n++) square.push(at(n, 0))
  for (let n = 0; n < 100; n++) square.push(at(100, n))
  for (let n = 0; n < 100; n++) square.push(at(100 - n, 100))
  for (let n = 0; n < 100; n++) square.push(at(0, 100 - n))
  const few = thinned(square, 4)
  expect(few).toHaveLength(4)
  expect(polygonArea(few)).toBeCloseTo(10_000, 6)
  const round = ellipseOutline(at(0, 0), at(50, 0), at(0, 20), 1500)
  const kept = thinned(round, 256)
  expect(kept).toHaveLength(256)
  expect(polygonArea(kept) / (1000 * Math.PI)).toBeCloseTo(1, 3)
  expect(length(subtract(kept[0]!, round[0]!))).toBeLessThan(1)
})
