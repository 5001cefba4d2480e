import { describe, expect, it } from 'vitest'
import { heldByOne, heldByTwo, type RigidPose, shortestArc } from './grab.ts'
import { inverse, multiply, rotate, turnAbout } from './quaternion.ts'
import type { Vec3 } from './transform.ts'
import { add, length, normalize, scale, subtract } from './vector.ts'
import type { VolumePose } from './volume-pose.ts'

const bounds = { smallest: 0.05, largest: 50 }
const held: VolumePose = {
  position: [0.3, 1.2, -0.9],
  rotation: turnAbout([1, 2, -0.5], 0.8),
  scale: 1.7,
}
const hand: RigidPose = { position: [0.1, 1.1, -0.5], rotation: turnAbout([0.2, -1, 0.4], 1.1) }

function near(a: readonly number[], b: readonly number[], digits = 9): void {
  expect(a).toHaveLength(b.length)
  for (const [n, value] of a.entries()) expect(value).toBeCloseTo(b[n] as number, digits)
}

/** The same turn may be written with either sign. */
function sameTurn(a: readonly number[], b: readonly number[]): void {
  const cosine = a.reduce((sum, value, n) => sum + value * (b[n] as number), 0)
  expect(Math.abs(cosine)).toBeCloseTo(1, 9)
}

/** Where a point that is glued to the volume is in the world; `own` in its own units. */
const glued = ({ position, rotation, scale: size }: VolumePose, own: Vec3): Vec3 =>
  add(position, rotate(rotation, scale(own, size)))
/** The point of the volume that is at a place of the world. */
const ownOf = ({ position, rotation, scale: size }: VolumePose, world: Vec3): Vec3 =>
  scale(rotate(inverse(rotation), subtract(world, position)), 1 / size)

describe('one hand', () => {
  it('[XR-3] holds the volume as if it were glued to it, oblique as both are', () => {
    const to: RigidPose = {
      position: [-0.4, 1.6, -0.2],
      rotation: multiply(turnAbout([-0.3, 0.5, 0.9], 2.2), hand.rotation),
    }
    const moved = heldByOne(held, hand, to)
    for (const corner of [
      [0, 0, 0],
      [0.1, -0.2, 0.05],
      [-0.3, 0.1, 0.2],
    ] as const) {
      const inHand = (pose: RigidPose, world: Vec3) =>
        rotate(inverse(pose.rotation), subtract(world, pose.position))
      near(inHand(to, glued(moved, corner)), inHand(hand, glued(held, corner)))
    }
    expect(moved.scale).toBe(held.scale)
    expect(length([moved.rotation[0], moved.rotation[1], moved.rotation[2]])).toBeLessThanOrEqual(1)
  })

  it('that rests moves nothing', () => {
    const same = heldByOne(held, hand, hand)
    near(same.position, held.position)
    sameTurn(same.rotation, held.rotation)
  })
})

describe('two hands', () => {
  const from: [Vec3, Vec3] = [
    [-0.2, 1.1, -0.7],
    [0.25, 1.3, -0.95],
  ]
  const to: [Vec3, Vec3] = [
    [-0.1, 1.5, -0.3],
    [-0.3, 0.9, 0.4],
  ]

  it('[XR-3] keep hold of what was under each of them', () => {
    const moved = heldByTwo(held, from, to, bounds)
    for (const side of [0, 1] as const) near(glued(moved, ownOf(held, from[side])), to[side])
    const apart = ([a, b]: [Vec3, Vec3]) => length(subtract(a, b))
    expect(moved.scale).toBeCloseTo((held.scale * apart(to)) / apart(from), 9)
  })

  it('turn it no more than their axis turned', () => {
    const across: [Vec3, Vec3] = [from[0], add(from[0], [0.4, 0, 0])]
    const upwards: [Vec3, Vec3] = [from[0], add(from[0], [0, 0.4, 0])]
    const { rotation } = heldByTwo(held, across, upwards, bounds)
    sameTurn(rotation, multiply(turnAbout([0, 0, 1], Math.PI / 2), held.rotation))
  })

  it('[XR-3] stop at the bounds of its size, and go on moving it', () => {
    const middle = scale(add(...from), 0.5)
    const wide = from.map((at) => add(middle, scale(subtract(at, middle), 1e4))) as [Vec3, Vec3]
    const huge = heldByTwo(held, from, wide, bounds)
    expect(huge.scale).toBe(bounds.largest)
    near(glued(huge, ownOf(held, middle)), middle)
    const narrow = from.map((at) => add([1, 0, 0], scale(subtract(at, middle), 0.021))) as [
      Vec3,
      Vec3,
    ]
    expect(heldByTwo({ ...held, scale: 0.06 }, from, narrow, bounds).scale).toBe(bounds.smallest)
  })

  it('at one place neither turn nor scale it', () => {
    const together: [Vec3, Vec3] = [to[0], to[0]]
    const moved = heldByTwo(held, from, together, bounds)
    expect(moved.scale).toBe(held.scale)
    sameTurn(moved.rotation, held.rotation)
  })

  it('that become one do not let it jump', () => {
    const both = heldByTwo(held, from, to, bounds)
    const left: RigidPose = { position: to[0], rotation: hand.rotation }
    near(heldByOne(both, left, left).position, both.position)
    expect(heldByOne(both, left, left).scale).toBe(both.scale)
  })
})

it('the shortest arc takes one direction to the other, opposite ones too', () => {
  const pairs: [Vec3, Vec3][] = [
    [normalize([1, 2, 3]), normalize([-3, 1, 0.5])],
    [normalize([1, 2, 3]), normalize([-1, -2, -3])],
    [
      [1, 0, 0],
      [-1, 0, 0],
    ],
    [
      [0, 1, 0],
      [0, 1, 0],
    ],
  ]
  for (const [from, to] of pairs) near(rotate(shortestArc(from, to), from), to, 6)
})
