import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { add, normalize, scale, subtract } from '../../shared/geometry/vector.ts'
import { until } from '../support/until.ts'
import { type Ball, volumeOf, voxelsOfBalls } from './pages/segments/segment-phantoms.ts'
import type { Laid, SegmentBench } from './pages/segments/segments-page.ts'
import type { View } from './pages/volume/bench-page.ts'
import { openVolumePage, Pixels, type VolumePage } from './pages/volume/open-volume-page.ts'
import { pixelOf, views, worldOf } from './pages/volume/phantoms.ts'

declare global {
  interface Window {
    segments: SegmentBench
  }
}

const size = 200
const red: Ball = { centreMm: [18, -6, 8], radiusMm: 20, colour: [200, 40, 40] }
/** In the red one. */
const green: Ball = { centreMm: [20, -4, 6], radiusMm: 8, colour: [40, 200, 40] }
/** Apart, at the patient's right, towards the feet. */
const blue: Ball = { centreMm: [-20, 4, -16], radiusMm: 10, colour: [40, 40, 200] }
const balls = [red, green, blue]

let bench: VolumePage
beforeAll(async () => {
  const here = dirname(fileURLToPath(import.meta.url))
  bench = await openVolumePage({ pageFolder: join(here, 'pages', 'segments') })
})
afterAll(() => bench?.close())

const load = (sent: Record<string, string> = voxelsOfBalls(balls)) =>
  bench.page.evaluate(([v, s]) => window.segments.load(v, s), [volumeOf(balls), sent] as const)

type Look = Partial<Parameters<SegmentBench['show']>[0]>
const see = (labelId: string, opacity = 1) => ({ volumeId: 'v1', labelId, visible: true, opacity })

async function show(look: Look): Promise<void> {
  await bench.page.evaluate((asked) => window.segments.show(asked), look)
  await until('the segments', async () => {
    const states = await statesNow()
    const wanted = look.segments?.filter((s) => s.visible && s.volumeId === 'v1') ?? []
    return wanted.every(({ labelId }) => !['loading', undefined].includes(states[`v1/${labelId}`]))
  })
}
const statesNow = () => bench.page.evaluate(() => window.segments.states())

async function draw(view: View, laid: Laid = 'picture'): Promise<Pixels> {
  const asked = [view, size, laid] as const
  return new Pixels(await bench.page.evaluate(([v, s, l]) => window.segments.draw(v, s, l), asked))
}

const mmAt = (picture: Pixels, x: number, y: number) => {
  const [low, middle, high] = picture.at(x, y)
  return (low + 256 * middle + 65536 * high) / 256
}
const hits = (origin: Vec3, directions: Vec3[]) =>
  bench.page.evaluate(([o, d]) => window.segments.hits(o, d), [origin, directions] as const)

const isRed = (r: number, g: number, b: number) => r > g + 20 && r > b + 20
const isGreen = (r: number, g: number, b: number) => g > r + 20 && g > b + 20
const isBlue = (r: number, g: number, b: number) => b > r + 20 && b > g + 20
const pixel = (at: Vec3, view: (typeof views)['front']): [number, number] => {
  const [x, y] = pixelOf(at, view, size)
  return [Math.round(x - 0.5), Math.round(y - 0.5)]
}

describe('[CASE-8] where segments are seen', () => {
  beforeEach(() => load())

  it('is where they are in an oblique, sheared volume, un-mirrored, in every view', async () => {
    await show({ segments: [see('1'), see('3')] })
    for (const view of Object.values(views)) {
      const picture = await draw(view)
      for (const [{ centreMm, radiusMm }, wanted] of [
        [red, isRed],
        [blue, isBlue],
      ] as const) {
        const found = picture.find(wanted)
        const [x, y] = pixelOf(centreMm, view, size)
        if (view !== views.left || wanted === isRed) {
          expect(Math.abs(found.x + 0.5 - x), 'across').toBeLessThan(1)
          expect(Math.abs(found.y + 0.5 - y), 'down').toBeLessThan(1)
          expect(Math.abs(Math.sqrt(found.count / Math.PI) - radiusMm)).toBeLessThan(0.4)
        }
      }
    }
  })

  it('is as far away as they are', async () => {
    await show({ segments: [see('1')] })
    for (const view of Object.values(views)) {
      const mm = mmAt(await draw(view, 'front'), ...pixel(red.centreMm, view))
      const eyeToCentre = [0, 1, 2].reduce(
        (sum, axis) =>
          sum + (view.eye[axis]! * 1000 - worldOf(red.centreMm)[axis]! * 1000) * view.eye[axis]!,
        0,
      )
      expect(Math.abs(mm - (eyeToCentre - 20))).toBeLessThan(0.2)
    }
  })

  it('a translucent one veils what is in it; an opaque one hides it', async () => {
    const view = views.front
    const at = pixel(green.centreMm, view)
    await show({ segments: [see('1', 0.4), see('2')] })
    const veiled = (await draw(view)).at(...at)
    expect(isGreen(...veiled)).toBe(true)
    const [front, behind] = [await draw(view, 'front'), await draw(view, 'behind')]
    expect(mmAt(behind, ...at) - mmAt(front, ...at)).toBeGreaterThan(8)
    expect(Math.abs(mmAt(behind, ...at) - (1000 + green.centreMm[1] - 8))).toBeLessThan(0.3)
    await show({ segments: [see('1'), see('2')] })
    expect(isRed(...(await draw(view)).at(...at))).toBe(true)
  })

  it('one of no opacity, a hidden one and one of another volume are not there', async () => {
    await show({
      segments: [see('1', 0), { ...see('2'), visible: false }, { ...see('3'), volumeId: 'v2' }],
    })
    const picture = await draw(views.front)
    expect(picture.find((r, g, b) => r + g + b > 0).count).toBe(0)
    const [none] = await hits([18, -1000, 8], [[0, 1, 0]])
    expect(none).toBeUndefined()
  })
})

describe('[CASE-3] cuts through segments', () => {
  beforeEach(() => load())
  /** Keeps what lies behind the middle of the red ball, seen from the front. */
  const cut = { normal: [0, 1, 0] as Vec3, offsetMm: -6 }

  it('are closed by a lid in the plane, also where another segment lies within', async () => {
    await show({ segments: [see('1'), see('2')], planes: [cut] })
    const [distance, picture] = [await draw(views.front, 'front'), await draw(views.front)]
    for (const [dx, dy] of [
      [0, 0],
      [12, 3],
      [-9, -9],
      [2, -15],
    ] as const) {
      const [x, y] = pixel(red.centreMm, views.front)
      expect(mmAt(distance, x + dx, y + dy)).toBeCloseTo(1000 - 6, 0)
    }
    // Lit in full: the lid faces the eye.
    const [x, y] = pixel(red.centreMm, views.front)
    expect(picture.at(x - 14, y)).toEqual([200, 40, 40])
    const across = picture.find((r, g) => r + g > 60)
    expect(Math.abs(Math.sqrt(across.count / Math.PI) - 20)).toBeLessThan(0.4)
  })

  it('of a crop box are the same, and what is outside is gone', async () => {
    const box = { minMm: [-100, -6, 8] as Vec3, maxMm: [100, 100, 100] as Vec3, enabled: true }
    await show({ segments: [see('1'), see('3')], cropBox: box })
    const picture = await draw(views.front)
    expect(picture.find(isBlue).count).toBe(0)
    const half = picture.find(isRed)
    expect(Math.abs(half.count / (0.5 * Math.PI * 400) - 1)).toBeLessThan(0.05)
    expect(half.y).toBeLessThan(pixelOf(red.centreMm, views.front, size)[1])
    await show({ segments: [see('1'), see('3')], cropBox: { ...box, enabled: false } })
    expect((await draw(views.front)).find(isBlue).count).toBeGreaterThan(100)
  })

  it('do not touch segments that are moved apart', async () => {
    await show({ segments: [see('1'), see('3')], planes: [cut], explode: 0.5 })
    const picture = await draw(views.front)
    const middle = scale(add(red.centreMm, blue.centreMm), 0.5)
    for (const [ball, wanted] of [
      [red, isRed],
      [blue, isBlue],
    ] as const) {
      const moved = add(ball.centreMm, scale(subtract(ball.centreMm, middle), 0.5))
      const found = picture.find(wanted)
      const [x, y] = pixelOf(moved, views.front, size)
      expect(Math.abs(found.x + 0.5 - x)).toBeLessThan(1)
      expect(Math.abs(found.y + 0.5 - y)).toBeLessThan(1)
      expect(Math.abs(Math.sqrt(found.count / Math.PI) - ball.radiusMm)).toBeLessThan(0.4)
    }
  })
})

describe('[CASE-8] a ray at segments', () => {
  /** From a hand's breadth away, not along any axis; worldOf undone is patient mm. */
  const eyeMm: Vec3 = [70, -160, 90]
  const view: View = { eye: worldOf(eyeMm), target: [0, 0, 0], up: [0, 1, 0] }

  it('ends where the picture shows one, cut or whole, in place or moved', async () => {
    await load()
    const tilted = { normal: normalize([0.5, 1, -0.3]), offsetMm: 2 }
    for (const look of [
      {},
      { planes: [tilted] },
      { explode: 0.7 },
      { cropBox: { minMm: [0, -20, -20], maxMm: [30, 8, 20], enabled: true } as const },
    ]) {
      await show({ segments: [see('1'), see('2'), see('3')], ...look })
      const picture = await draw(view, 'front')
      const pixels: [number, number][] = []
      for (let y = 5; y < size; y += 6) for (let x = 5; x < size; x += 6) pixels.push([x, y])
      const found = await hits(
        eyeMm,
        pixels.map((at) => throughPixel(at)),
      )
      let met = 0
      for (const [n, at] of pixels.entries()) {
        const neighbours = [-1, 1].flatMap((d) => [
          mmAt(picture, at[0] + d, at[1]),
          mmAt(picture, at[0], at[1] + d),
        ])
        // At a rim a hair decides.
        const level = Math.max(...neighbours) - Math.min(...neighbours) < 6
        const mm = mmAt(picture, ...at)
        if (!level) continue
        expect(found[n] === undefined).toBe(mm === 0)
        if (!found[n]) continue
        met++
        expect(Math.abs(found[n].distanceMm - mm)).toBeLessThan(0.1)
      }
      expect(met).toBeGreaterThan(15)
    }
  })

  it('says which segment it is, and where in the patient though it is moved', async () => {
    await load()
    await show({ segments: [see('1'), see('3')], explode: 1 })
    const moved = scale(subtract(blue.centreMm, red.centreMm), 0.5)
    const above = add(add(blue.centreMm, moved), [0, 0, 300])
    const [hit] = await hits(above, [[0, 0, -1]])
    expect(hit).toMatchObject({ volumeId: 'v1', labelId: '3', name: 'ball 3' })
    for (const axis of [0, 1, 2]) {
      const top = blue.centreMm[axis]! + (axis === 2 ? 10 : 0)
      expect(hit!.anatomyMm[axis]).toBeCloseTo(top, 0)
      expect(hit!.pointMm[axis]).toBeCloseTo(top + moved[axis]!, 0)
    }
  })

  function throughPixel([x, y]: readonly [number, number]): Vec3 {
    const forward = normalize(scale(eyeMm, -1))
    const right = normalize([forward[1], -forward[0], 0])
    const up: Vec3 = [
      right[1] * forward[2] - right[2] * forward[1],
      right[2] * forward[0] - right[0] * forward[2],
      right[0] * forward[1] - right[1] * forward[0],
    ]
    const tangent = Math.tan(0.4) // half of Babylon's field of view of 0.8
    const [u, v] = [((x + 0.5) / size) * 2 - 1, 1 - ((y + 0.5) / size) * 2]
    return normalize(add(forward, add(scale(right, u * tangent), scale(up, v * tangent))))
  }
})

describe('segments on the GPU', () => {
  beforeEach(() => load())
  const passes = () => bench.page.evaluate(() => window.segments.passes)

  it('are drawn again only when something has changed', async () => {
    await show({ segments: [see('1')] })
    await draw(views.front)
    expect(await passes()).toBe(1)
    const first = await draw(views.front)
    expect(await passes()).toBe(0)
    expect(first.find(isRed).count).toBeGreaterThan(1000)
    await draw(views.left)
    expect(await passes()).toBe(1)
    await show({ segments: [see('1', 0.5), see('3')] })
    await draw(views.left)
    expect(await passes()).toBe(2)
  })

  it('come back after the context was lost', async () => {
    await show({ segments: [see('1', 0.3), see('2')] })
    const before = await draw(views.front)
    await bench.page.evaluate(() => window.segments.loseContext())
    const after = await until('the segments', async () => {
      const now = await draw(views.front)
      return now.find(isGreen).count > 100 && now
    })
    expect(after.greatestDifference(before)).toBeLessThanOrEqual(2)
  })
})

describe('[CASE-8] a segment that cannot be had', () => {
  it('says why, is tried again once hidden and shown, and holds up no other', async () => {
    const { '1': _, ...others } = voxelsOfBalls(balls)
    await load(others)
    await show({ segments: [see('1'), see('3')] })
    expect(await statesNow()).toEqual({ 'v1/1': 'The server does not answer.', 'v1/3': 'shown' })
    await show({ segments: [see('3')] })
    expect(await statesNow()).toEqual({ 'v1/3': 'shown' })
  })

  it('without a voxel that is half full is empty', async () => {
    await load({ ...voxelsOfBalls(balls), '2': Buffer.alloc(96 * 112 * 44, 90).toString('base64') })
    await show({ segments: [see('2')] })
    expect(await statesNow()).toEqual({ 'v1/2': 'empty' })
  })
})
