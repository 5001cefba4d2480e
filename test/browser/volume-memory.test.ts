import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { transform, type Vec3 } from '../../shared/geometry/transform.ts'
import type { VolumeRequest } from './pages/volume/bench-page.ts'
import { openVolumePage, type Pixels, type VolumePage } from './pages/volume/open-volume-page.ts'
import {
  flatLight,
  inBall,
  type Phantom,
  pixelOf,
  views,
  voxelsOf,
  whiteFrom,
} from './pages/volume/phantoms.ts'

const centre: Vec3 = [20, -12, 18]
const inside = inBall(centre, 20)
/** Large enough for a coarser picture; no side is a multiple of four. */
const dims: Vec3 = [201, 190, 122]
const phantom: Phantom = {
  dims,
  patientFromVoxel: transform([0.7, 0, 0, -70, 0, 0.7, 0, -66, 0, 0, 1.1, -67, 0, 0, 0, 1]),
  valueAt: (at) => (inside(at) ? 1000 : 0),
}
const voxels = voxelsOf(phantom)
const request: VolumeRequest = {
  voxels: {
    dims,
    patientFromVoxel: [...phantom.patientFromVoxel],
    type: 'int16',
    url: '/voxels',
  },
  options: {
    quality: 'adaptive',
    stepVoxels: 1,
    transferFunction: whiteFrom(500, 1),
    lighting: flatLight,
  },
}
const fixed: VolumeRequest = { ...request, options: { ...request.options, quality: 'fixed' } }

let bench: VolumePage
const complaints: string[] = []
beforeAll(async () => {
  bench = await openVolumePage({
    serve: ({ url }, response) => {
      if (url !== '/voxels') return false
      response.writeHead(200).end(Buffer.from(voxels.buffer))
      return true
    },
  })
  bench.page.on('pageerror', (error) => complaints.push(error.message))
})
afterAll(() => bench?.close())

const opened = () =>
  bench.page.evaluate(async (asked) => (await window.bench.open(asked)).levelDims, request)
const whole = () =>
  bench.page.evaluate(async () => {
    await window.bench.renderer.ready
    return window.bench.renderer.levelDims
  })

function expectBall(picture: Pixels, withinPixels: number): void {
  const found = picture.find((r) => r > 100)
  const [x, y] = pixelOf(centre, views.front, 200)
  expect(Math.abs(found.x + 0.5 - x), 'across').toBeLessThan(withinPixels)
  expect(Math.abs(found.y + 0.5 - y), 'down').toBeLessThan(withinPixels)
  const radius = Math.sqrt(found.count / Math.PI)
  expect(Math.abs(radius - 20 * (200 / (1000 * views.front.heightM)))).toBeLessThan(withinPixels)
}

describe('a large volume in memory', () => {
  it('is seen four times coarser in its place, and then as it is', async () => {
    expect(await opened()).toEqual([51, 48, 31])
    expectBall(await bench.draw(views.front, 200), 1.5)
    expect(await bench.page.evaluate(() => window.bench.renderer.settled)).toBe(false)
    expect(await whole()).toEqual(dims)
    const picture = await bench.draw(views.front, 200)
    expectBall(picture, 0.7)
  })

  it('is whole at once where its quality is fixed', async () => {
    const levelDims = await bench.page.evaluate(
      async (asked) => (await window.bench.open(asked)).levelDims,
      fixed,
    )
    expect(levelDims).toEqual(dims)
    expectBall(await bench.draw(views.front, 200), 0.7)
  })

  it('is seen as well where workers cannot be had', async () => {
    await opened()
    await whole()
    const withWorkers = await bench.draw(views.front, 200)
    await bench.page.evaluate(() => {
      const Own = window.Worker
      window.Worker = class extends Own {
        constructor() {
          super('/no-such-script.js')
          window.Worker = Own
        }
      }
    })
    await opened()
    expect(await whole()).toEqual(dims)
    const without = await bench.draw(views.front, 200)
    expect(without.greatestDifference(withWorkers)).toBe(0)
  })

  it('may be taken away while it comes, and others follow', async () => {
    const levelDims = await bench.page.evaluate(async (asked) => {
      const renderer = await window.bench.open(asked)
      const { levelDims: coming } = renderer
      window.bench.clear()
      await renderer.ready
      return coming
    }, request)
    expect(levelDims).toEqual([51, 48, 31])
    await opened()
    expect(await whole()).toEqual(dims)
    expectBall(await bench.draw(views.front, 200), 0.7)
    expect(complaints).toEqual([])
  })
})
