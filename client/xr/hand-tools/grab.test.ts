import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { turnAbout } from '../../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { handAt, heldRoom } from '../../../test/support/held-room.ts'
import type { Side, XrHand } from '../hands/xr-hand.ts'
import { Grab } from './grab.ts'

const nobody: ReadonlySet<Side> = new Set()
/** In the volume of `heldSpace`, which stands as a conference opens. */
const inside: Vec3 = [0, 1.3, -0.8]
const outside: Vec3 = [0.2, 1.1, -0.2]

let room: ReturnType<typeof heldRoom>
let grab: Grab
let nowMs: number
beforeEach(() => {
  room = heldRoom()
  grab = new Grab(room.space)
  nowMs = 1000
})
afterEach(() => room.dispose())

/** Frames of 20 ms. */
function frames(hands: readonly XrHand[], count = 1, taken = nobody): void {
  for (let n = 0; n < count; n++) {
    nowMs += 20
    grab.frame(hands, taken, nowMs)
  }
}
const squeezing = (side: Side, at: Vec3) => handAt(side, at, { squeeze: true })
const pinching = (at: Vec3) => handAt('right', at, { kind: 'hand', trigger: true })
const shown = () => room.space.host.shown().pose

function near(a: readonly number[], b: readonly number[]): void {
  for (const [n, value] of a.entries()) expect(value).toBeCloseTo(b[n] as number, 9)
}

describe('a controller', () => {
  it('[XR-3] grabs by its squeeze from anywhere, shows the drag, and asks once at the end', () => {
    frames([handAt('right', outside)])
    frames([squeezing('right', outside)])
    frames([squeezing('right', [0.5, 1.4, -0.1])])
    near(shown().position, [0.3, 1.6, -0.7])
    expect(room.asked).toEqual([])
    expect(room.shown.at(-1)?.drag?.position[0]).toBeCloseTo(0.3, 9)
    frames([handAt('right', [0.5, 1.4, -0.1])])
    expect(room.asked).toMatchObject([{ type: 'setVolumePose', scale: 1 }])
    frames([handAt('right', [2, 2, 2])], 5)
    expect(room.asked).toHaveLength(1)
  })

  it('turns what it holds as it turns', () => {
    frames([handAt('right', inside)])
    frames([squeezing('right', inside)])
    const turn = turnAbout([0, 1, 0], 0.5)
    frames([handAt('right', inside, { squeeze: true, turn })])
    near(shown().rotation, turn)
    near(shown().position, inside)
  })

  it('[XR-3] and another one scale it, and let go of it without a jump', () => {
    const both = (left: Vec3, right: Vec3) => [squeezing('left', left), squeezing('right', right)]
    frames([handAt('left', [-0.1, 1.3, -0.4]), handAt('right', [0.1, 1.3, -0.4])])
    frames(both([-0.1, 1.3, -0.4], [0.1, 1.3, -0.4]))
    frames(both([-0.3, 1.3, -0.4], [0.3, 1.3, -0.4]))
    expect(shown().scale).toBeCloseTo(3, 9)
    const before = shown()
    frames([handAt('left', [-0.3, 1.3, -0.4]), squeezing('right', [0.3, 1.3, -0.4])])
    expect(shown()).toEqual(before)
    frames([handAt('left', [-0.3, 1.3, -0.4]), squeezing('right', [0.3, 1.5, -0.4])])
    near(shown().position, [before.position[0], before.position[1] + 0.2, before.position[2]])
    expect(room.asked).toEqual([])
    frames([handAt('left', [-0.3, 1.3, -0.4]), handAt('right', [0.3, 1.5, -0.4])])
    expect(room.asked).toHaveLength(1)
  })
})

describe('a bare hand', () => {
  it('[CASE-2] that holds the plane does not grab the volume it is held into; a fist does', () => {
    room.now.tool = 'clip'
    frames([handAt('right', inside, { kind: 'hand' })])
    frames([pinching(inside)], 3)
    expect(grab.holds('right')).toBe(false)
    frames([handAt('right', inside, { kind: 'hand' })])
    frames([handAt('right', inside, { kind: 'hand', squeeze: true })])
    expect(grab.holds('right')).toBe(true)
  })

  it('[XR-2] grabs by a pinch where the volume is', () => {
    frames([handAt('right', inside, { kind: 'hand' })])
    frames([pinching(inside)])
    expect(grab.holds('right')).toBe(true)
    frames([pinching([0.1, 1.3, -0.8])])
    frames([handAt('right', [0.1, 1.3, -0.8], { kind: 'hand' })])
    expect(room.asked).toMatchObject([{ type: 'setVolumePose' }])
  })

  it('pinches nothing beside it, nor when it comes in pinching, nor on a menu', () => {
    frames([handAt('right', outside, { kind: 'hand' })])
    frames([pinching(outside)])
    frames([pinching(inside)])
    expect(grab.holds('right')).toBe(false)
    frames([handAt('right', inside, { kind: 'hand' })])
    frames([pinching(inside)], 1, new Set<Side>(['right']))
    expect(grab.holds('right')).toBe(false)
  })

  it('grabs by its fist from anywhere', () => {
    frames([handAt('right', outside, { kind: 'hand' })])
    frames([handAt('right', outside, { kind: 'hand', squeeze: true })])
    expect(grab.holds('right')).toBe(true)
  })
})

describe('a hand that is lost', () => {
  const lost = handAt('right', inside, { squeeze: true, grip: undefined, ray: undefined })

  it('for a moment goes on holding', () => {
    frames([handAt('right', inside)])
    frames([squeezing('right', inside)])
    frames([lost], 20)
    expect(room.asked).toEqual([])
    frames([squeezing('right', [0.1, 1.3, -0.8])])
    near(shown().position, [0.1, 1.3, -0.8])
  })

  it('for longer leaves the volume where it is, and does not take it again by itself', () => {
    frames([handAt('right', inside)])
    frames([squeezing('right', inside)])
    frames([squeezing('right', [0.1, 1.3, -0.8])])
    frames([lost], 40)
    expect(room.asked).toMatchObject([{ type: 'setVolumePose', position: [0.1, 1.3, -0.8] }])
    frames([squeezing('right', [2, 2, 2])], 3)
    near(shown().position, [0.1, 1.3, -0.8])
  })
})

describe('who does not lead', () => {
  it('[ROLE-4] moves nothing, and reads why', () => {
    room.now.verdict = 'not-allowed'
    frames([handAt('right', inside)])
    frames([squeezing('right', inside)], 3)
    frames([squeezing('right', [1, 1, 1])])
    expect(room.said).toEqual(['Only the person who leads can move the volume.'])
    expect(room.asked).toEqual([])
    expect(room.shown.some(({ drag }) => drag)).toBe(false)
  })

  it('[ROLE-2] any more, in the middle of a grab, asks for nothing', () => {
    frames([handAt('right', inside)])
    frames([squeezing('right', inside)])
    frames([squeezing('right', [0.4, 1.3, -0.8])])
    room.now.verdict = 'not-presenter'
    frames([squeezing('right', [0.5, 1.3, -0.8])])
    frames([handAt('right', [0.5, 1.3, -0.8])])
    near(shown().position, inside)
    expect(room.asked).toEqual([])
    expect(room.said).toEqual([])
  })
})
