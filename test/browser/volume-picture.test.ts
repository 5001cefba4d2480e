import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { dot } from '../../shared/geometry/vector.ts'
import type { View, VolumeRequest } from './pages/volume/bench-page.ts'
import { openVolumePage, Pixels, type VolumePage } from './pages/volume/open-volume-page.ts'
import {
  cubeFromVoxel,
  flatLight,
  inBall,
  obliqueDims,
  obliqueFromVoxel,
  pixelOf,
  requestFor,
  views,
  whiteFrom,
} from './pages/volume/phantoms.ts'

let bench: VolumePage
beforeAll(async () => {
  bench = await openVolumePage()
})
afterAll(() => bench?.close())

const load = (request: VolumeRequest) =>
  bench.page.evaluate((asked) => window.bench.load(asked), request)

const lit = (r: number) => r > 100
const opaque = { transferFunction: whiteFrom(500, 1), lighting: flatLight }
/** Along the patient's y, on the middle of a cube of 64 mm with its corner at the origin. */
const onCube = {
  ...views.front,
  eye: [0.032, 0.032, 1] as Vec3,
  target: [0.032, 0.032, 0] as Vec3,
  heightM: 0.08,
}
const cube = { dims: [64, 64, 64] as Vec3, patientFromVoxel: cubeFromVoxel }

describe('where things are', () => {
  const balls: Record<string, Vec3> = {
    left: [30, 0, 0],
    posterior: [0, 28, 0],
    head: [0, 0, 32],
    rightAndAnterior: [-22, -24, -12],
  }
  for (const [name, centre] of Object.entries(balls)) {
    it(`a ball on the ${name} side of an oblique, sheared volume is there in every view`, async () => {
      const inside = inBall(centre, 9)
      const phantom = {
        dims: obliqueDims,
        patientFromVoxel: obliqueFromVoxel,
        valueAt: (at: Vec3) => (inside(at) ? 1000 : 0),
      }
      await load(requestFor(phantom, opaque))
      for (const view of Object.values(views)) {
        const picture = await bench.draw(view, 200)
        const found = picture.find(lit)
        const [x, y] = pixelOf(centre, view, 200)
        expect(Math.abs(found.x + 0.5 - x), 'across').toBeLessThan(1.2)
        expect(Math.abs(found.y + 0.5 - y), 'down').toBeLessThan(1.2)
      }
    })
  }

  it('[XR-1] two eyes in one target each see it in their own half, however coarse it is drawn', async () => {
    const centre: Vec3 = [30, 0, 12]
    const inside = inBall(centre, 9)
    const phantom = {
      dims: obliqueDims,
      patientFromVoxel: obliqueFromVoxel,
      valueAt: (at: Vec3) => (inside(at) ? 1000 : 0),
    }
    await load(requestFor(phantom, { ...opaque, quality: 'adaptive' }))
    const eyes = [views.front, views.feet] as const
    const drawn = await bench.page.evaluate((v) => window.bench.drawForTwo(v, 200, 8), [
      eyes[0],
      eyes[1],
    ] as [View, View])
    const picture = new Pixels(drawn)
    for (const [n, view] of eyes.entries()) {
      const [x, y] = pixelOf(centre, view, 200)
      const found = picture.find(lit, [200 * n, 200 * (n + 1)])
      expect(Math.abs(found.x + 0.5 - 200 * n - x), 'across').toBeLessThan(2.5)
      expect(Math.abs(found.y + 0.5 - y), 'down').toBeLessThan(2.5)
      expect(Math.abs(Math.sqrt(found.count / Math.PI) - 9)).toBeLessThan(1.5)
    }
    const alone = (await bench.draw(views.front, 200)).find(lit)
    expect(Math.abs(alone.x - picture.find(lit, [0, 200]).x)).toBeLessThan(2.5)
  })

  it('a ball in a sheared, uneven volume is drawn round and of its true size', async () => {
    const inside = inBall([0, 0, 0], 25)
    const phantom = {
      dims: obliqueDims,
      patientFromVoxel: obliqueFromVoxel,
      valueAt: (at: Vec3) => (inside(at) ? 1000 : 0),
    }
    await load(requestFor(phantom, opaque))
    for (const view of Object.values(views)) {
      const { count } = (await bench.draw(view, 200)).find(lit)
      const radiusMm = Math.sqrt(count / Math.PI)
      expect(radiusMm).toBeGreaterThan(24)
      expect(radiusMm).toBeLessThan(26)
    }
  })

  it('a left-handed scene is refused in words, for it would mirror the patient', async () => {
    expect(await bench.page.evaluate(() => window.bench.refusal())).toMatch(/left-handed/)
  })

  it('a mirrored voxel order is drawn where its matrix says', async () => {
    const inside = inBall([10, 40, 30], 8)
    await load(
      requestFor(
        {
          dims: [64, 64, 64],
          patientFromVoxel: [-1, 0, 0, 63.5, 0, 1, 0, 0.5, 0, 0, 1, 0.5, 0, 0, 0, 1],
          valueAt: (at) => (inside(at) ? 1000 : 0),
        },
        opaque,
      ),
    )
    const found = (await bench.draw(onCube, 160)).find(lit)
    expect(found.x / 2 - 8).toBeCloseTo(10, 0)
    expect(72 - found.y / 2).toBeCloseTo(30, 0)
  })
})

describe('how much is absorbed', () => {
  for (const stepVoxels of [0.5, 1, 2]) {
    it(`20 mm at 2 % a mm absorb 1 − 0.98²⁰, in steps of ${stepVoxels} voxels`, async () => {
      const slab = {
        dims: [64, 20, 64] as Vec3,
        patientFromVoxel: cubeFromVoxel,
        valueAt: () => 700,
      }
      const look = { transferFunction: whiteFrom(500, 0.02), lighting: flatLight, stepVoxels }
      await load(requestFor(slab, look))
      const picture = await bench.draw(onCube, 80)
      const expected = 255 * (1 - 0.98 ** 20)
      for (const at of [20, 33, 40, 51]) {
        expect(Math.abs(picture.at(at, at)[0] - expected)).toBeLessThanOrEqual(1.5)
      }
    })
  }

  it('an uneven, oblique volume absorbs by the millimetre, not by the voxel', async () => {
    const phantom = { dims: obliqueDims, patientFromVoxel: obliqueFromVoxel, valueAt: () => 700 }
    const look = { transferFunction: whiteFrom(500, 0.01), lighting: flatLight }
    // The middle ray passes between two planes 30 mm apart.
    const planes = [
      { normal: [0, 1, 0] as Vec3, offsetMm: -10 },
      { normal: [0, -2, 0] as Vec3, offsetMm: -40 },
    ]
    await load(requestFor(phantom, look))
    await bench.page.evaluate((p) => window.bench.setPlanes(p), planes)
    const picture = await bench.draw(views.front, 100)
    expect(Math.abs(picture.at(50, 50)[0] - 255 * (1 - 0.99 ** 30))).toBeLessThanOrEqual(1.5)
  })

  it('padding is nothing, although the transfer function would show its value', async () => {
    const half = {
      ...cube,
      valueAt: ([x]: Vec3) => (x < 32 ? -2000 : -500),
    }
    const all = [{ value: -3000, r: 1, g: 1, b: 1, opacity: 1 }]
    await load(requestFor(half, { transferFunction: all, lighting: flatLight }, -2000))
    const picture = await bench.draw(onCube, 160)
    // Two pixels a mm; 32 mm are at pixel 80, the first whole cell of tissue at pixel 81.
    expect(picture.at(70, 80)[0]).toBe(0)
    expect(picture.at(78, 80)[0]).toBe(0)
    expect(picture.at(83, 80)[0]).toBeGreaterThan(250)
    expect(picture.at(140, 80)[0]).toBeGreaterThan(250)
  })

  for (const [type, values] of [
    ['uint16', Uint16Array.of(0, 60000)],
    ['float32', Float32Array.of(0, 121329.9)],
    ['float32', Float32Array.of(0, 0.002)],
    ['uint8', Uint8Array.of(0, 255)],
  ] as const) {
    it(`values of ${type} up to ${values[1]} keep their place in the transfer function`, async () => {
      const top = values[1] as number
      const voxels = new (values.constructor as Uint8ArrayConstructor)(64 ** 3)
      voxels.fill(top / 2)
      const knots = [
        { value: 0, r: 0, g: 0, b: 0, opacity: 1 },
        { value: top, r: 1, g: 1, b: 1, opacity: 1 },
      ]
      voxels[0] = 0
      voxels[1] = top
      await bench.page.evaluate((asked) => window.bench.load(asked), {
        voxels: {
          dims: [64, 64, 64] as const,
          patientFromVoxel: [...cubeFromVoxel],
          type,
          base64: Buffer.from(voxels.buffer).toString('base64'),
        },
        options: { transferFunction: knots, lighting: flatLight, quality: 'fixed' as const },
      })
      const grey = (await bench.draw(onCube, 80)).at(40, 40)[0]
      expect(Math.abs(grey - (255 * (voxels[9] as number)) / top)).toBeLessThanOrEqual(2)
    })
  }
})

describe('clipping planes', () => {
  const solid = { ...cube, valueAt: () => 1000 }

  it('keep the side dot(normal, p) >= offset, exact to a voxel, turned as they may be', async () => {
    await load(requestFor(solid, opaque))
    const planes = [
      { normal: [3, 0, 4] as Vec3, offsetMm: 140 },
      { normal: [-1, 0, 0.2] as Vec3, offsetMm: -46 },
    ]
    await bench.page.evaluate((p) => window.bench.setPlanes(p), planes)
    const picture = await bench.draw(onCube, 320)
    let checked = 0
    for (let y = 0; y < 320; y++) {
      for (let x = 0; x < 320; x++) {
        const at: Vec3 = [(x + 0.5) / 4 - 8, 32, 72 - (y + 0.5) / 4]
        if (at[0] < 1 || at[0] > 63 || at[2] < 1 || at[2] > 63) continue
        const heights = planes.map(
          ({ normal, offsetMm }) => (dot(normal, at) - offsetMm) / Math.hypot(...normal),
        )
        if (heights.some((height) => Math.abs(height) < 0.5)) continue
        const kept = heights.every((height) => height > 0)
        expect(picture.at(x, y)[0] > 100, `${at}`).toBe(kept)
        checked++
      }
    }
    expect(checked).toBeGreaterThan(40_000)
  })

  it('may be six, and no more', async () => {
    await load(requestFor(solid, opaque))
    const box = ([0, 1, 2] as const).flatMap((axis) => [
      { normal: [0, 1, 2].map((n) => (n === axis ? 1 : 0)) as unknown as Vec3, offsetMm: 20 },
      { normal: [0, 1, 2].map((n) => (n === axis ? -1 : 0)) as unknown as Vec3, offsetMm: -40 },
    ])
    await bench.page.evaluate((p) => window.bench.setPlanes(p), box)
    const { count } = (await bench.draw(onCube, 320)).find(lit)
    expect(Math.abs(Math.sqrt(count) / 4 - 20)).toBeLessThan(0.3)
    const seven = [...box, { normal: [1, 1, 1] as Vec3, offsetMm: 0 }]
    const refusal = await bench.page.evaluate((p) => {
      try {
        window.bench.setPlanes(p)
        return ''
      } catch (error) {
        return String(error)
      }
    }, seven)
    expect(refusal).toMatch(/at most 6/)
  })

  it('that keep nothing leave nothing', async () => {
    await load(requestFor(solid, opaque))
    await bench.page.evaluate(() =>
      window.bench.setPlanes([
        { normal: [1, 0, 0], offsetMm: 40 },
        { normal: [-1, 0, 0], offsetMm: -20 },
      ]),
    )
    expect((await bench.draw(onCube, 80)).find(lit).count).toBe(0)
  })
})

describe('among other things in the scene', () => {
  const solid = { ...cube, valueAt: ([, y]: Vec3) => (y > 16 && y < 48 ? 1000 : 0) }
  const isRed = (r: number, g: number) => r > 150 && g < 60

  for (const quality of ['fixed', 'adaptive'] as const) {
    it(`what stands before the tissue is seen, what stands in or behind it is not, ${quality}`, async () => {
      for (const [name, y, seen] of [
        ['before the box', -30, true],
        ['in the box, before the tissue', 8, true],
        ['in the tissue', 32, false],
        ['behind', 90, false],
      ] as const) {
        await load(requestFor(solid, { ...opaque, quality }))
        await bench.page.evaluate((at) => window.bench.addSphere(at, 0.01, [1, 0, 0]), [
          0.032,
          0.032,
          -y / 1000,
        ] as Vec3)
        const { count } = (await bench.draw(onCube, 160)).find(isRed)
        expect(count > 200, name).toBe(seen)
      }
    })
  }

  it('the tissue is drawn from inside its box as well', async () => {
    await load(requestFor(solid, opaque))
    const inside = {
      eye: [0.032, 0.032, -0.005],
      target: [0.032, 0.032, -1],
      up: [0, 1, 0],
    } as const
    expect((await bench.draw(inside, 80)).find(lit).count).toBe(6400)
  })
})

for (const quality of ['fixed', 'adaptive'] as const) {
  it(`a lost graphics context comes back with the same picture, ${quality}`, async () => {
    const inside = inBall([20, 32, 40], 15)
    const phantom = { ...cube, valueAt: (at: Vec3) => (inside(at) ? 900 : 100) }
    await load(requestFor(phantom, { ...opaque, quality }))
    await bench.page.evaluate((view) => window.bench.look(view, 120), onCube)
    const settled = async () => new Pixels(await bench.page.evaluate(() => window.bench.settle()))
    const before = await settled()
    await bench.page.evaluate(() => window.bench.loseContext())
    expect(before.find(lit).count).toBeGreaterThan(1000)
    expect((await settled()).greatestDifference(before)).toBeLessThanOrEqual(1)
  })
}
