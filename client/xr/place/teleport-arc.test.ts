import { expect, it } from 'vitest'
import { normalize } from '../../../shared/geometry/vector.ts'
import { teleportArc } from './teleport-arc.ts'

const hand = [0.2, 1.1, -0.3] as const

it('[XR-4] a throw ahead lands on the floor ahead, within six metres', () => {
  const { landing, points } = teleportArc({ origin: hand, direction: normalize([0, 0.2, -1]) })
  expect(landing?.[0]).toBeCloseTo(0.2, 9)
  expect(landing?.[1]).toBe(0)
  expect(landing?.[2]).toBeLessThan(-3)
  expect(points[0]).toEqual(hand)
  expect(points.at(-1)).toEqual(landing)
  for (const [n, point] of points.entries()) {
    if (n > 0) expect(point[2]).toBeLessThan(points[n - 1]?.[2] ?? 0)
  }
})

it('a throw downwards lands near, a straight one at the feet', () => {
  const near = teleportArc({ origin: hand, direction: normalize([0, -1, -1]) }).landing
  expect(near?.[2]).toBeGreaterThan(-1.5)
  expect(teleportArc({ origin: hand, direction: [0, -1, 0] }).landing).toEqual([0.2, 0, -0.3])
})

it('a throw that would go too far, or out of the room, lands nowhere', () => {
  const far = { origin: [0, 1.8, 0], direction: normalize([0, 0.8, -1]) } as const
  expect(teleportArc(far).landing).toBeUndefined()
  const out = { origin: [19.5, 1.1, 0], direction: normalize([1, 0, 0]) } as const
  expect(teleportArc(out).landing).toBeUndefined()
  expect(teleportArc({ ...out, origin: [10, 1.1, 0] }).landing).toBeDefined()
})
