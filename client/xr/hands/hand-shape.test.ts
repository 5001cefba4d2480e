import { expect, it } from 'vitest'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { jointNames, jointStride } from './hand-joints.ts'
import { curlsOf, isFist, pinches } from './hand-shape.ts'

/** A hand whose every finger turns by `turn` at each joint, in a plane of its own. */
function hand(turn: number): Float32Array {
  const joints = new Float32Array(jointNames.length * jointStride)
  const set = (joint: number, at: Vec3) => joints.set(at, joint * jointStride)
  const finger = (first: number, count: number, x: number) => {
    let [y, z, angle] = [0, 0, 0]
    for (let n = 0; n < count; n++) {
      set(first + n, [x, y, z])
      y -= 0.03 * Math.sin(angle)
      z -= 0.03 * Math.cos(angle)
      angle += turn
    }
  }
  finger(1, 4, -0.04)
  for (const n of [0, 1, 2, 3]) finger(5 + 5 * n, 5, 0.02 * n)
  return joints
}

it('stretched fingers are 0, closed ones 1, half bent ones between', () => {
  expect(curlsOf(hand(0))).toEqual([0, 0, 0, 0, 0])
  expect(curlsOf(hand(1.3))).toEqual([1, 1, 1, 1, 1])
  for (const curl of curlsOf(hand(0.5))) {
    expect(curl).toBeGreaterThan(0.3)
    expect(curl).toBeLessThan(0.8)
  }
})

it('a fist is four closed fingers, and opens later than it closed', () => {
  expect(isFist([0, 0.9, 0.9, 0.9, 0.9], false)).toBe(true)
  expect(isFist([1, 0.1, 0.9, 0.9, 0.9], false)).toBe(false)
  expect(isFist([0, 0.7, 0.9, 0.9, 0.9], false)).toBe(false)
  expect(isFist([0, 0.7, 0.9, 0.9, 0.9], true)).toBe(true)
})

it('[XR-2] a pinch begins at 15 mm between the tips and ends at 30 mm', () => {
  const joints = hand(0)
  const gap = (metres: number) => {
    joints.set([0, 0, 0], 4 * jointStride)
    joints.set([metres, 0, 0], 9 * jointStride)
    return joints
  }
  expect(pinches(gap(0.02), false)).toBe(false)
  expect(pinches(gap(0.014), false)).toBe(true)
  expect(pinches(gap(0.02), true)).toBe(true)
  expect(pinches(gap(0.031), true)).toBe(false)
})
