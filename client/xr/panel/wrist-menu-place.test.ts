import { describe, expect, it } from 'vitest'
import {
  multiply,
  type Quaternion,
  rotate,
  turnAbout,
} from '../../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { length, normalize, subtract } from '../../../shared/geometry/vector.ts'
import type { XrHand } from '../hands/xr-hand.ts'
import { wristPlace } from './wrist-menu-place.ts'

const head = { position: [0, 1.6, 0] as Vec3, rotation: [0, 0, 0, 1] as Quaternion }
const before: Vec3 = [-0.18, 1.2, -0.36]
const hand = (more: Partial<XrHand>): XrHand => ({
  side: 'left',
  kind: 'controller',
  profiles: [],
  grip: undefined,
  ray: undefined,
  trigger: false,
  squeeze: false,
  stick: [0, 0],
  lower: false,
  upper: false,
  joints: undefined,
  curls: undefined,
  pulse: () => undefined,
  ...more,
})
/** A controller held before oneself, its tip up and forward, rolled about where it points. */
const held = (roll: number): Quaternion =>
  multiply(turnAbout([1, 0, 0], 0.8), turnAbout([0, 0, 1], roll))
const withJoints = (rotation: Quaternion) => {
  const joints = new Float32Array(25 * 8)
  joints.set([...before, ...rotation, 0.02])
  return hand({ kind: 'hand', joints, grip: { position: before, rotation } })
}
/** The wrist's joint: fingers up, the palm turned so far away from the face. */
const palmTurned = (turn: number) =>
  multiply(turnAbout([0, 1, 0], Math.PI + turn), turnAbout([1, 0, 0], Math.PI / 2))

describe('[XR-2] the menu on the wrist', () => {
  it('floats above a controller that is held before oneself, and faces the head', () => {
    const place = wristPlace(hand({ grip: { position: before, rotation: held(0) } }), head, false)
    if (!place) throw new Error('it is not there')
    expect(place.position[1]).toBeGreaterThan(before[1] + 0.1)
    const towards = normalize(subtract(head.position, place.position))
    expect(length(subtract(rotate(place.rotation, [0, 0, 1]), towards))).toBeLessThan(1e-9)
  })

  it('goes when the controller is turned over, or grabs', () => {
    const grip = { position: before, rotation: held(Math.PI * 0.7) }
    expect(wristPlace(hand({ grip }), head, false)).toBeUndefined()
    const level = { position: before, rotation: held(0) }
    expect(wristPlace(hand({ grip: level, squeeze: true }), head, true)).toBeUndefined()
  })

  it('is there while a bare palm looks at the face, before the wrist', () => {
    const towards = rotate(palmTurned(0), [0, -1, 0])
    expect(towards[2]).toBeGreaterThan(0.9)
    expect(wristPlace(withJoints(palmTurned(0)), head, false)).toBeDefined()
    expect(wristPlace(withJoints(palmTurned(Math.PI)), head, false)).toBeUndefined()
    expect(wristPlace(withJoints(palmTurned(Math.PI / 2)), head, true)).toBeUndefined()
  })

  it('does not flicker at the edge: what is there stays a little longer', () => {
    const atEdge = [...Array(90).keys()]
      .map((degrees) => withJoints(palmTurned((degrees * Math.PI) / 180)))
      .filter((each) => !wristPlace(each, head, false) && wristPlace(each, head, true))
    expect(atEdge.length).toBeGreaterThan(8)
  })

  it('is nowhere without a tracked hand, nor on a gaze', () => {
    expect(wristPlace(undefined, head, true)).toBeUndefined()
    expect(wristPlace(hand({}), head, true)).toBeUndefined()
    expect(wristPlace(hand({ kind: 'gaze' }), head, true)).toBeUndefined()
    const lost = withJoints(palmTurned(0))
    lost.joints?.fill(Number.NaN)
    expect(wristPlace(lost, head, true)).toBeUndefined()
  })
})
