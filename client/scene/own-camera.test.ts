import { expect, it } from 'vitest'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { add, scale } from '../../shared/geometry/vector.ts'
import { OwnCamera } from './own-camera.ts'

const viewport = { width: 390, height: 700 }

it('a ray through a pixel meets what is projected onto that pixel, from anywhere', () => {
  const camera = new OwnCamera()
  camera.orbit(0.7, -0.4)
  camera.dolly(1.3)
  camera.pan(30, -12, viewport)
  for (const [x, y] of [
    [0, 0],
    [195, 350],
    [380, 20],
    [17, 690],
  ] as const) {
    const { origin, direction } = camera.rayThrough(x, y, viewport)
    const seen = camera.project(add(origin, scale(direction, 2.5)), viewport)
    expect(seen?.x).toBeCloseTo(x, 6)
    expect(seen?.y).toBeCloseTo(y, 6)
  }
})

it('at home the patient’s left is on the right, the head above, and what is behind is not seen', () => {
  const camera = new OwnCamera()
  const [x, y, z] = camera.target
  const middle = camera.project([x, y, z], viewport)
  const left = camera.project([x + 0.1, y, z], viewport) // world x is the patient's left
  const head = camera.project([x, y + 0.1, z], viewport)
  expect(left?.x).toBeGreaterThan(middle?.x ?? 0)
  expect(head?.y).toBeLessThan(middle?.y ?? 0)
  const behind: Vec3 = add(camera.eye, scale(camera.forward, -1))
  expect(camera.project(behind, viewport)).toBeUndefined()
})

it('[ROLE-3] is at home until its owner moves it, on a new size too', () => {
  const camera = new OwnCamera()
  camera.setHome(0.4, viewport)
  expect(camera.atHome).toBe(true)
  const edge = camera.project(add(camera.target, [0.39, 0, 0]), viewport)
  expect(edge?.x).toBeLessThan(viewport.width)
  camera.orbit(0.1, 0)
  const { eye } = camera
  camera.setHome(0.4, { width: 1400, height: 700 })
  expect(camera.eye).toEqual(eye)
  camera.goHome()
  expect(camera.atHome).toBe(true)
})
