import { expect, it } from 'vitest'
import { multiply, turnAbout } from './quaternion.ts'
import { yawOf } from './yaw.ts'

it('a head that looks at the floor or the sky still has a side to which it is turned', () => {
  const turned = turnAbout([0, 1, 0], 0.8)
  const nodding = (radians: number) => multiply(turned, turnAbout([1, 0, 0], radians))
  for (const nod of [0, 0.4, Math.PI / 2, -Math.PI / 2]) {
    expect(yawOf(nodding(nod))).toBeCloseTo(0.8, 6)
  }
})
