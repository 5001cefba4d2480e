import { describe, expect, it } from 'vitest'
import { multiply, rotate, turnAbout } from '../../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { length, normalize, subtract } from '../../../shared/geometry/vector.ts'
import { ahead, facing, followed } from './panel-facing.ts'

const head = {
  position: [0.3, 1.55, 0.4] as Vec3,
  rotation: multiply(turnAbout([0, 1, 0], 0.8), turnAbout([1, 0, 0], -0.5)),
}
const near = (a: Vec3, b: Vec3) => expect(length(subtract(a, b))).toBeLessThan(1e-9)

describe('what faces the wearer', () => {
  it('turns its front to them and keeps its lines level', () => {
    const at: Vec3 = [-0.8, 0.9, -1.3]
    const turn = facing(at, head.position)
    near(rotate(turn, [0, 0, 1]), normalize(subtract(head.position, at)))
    expect(rotate(turn, [1, 0, 0])[1]).toBeCloseTo(0, 9)
    expect(rotate(turn, [0, 1, 0])[1]).toBeGreaterThan(0)
  })

  it('lies so far away and so many degrees below the gaze', () => {
    const { position } = ahead(head, { distanceM: 0.9, belowDegrees: 25, level: false })
    const seen = subtract(position, head.position)
    expect(length(seen)).toBeCloseTo(0.9, 9)
    const [, y, z] = rotate(
      [-head.rotation[0], -head.rotation[1], -head.rotation[2], head.rotation[3]],
      seen,
    )
    expect((Math.atan2(-y, -z) * 180) / Math.PI).toBeCloseTo(25, 6)
  })

  it('a level place does not go with a nod', () => {
    const level = { distanceM: 0.5, belowDegrees: 20, level: true }
    const nodding = { ...head, rotation: multiply(head.rotation, turnAbout([1, 0, 0], 0.3)) }
    near(ahead(head, level).position, ahead(nodding, level).position)
  })

  it('follows as fast at 72 frames a second as at 120', () => {
    const left = (steps: number) => (1 - followed(360 / steps, 250)) ** steps
    expect(left(26)).toBeCloseTo(left(43), 9)
    expect(followed(250, 250)).toBeCloseTo(0.5, 9)
  })
})
