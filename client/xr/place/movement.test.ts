import { NullEngine } from '@babylonjs/core/Engines/nullEngine.js'
import { Scene } from '@babylonjs/core/scene.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { shortestArc } from '../../../shared/geometry/grab.ts'
import { normalize } from '../../../shared/geometry/vector.ts'
import type { WorldPose } from '../../../shared/protocol/pose-sample.ts'
import { handAt } from '../../../test/support/held-room.ts'
import type { ImmersionHost } from '../../scene/immersion.ts'
import { Inks } from '../../scene/stroke.ts'
import type { Side, XrHand } from '../hands/xr-hand.ts'
import { Movement } from './movement.ts'
import { OwnPlace } from './own-place.ts'
import { worldFromLocal } from './wearer-place.ts'

const local: WorldPose = { position: [0.2, 1.6, 0.1], rotation: [0, 0, 0, 1] }

let engine: NullEngine
let place: OwnPlace
let movement: Movement
beforeEach(() => {
  engine = new NullEngine()
  const scene = new Scene(engine)
  place = new OwnPlace({
    scene,
    aboveFloorM: 0,
    heads: [],
    volume: () => [0, 1.3, -0.8],
    onGoThere: () => movement.goThere(),
  })
  const host = { scene, inks: new Inks(scene) } as Partial<ImmersionHost> as ImmersionHost
  movement = new Movement(host, place)
})
afterEach(() => engine.dispose())

function frame(hand: XrHand, taken: readonly Side[] = []): WorldPose {
  const head = worldFromLocal(place.begin(), local)
  place.headAt(head)
  movement.frame([hand], new Set(taken))
  return head
}
const downAhead = shortestArc([0, 0, -1], normalize([0, -0.5, -1]))
const hand = (more: Partial<XrHand> = {}) =>
  handAt('right', [0.3, 1.2, -0.2], { turn: downAhead, ...more })

describe('the thumbstick', () => {
  it('[XR-4] turns by one step a push, whichever way it is held on', () => {
    frame(hand({ stick: [0.9, 0] }))
    for (let n = 0; n < 5; n++) frame(hand({ stick: [0.8, -0.5] }))
    expect(place.begin().yaw).toBeCloseTo(-Math.PI / 6, 9)
    frame(hand())
    frame(hand({ stick: [-1, 0] }))
    expect(place.begin().yaw).toBeCloseTo(0, 9)
  })

  it('[XR-4] forward shows the way, and goes there when it is let go', () => {
    const before = frame(hand({ stick: [0, -1] }))
    expect(movement.needs('right')).toBe(true)
    expect(frame(hand({ stick: [0.1, -0.9] })).position).toEqual(before.position)
    frame(hand())
    const after = frame(hand())
    expect(after.position[2]).toBeLessThan(before.position[2] - 1)
    expect(after.position[1]).toBeCloseTo(1.6, 9)
    expect(movement.needs('right')).toBe(false)
  })

  it('backward does nothing', () => {
    const before = frame(hand({ stick: [0, 1] }))
    frame(hand())
    expect(frame(hand()).position).toEqual(before.position)
  })
})

describe('“Go there”', () => {
  it('[XR-2] waits for the press that chose it to end, and goes with the next', () => {
    const before = frame(hand({ trigger: true }), ['right'])
    place.goThere()
    frame(hand({ trigger: true }), ['right'])
    expect(movement.needs('right')).toBe(true)
    frame(hand())
    frame(hand({ trigger: true }))
    expect(frame(hand({ trigger: true })).position).toEqual(before.position)
    frame(hand())
    expect(frame(hand()).position[2]).toBeLessThan(before.position[2] - 1)
    expect(movement.needs('right')).toBe(false)
  })

  it('stays where it is when the press points out of reach', () => {
    const up = hand({ trigger: false })
    const far = { ...up, ray: { origin: [0, 1.8, 0], direction: normalize([0, 0.8, -1]) } } as const
    const before = frame(far)
    place.goThere()
    frame(far)
    frame({ ...far, trigger: true })
    frame(far)
    expect(frame(far).position).toEqual(before.position)
  })
})

it('a wearer whose headset knows no floor is as high as one who stands, seated or not', () => {
  const scene = new Scene(engine)
  const floorless = new OwnPlace({
    scene,
    aboveFloorM: 1.6,
    heads: [],
    volume: () => [0, 1.3, -0.8],
    onGoThere: () => undefined,
  })
  const head = worldFromLocal(floorless.begin(), { position: [0, 0, 0], rotation: [0, 0, 0, 1] })
  expect(head.position[1]).toBe(1.6)
  floorless.headAt(head)
  floorless.toggleSeated()
  expect(floorless.seated).toBe(false)
})
