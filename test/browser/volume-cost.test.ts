import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { dot, length, normalize, subtract } from '../../shared/geometry/vector.ts'
import type { VolumeRequest } from './pages/volume/bench-page.ts'
import { openVolumePage, Pixels, type VolumePage } from './pages/volume/open-volume-page.ts'
import {
  cubeFromVoxel,
  flatLight,
  obliqueDims,
  obliqueFromVoxel,
  type Phantom,
  requestFor,
  views,
  whiteFrom,
  worldOf,
} from './pages/volume/phantoms.ts'

let bench: VolumePage
beforeAll(async () => {
  bench = await openVolumePage()
})
afterAll(() => bench?.close())

const load = (request: VolumeRequest) =>
  bench.page.evaluate((asked) => window.bench.load(asked), request)

/** Shells and grains around the origin, the same every time: something at every scale. */
const grain = ([x, y, z]: Vec3) => {
  const wave = Math.sin(x * 12.9898 + y * 78.233 + z * 37.719) * 43758.5453
  return wave - Math.floor(wave)
}
const shells: Phantom = {
  dims: obliqueDims,
  patientFromVoxel: obliqueFromVoxel,
  valueAt: (at) => {
    const far = length(at)
    const skin = Math.abs(far - 38) < 3 ? 300 : 0
    const core = length(subtract(at, [8, -6, 4])) < 12 ? 1200 : 0
    return (
      -1000 +
      Math.max(skin + 1000 * Number(skin > 0), core + 1000 * Number(core > 0)) +
      60 * grain(at)
    )
  },
}
const tissue = [
  { value: 150, r: 0.9, g: 0.6, b: 0.4, opacity: 0 },
  { value: 300, r: 0.9, g: 0.5, b: 0.4, opacity: 0.08 },
  { value: 900, r: 1, g: 0.95, b: 0.9, opacity: 0.6 },
]
const perspective = { eye: worldOf([60, -170, 50]), target: [0, 0, 0], up: [0, 1, 0] } as const

async function fetchesPerPixel(phantom: Phantom, options: VolumeRequest['options'], size: number) {
  await load(requestFor(phantom, { ...options, probe: 'fetches' }))
  const picture = await bench.draw(views.front, size)
  let sum = 0
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const [low, high] = picture.at(x, y)
      sum += low + 256 * high
    }
  }
  return sum / size ** 2
}

describe('leaving out what is empty', () => {
  it('draws the same picture', async () => {
    const pictures: Pixels[] = []
    for (const skipping of [true, false]) {
      await load(requestFor(shells, { transferFunction: tissue, skipping }))
      pictures.push(await bench.draw(perspective, 200))
    }
    const [with_, without] = pictures as [Pixels, Pixels]
    expect(without.find((r) => r > 20).count).toBeGreaterThan(3000)
    expect(with_.greatestDifference(without)).toBeLessThanOrEqual(1)
  })

  it('reads less than half as often', async () => {
    const options = { transferFunction: tissue }
    const core = { ...shells, valueAt: (at: Vec3) => (length(at) < 20 ? 1000 : -1000) }
    const plain = await fetchesPerPixel(core, { ...options, skipping: false }, 128)
    const lean = await fetchesPerPixel(core, { ...options, skipping: true }, 128)
    expect(lean).toBeLessThan(plain / 2)
  })

  it('follows the transfer function: what becomes visible is drawn at once', async () => {
    const faint = { ...shells, valueAt: (at: Vec3) => (length(at) < 20 ? 100 : 0) }
    await load(requestFor(faint, { transferFunction: whiteFrom(500, 1), lighting: flatLight }))
    expect((await bench.draw(views.front, 100)).find((r) => r > 100).count).toBe(0)
    await bench.page.evaluate(
      (knots) => window.bench.renderer.setTransferFunction(knots),
      whiteFrom(50, 1),
    )
    expect((await bench.draw(views.front, 100)).find((r) => r > 100).count).toBeGreaterThan(250)
  })

  it('a plain march reads once a voxel, an empty volume next to never', async () => {
    const empty: Phantom = { dims: [96, 96, 96], patientFromVoxel: cubeFromVoxel, valueAt: () => 0 }
    // The whole picture is inside the box: x and z from 1 to 95 mm.
    const options = { transferFunction: whiteFrom(500, 1) }
    const view = {
      eye: worldOf([48, -100, 48]),
      target: worldOf([48, 0, 48]),
      up: [0, 1, 0] as const,
      heightM: 0.09,
    }
    const read = async (skipping: boolean) => {
      await load(requestFor(empty, { ...options, skipping, probe: 'fetches' }))
      const picture = await bench.draw(view, 32)
      const [low, high] = picture.at(16, 16)
      return low + 256 * high
    }
    expect([96, 97]).toContain(await read(false))
    expect(await read(true)).toBeLessThanOrEqual(2)
  })
})

describe('where a pointer meets tissue', () => {
  it('[MARK-2] is what the picture shows, to two voxels', async () => {
    const size = 96
    const view = { ...perspective, fovRadians: 0.6 }
    await load(requestFor(shells, { transferFunction: tissue, probe: 'depth' }))
    const planes = [{ normal: [0.3, 0.2, -1] as Vec3, offsetMm: -20 }]
    await bench.page.evaluate((p) => window.bench.setPlanes(p), planes)
    const picture = await bench.draw(view, size)
    const eyeMm: Vec3 = [60, -170, 50]
    const forward = normalize(subtract([0, 0, 0], eyeMm))
    const right = normalize([forward[1], -forward[0], 0])
    const up: Vec3 = [
      right[1] * forward[2] - right[2] * forward[1],
      right[2] * forward[0] - right[0] * forward[2],
      right[0] * forward[1] - right[1] * forward[0],
    ]
    const seenMm = (x: number, y: number) => {
      const [low, middle, high] = picture.at(x, y)
      return (low + 256 * middle + 65536 * high) / 10
    }
    let met = 0
    for (let y = 2; y < size; y += 5) {
      for (let x = 2; x < size; x += 5) {
        const scale = Math.tan(0.3) / (size / 2)
        const [across, down] = [(x + 0.5 - size / 2) * scale, (y + 0.5 - size / 2) * scale]
        const direction = [0, 1, 2].map(
          (n) => forward[n]! + across * right[n]! - down * up[n]!,
        ) as unknown as Vec3
        const around = [
          seenMm(x, y),
          seenMm(x - 2, y),
          seenMm(x + 2, y),
          seenMm(x, y - 2),
          seenMm(x, y + 2),
        ]
        const seen = around.filter((mm) => mm > 0).length
        // On the very edge of tissue a pixel and a ray may differ in what they just touch.
        if (seen > 0 && seen < around.length) continue
        const point = await bench.page.evaluate(
          ([from, towards]) => window.bench.renderer.firstVisiblePoint(from, towards),
          [eyeMm, direction] as const,
        )
        expect(point !== undefined, `${x}, ${y}`).toBe(seen > 0)
        if (!point) continue
        const mm = length(subtract(point, eyeMm))
        // A voxel is 2.4 mm along its longest side.
        expect(Math.abs(mm - around[0]!), `${x}, ${y}`).toBeLessThan(4.8)
        expect(dot(planes[0]!.normal, point)).toBeGreaterThan(-20.1)
        met++
      }
    }
    expect(met).toBeGreaterThan(40)
  })

  it('is nowhere on a ray that passes by', async () => {
    await load(requestFor(shells, { transferFunction: tissue }))
    const met = await bench.page.evaluate(() => [
      window.bench.renderer.firstVisiblePoint([0, -200, 0], [0, -1, 0]) ?? null,
      window.bench.renderer.firstVisiblePoint([0, -200, 200], [0, 1, 0]) ?? null,
    ])
    expect(met).toEqual([null, null])
  })
})

describe('drawing again only what changed', () => {
  const adaptive = requestFor(shells, { transferFunction: tissue, quality: 'adaptive' })
  const state = () =>
    bench.page.evaluate(() => ({
      settled: window.bench.renderer.settled,
      changes: window.bench.changes,
    }))

  it('[XR-5] is coarse while it moves and as good as fixed quality once it is still', async () => {
    await load(requestFor(shells, { transferFunction: tissue }))
    const fixed = await bench.draw(perspective, 240)
    await load(adaptive)
    const moving = await bench.draw(perspective, 240)
    expect((await state()).settled).toBe(false)
    expect(moving.greatestDifference(fixed)).toBeGreaterThan(8)
    const still = new Pixels(await bench.page.evaluate(() => window.bench.settle()))
    expect(still.greatestDifference(fixed)).toBeLessThanOrEqual(1)
  })

  it('asks for no frame once it is still, and costs next to nothing when others ask', async () => {
    await load(adaptive)
    await bench.page.evaluate((view) => window.bench.look(view, 480), perspective)
    await bench.page.evaluate(() => window.bench.settle())
    const { changes } = await state()
    const before = new Pixels(await bench.page.evaluate(() => window.bench.frame()))
    const after = new Pixels(await bench.page.evaluate(() => window.bench.frame()))
    expect(after.greatestDifference(before)).toBe(0)
    expect(await state()).toEqual({ settled: true, changes })
  })

  it('a window, a plane and a preset each ask for a frame', async () => {
    await load({ ...adaptive, options: { quality: 'adaptive', presetId: 'ct-bone' } })
    await bench.page.evaluate((view) => window.bench.look(view, 64), perspective)
    await bench.page.evaluate(() => window.bench.settle())
    const asked = await bench.page.evaluate(() => {
      const { renderer } = window.bench
      const counts = [window.bench.changes]
      renderer.setWindow({ windowCenter: 40, windowWidth: 400 })
      counts.push(window.bench.changes)
      renderer.setClippingPlanes([{ normal: [0, 0, 1], offsetMm: 0 }])
      counts.push(window.bench.changes)
      window.bench.setPreset('ct-lung')
      counts.push(window.bench.changes)
      return counts
    })
    expect(asked.map((count) => count - asked[0]!)).toEqual([0, 1, 2, 3])
  })
})

it('[CASE-3] a window moves a preset, and leaves a transfer function in values alone', async () => {
  const soft: Phantom = { ...shells, valueAt: (at) => (length(at) < 25 ? 60 : -1000) }
  const shown = async () => (await bench.draw(views.front, 100)).find((r) => r > 30).count
  await load({
    ...requestFor(soft, undefined),
    options: { quality: 'fixed', presetId: 'ct-soft-tissue' },
  })
  expect(await shown()).toBeGreaterThan(300)
  await bench.page.evaluate(() =>
    window.bench.renderer.setWindow({ windowCenter: 1000, windowWidth: 400 }),
  )
  expect(await shown()).toBe(0)
  await load(requestFor(soft, { transferFunction: whiteFrom(0, 1) }))
  await bench.page.evaluate(() =>
    window.bench.renderer.setWindow({ windowCenter: 1000, windowWidth: 400 }),
  )
  expect(await shown()).toBeGreaterThan(300)
})
