import { describe, expect, it } from 'vitest'
import { rotate } from '../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { add, length, scale, subtract } from '../../shared/geometry/vector.ts'
import { type HandPiece, type HandSide, handPieces } from './avatars-hand.ts'

const open = [0, 0, 0, 0, 0]
const fist = [1, 1, 1, 1, 1]
const palm: Vec3 = [0.031, 0.006, 0.009]

const bones = (pieces: readonly HandPiece[]) => pieces.filter(({ shape }) => shape === 'bone')
/** Thumb first, three bones each. */
const tipOf = (curls: readonly number[], finger: number, side: HandSide = 'right'): Vec3 => {
  const bone = bones(handPieces(curls, side))[3 * finger + 2]
  if (!bone) throw new Error('no such finger')
  return add(bone.at, scale(rotate(bone.rotation, [0, -1, 0]), bone.size[1]))
}

/** Joints in grip space of the right hand of WebXR Input Profiles' generic-hand, at rest; metres. */
const restingTips: readonly Vec3[] = [
  [-0.01, -0.036, -0.069],
  [0.027, -0.114, -0.01],
  [0.03, -0.122, 0.016],
  [0.024, -0.108, 0.045],
  [0.017, -0.082, 0.061],
]

describe('[XR-1] a bare hand', () => {
  it('has its fingertips where those of a real hand at rest are', () => {
    for (const [finger, resting] of restingTips.entries()) {
      const nearest = Math.min(
        ...[0, 0.1, 0.2].map((curl) =>
          length(subtract(tipOf([curl, curl, curl, curl, curl], finger), resting)),
        ),
      )
      expect(nearest, `finger ${finger}`).toBeLessThan(0.025)
    }
  })

  it('has five fingers whose bones hang together', () => {
    const all = bones(handPieces([0.2, 0.9, 0.4, 0.6, 1], 'right'))
    expect(all).toHaveLength(15)
    for (let finger = 0; finger < 5; finger++) {
      for (const joint of [0, 1]) {
        const [a, b] = all.slice(3 * finger + joint, 3 * finger + joint + 2)
        if (!a || !b) throw new Error('a bone is missing')
        const end = add(a.at, scale(rotate(a.rotation, [0, -1, 0]), a.size[1]))
        const begin = add(b.at, scale(rotate(b.rotation, [0, 1, 0]), b.size[1]))
        expect(length(subtract(end, begin))).toBeLessThan(0.02)
      }
    }
  })

  it('stretches its fingers away from the arm, the thumb to the side of the index finger', () => {
    for (const finger of [1, 2, 3, 4]) expect(tipOf(open, finger)[1]).toBeLessThan(-0.08)
    expect(tipOf(open, 1)[2]).toBeLessThan(tipOf(open, 4)[2])
    expect(tipOf(open, 0)[2]).toBeLessThan(tipOf(open, 1)[2])
  })

  it('closes its fingers into the palm, before it and not through its back', () => {
    for (const finger of [1, 2, 3, 4]) {
      const tip = tipOf(fist, finger)
      expect(tip[0]).toBeLessThan(palm[0])
      expect(length(subtract(tip, palm))).toBeLessThan(0.06)
      expect(length(subtract(tip, palm))).toBeLessThan(length(subtract(tipOf(open, finger), palm)))
    }
  })

  it('the left is the right one, mirrored', () => {
    for (const finger of [0, 1, 4]) {
      const [x, y, z] = tipOf([0.3, 0.7, 0.2, 1, 0.5], finger, 'right')
      const left = tipOf([0.3, 0.7, 0.2, 1, 0.5], finger, 'left')
      for (const [n, value] of [-x, y, z].entries()) expect(left[n]).toBeCloseTo(value, 9)
    }
  })
})
