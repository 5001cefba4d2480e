import { expect, it } from 'vitest'
import type { Vec3 } from '../geometry/transform.ts'
import { type FindingKind, findingKind, measurementOf } from './finding-mark.ts'

const measured = (kind: FindingKind, pointsMm: readonly Vec3[]) =>
  measurementOf({ annotationId: 'a', volumeId: 'v', kind, pointsMm, authorName: 'Ada', atMs: 0 })

it('[OUT-1] a length is the distance of its two points in mm', () => {
  expect(
    measured('length', [
      [1, 2, 3],
      [4, 6, 15],
    ]),
  ).toEqual({ quantity: 'length', valueMm: 13 })
})

it('[OUT-1] an angle is at the second of its three points, in degrees', () => {
  const of = (...points: Vec3[]) => measured('angle', points)
  const degrees = (...points: Vec3[]) => {
    const angle = of(...points)
    return angle?.quantity === 'angle' ? angle.valueDegrees : undefined
  }
  expect(degrees([5, 0, 0], [0, 0, 0], [0, 7, 0])).toBeCloseTo(90, 10)
  expect(degrees([1, 1, 1], [3, 3, 3], [9, 9, 9])).toBeCloseTo(180, 10)
  expect(degrees([2, 0, 0], [0, 0, 0], [1, Math.sqrt(3), 0])).toBeCloseTo(60, 10)
})

it('a point, an arrow and a text measure nothing', () => {
  expect(measured('point', [[1, 2, 3]])).toBeUndefined()
  expect(
    measured('arrow', [
      [1, 2, 3],
      [4, 5, 6],
    ]),
  ).toBeUndefined()
})

it('a kind that is not ours, or has other points, cannot go out', () => {
  expect(findingKind('length', 2)).toBe('length')
  expect(findingKind('length', 3)).toBeUndefined()
  expect(findingKind('toString', 1)).toBeUndefined()
})
