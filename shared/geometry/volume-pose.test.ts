import { describe, expect, it } from 'vitest'
import { turnAbout } from './quaternion.ts'
import { compose, invert, transform, transformPoint, type Vec3 } from './transform.ts'
import { centreOfBox, openingPose, worldFromPatient } from './volume-pose.ts'

const oblique = transform<'patient', 'voxel'>([
  0.699, 0.018, -0.023, -95.1, -0.015, 0.661, 0.086, -146.7, 0.027, -0.085, 0.661, -40.1, 0, 0, 0,
  1,
])
const centre = centreOfBox(oblique, [274, 384, 60])
function near(a: Vec3, b: Vec3): void {
  for (const [axis, value] of a.entries()) expect(value).toBeCloseTo(b[axis] ?? 0, 9)
}

describe('worldFromPatient', () => {
  it('[CASE-1] opens upright, life size, facing the viewer, with the patient’s left on the right', () => {
    const world = worldFromPatient(openingPose, centre)
    const [x, y, z] = openingPose.position
    near(transformPoint(world, centre), [x, y, z])
    const [cx, cy, cz] = centre
    near(transformPoint(world, [cx + 100, cy, cz]), [x + 0.1, y, z]) // left
    near(transformPoint(world, [cx, cy - 100, cz]), [x, y, z + 0.1]) // anterior, to the viewer
    near(transformPoint(world, [cx, cy, cz + 100]), [x, y + 0.1, z]) // head
  })

  it('turns about the centre, scales there, and is undone by its inverse', () => {
    const pose = {
      position: [1, 2, 3],
      rotation: turnAbout([0, 1, 0], Math.PI / 2),
      scale: 2,
    } as const
    const world = worldFromPatient(pose, centre)
    near(transformPoint(world, centre), [1, 2, 3])
    const [cx, cy, cz] = centre
    near(transformPoint(world, [cx, cy - 100, cz]), [1.2, 2, 3]) // anterior goes to the right
    const worldFromVoxel = compose(world, oblique)
    near(transformPoint(compose(invert(worldFromVoxel), worldFromVoxel), [3, 5, 7]), [3, 5, 7])
  })

  it('refuses what is no affine transform', () => {
    expect(() => transform([1, 2, 3])).toThrow(RangeError)
    expect(() => transform([...oblique.slice(0, 15), 2])).toThrow(RangeError)
    expect(() => transform([Number.NaN, ...oblique.slice(1)])).toThrow(RangeError)
    expect(() => invert(transform([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]))).toThrow(
      RangeError,
    )
  })
})
