import { describe, expect, it } from 'vitest'
import { multiply, rotate, turnAbout } from '../../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { normalize, subtract } from '../../../shared/geometry/vector.ts'
import { openingPose } from '../../../shared/geometry/volume-pose.ts'
import type { WorldPose } from '../../../shared/protocol/pose-sample.ts'
import {
  enteringPlace,
  goneTo,
  recentred,
  seatToggled,
  turnedBy,
  type WearerPlace,
  worldFromLocal,
  worldIsLocal,
} from './wearer-place.ts'

const near = (a: readonly number[], b: readonly number[]) => {
  for (const [n, value] of a.entries()) expect(value).toBeCloseTo(b[n] as number, 9)
}
const local: WorldPose = {
  position: [0.3, 1.55, -0.2],
  rotation: multiply(turnAbout([0, 1, 0], 0.7), turnAbout([1, 0, 0], -0.3)),
}
const somewhere: WearerPlace = { x: 1.2, z: -0.4, yaw: 2.1, raisedM: 0.35 }
const forward = ({ rotation }: WorldPose): Vec3 => rotate(rotation, [0, 0, -1])

describe('entering', () => {
  it('[XR-4] alone, the room is the headset’s own', () => {
    expect(enteringPlace([])).toEqual(worldIsLocal)
    near(worldFromLocal(worldIsLocal, local).position, local.position)
  })

  it('[XR-4] beside others, each on a place of their own that faces the volume', () => {
    const heads: Vec3[] = []
    const places = Array.from({ length: 9 }, () => {
      const place = enteringPlace(heads)
      heads.push([place.x, 1.6, place.z])
      return place
    })
    expect(new Set(places.map(({ x, z }) => `${x} ${z}`)).size).toBe(9)
    for (const place of places) {
      const { position, rotation } = worldFromLocal(place, {
        position: [0, openingPose.position[1], 0],
        rotation: [0, 0, 0, 1],
      })
      near(rotate(rotation, [0, 0, -1]), normalize(subtract(openingPose.position, position)))
    }
    expect(places[1]?.yaw).toBeCloseTo((40 * Math.PI) / 180, 9)
    expect(places[2]?.yaw).toBeCloseTo((-40 * Math.PI) / 180, 9)
  })

  it('where nobody is near the opening place, whoever else is in the room does not matter', () => {
    expect(enteringPlace([[0.8, 1.6, -0.8]])).toEqual(worldIsLocal)
  })
})

describe('the wearer’s own moves', () => {
  it('a turn leaves the head where it is and turns what it sees', () => {
    const head = worldFromLocal(somewhere, local)
    const after = worldFromLocal(turnedBy(somewhere, head.position, Math.PI / 6), local)
    near(after.position, head.position)
    near(forward(after), rotate(turnAbout([0, 1, 0], Math.PI / 6), forward(head)))
  })

  it('going somewhere brings the head over it, at its height, looking as before', () => {
    const head = worldFromLocal(somewhere, local)
    const after = worldFromLocal(goneTo(somewhere, head.position, [-2, 0, 3]), local)
    near(after.position, [-2, head.position[1], 3])
    near(after.rotation, head.rotation)
  })

  it('[XR-4] recentring brings the head back and turns it to the volume', () => {
    const entered = enteringPlace([[0, 1.6, 0]])
    const volume: Vec3 = [1, 1.3, -2]
    const head = worldFromLocal(somewhere, local)
    const after = worldFromLocal(recentred(somewhere, entered, head, volume), local)
    near(after.position, [entered.x, head.position[1], entered.z])
    const [x, , z] = forward(after)
    const [vx, , vz] = subtract(volume, after.position)
    expect(Math.atan2(x, z)).toBeCloseTo(Math.atan2(vx, vz), 9)
  })

  it('[XR-4] who sits sees from standing height, and as before once toggled back', () => {
    const sitting = seatToggled(worldIsLocal, 1.15)
    expect(worldFromLocal(sitting, { ...local, position: [0, 1.15, 0] }).position[1]).toBeCloseTo(
      1.6,
      9,
    )
    expect(seatToggled(sitting, 1.6)).toEqual(worldIsLocal)
    expect(seatToggled(worldIsLocal, 1.8).raisedM).toBe(0)
  })
})
