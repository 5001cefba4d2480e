import { describe, expect, it } from 'vitest'
import { multiply, rotate, turnAbout } from '../../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { add, normalize, scale, subtract } from '../../../shared/geometry/vector.ts'
import { onPanel, rayOnPanel } from './panel-hit.ts'

const size = { widthMm: 160, heightMm: 120 }
const pose = {
  position: [0.4, 1.1, -0.7] as Vec3,
  rotation: multiply(turnAbout([0, 1, 0], 0.7), turnAbout([1, 0, 0], -0.4)),
}
/** A place of the panel, mm from its top left, so many metres before it. */
const placeAt = (xMm: number, yMm: number, beforeM = 0): Vec3 =>
  add(pose.position, rotate(pose.rotation, [(xMm - 80) / 1000, (60 - yMm) / 1000, beforeM]))

describe('[XR-2] a panel that hangs obliquely', () => {
  it('knows where a point is before it, in millimetres from its top left', () => {
    const at = onPanel(placeAt(31, 77, 0.02), pose, size)
    expect(at.xMm).toBeCloseTo(31, 6)
    expect(at.yMm).toBeCloseTo(77, 6)
    expect(at.beforeM).toBeCloseTo(0.02, 9)
  })

  it('is met by a ray from its front, with the distance', () => {
    const origin = placeAt(-120, 300, 0.5)
    const target = placeAt(150, 8)
    const direction = normalize(subtract(target, origin))
    const met = rayOnPanel({ origin, direction }, pose, size)
    expect(met?.at.xMm).toBeCloseTo(150, 6)
    expect(met?.at.yMm).toBeCloseTo(8, 6)
    expect(add(origin, scale(direction, met?.distanceM ?? 0))[1]).toBeCloseTo(target[1], 9)
  })

  it('is not met from behind, beside it, away from it or along it', () => {
    const to = (origin: Vec3, target: Vec3) =>
      rayOnPanel({ origin, direction: normalize(subtract(target, origin)) }, pose, size)
    expect(to(placeAt(80, 60, -0.3), placeAt(80, 60))).toBeUndefined()
    expect(to(placeAt(80, 60, 0.3), placeAt(161, 60))).toBeUndefined()
    expect(to(placeAt(80, 60, 0.3), placeAt(80, -1))).toBeUndefined()
    expect(to(placeAt(80, 60, 0.3), placeAt(80, 60, 0.6))).toBeUndefined()
    expect(to(placeAt(-50, 60, 0.1), placeAt(50, 60, 0.1))).toBeUndefined()
  })
})
