import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { add } from '../../shared/geometry/vector.ts'
import { until } from '../support/until.ts'
import { ActionHouse } from './actions/action-house.ts'
import { caughtUp, type Scene, tidy } from './actions/effects.ts'
import { HeadsetDriver } from './actions/headset-driver.ts'
import { Headset } from './headset.ts'

/** To be looked at. */
const pictures = join(tmpdir(), 'caseroom-xr-slices')

/** Taking one picture of both eyes may last seconds where they are drawn in software. */
const seenWithinMs = 60_000

let house: ActionHouse
let scene: Scene
let headset: Headset
let driver: HeadsetDriver

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true })
  house = await ActionHouse.open()
  scene = { house: await house.conference(), actorName: 'Dr Ada Lead' }
  const prepare = (page: Page) => Headset.prepare(page, { holds: 'controller' })
  const size = { viewport: { width: 1000, height: 520 } }
  headset = new Headset(await scene.house.actor(scene.actorName, size, prepare))
  await headset.enter()
  driver = new HeadsetDriver(headset, scene, 'controller')
  await tidy(scene)
  await caughtUp(scene, headset.page)
})
afterAll(async () => {
  await headset?.page.context().close()
  await house?.close()
})

const crosshair = () => [...scene.house.watcher.state.slicing.crosshairMm]
/** Told to the others, and another than before. */
const told = (what: string, from: readonly number[]) =>
  until(what, async () => `${crosshair()}` !== `${from}` && crosshair(), 20_000)

/** Pixels of a grey that only slices have, in a part across each eye's picture: where a panel opens. */
function greyInEach(
  page: Page,
  picture: Buffer,
  part: readonly [from: number, to: number] = [0.7, 1],
): Promise<readonly number[]> {
  return page.evaluate(
    async ({ base64, part: [low, high] }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
      context?.drawImage(bitmap, 0, 0)
      const eye = bitmap.width / 2
      return [0, 1].map((n) => {
        const from = [Math.round((n + low) * eye), Math.round(0.4 * bitmap.height)] as const
        const data = context?.getImageData(...from, Math.round((high - low) * eye), 140).data ?? []
        let grey = 0
        for (let at = 0; at < data.length; at += 4) {
          const [r = 0, g = 0, b = 0] = data.slice(at, at + 3)
          if (r > 70 && Math.max(r, g, b) - Math.min(r, g, b) < 12) grey++
        }
        return grey
      })
    },
    { base64: picture.toString('base64'), part },
  )
}

it('[CASE-4] [XR-2] a slice on its panel is gone through by the thumbstick, for everybody', async () => {
  const before = crosshair()
  await driver.do('Menu: Slices, Coronal')
  await driver.do('Menu: Slices, Axial; then thumbstick: at the slice, towards you')
  const [, , headMm = 0] = await told('the next slice', before)
  await until(
    'the slice in both eyes',
    async () => {
      const picture = await headset.eyes(join(pictures, 'in-the-room.png'))
      return (await greyInEach(headset.page, picture)).every((count) => count > 300)
    },
    seenWithinMs,
  )
  const after = crosshair()
  await driver.do('Menu: Slices, Step, Next slice')
  const [, , next = 0] = await told('one further', after)
  expect(headMm - next).toBeCloseTo(3.27, 2) // one slice of the demo case, to the feet
})

it('[CASE-4] laid at its place, the plane goes with the hand that holds it, mm for mm', async () => {
  await driver.do('Menu: Slices, Coronal')
  await driver.do('Menu: Slices, At its place')
  const [x, , z] = crosshair()
  const at = scene.house.watcher.state.volumePose.position as unknown as Vec3
  // beside the body, where no tissue is before the slice
  const beside = add([...at], [0.22, -0.1, 0])
  const from: Vec3 = [0.25, 1.3, -0.2]
  await headset.aim('right', from, beside)
  await headset.eyes(join(pictures, 'at-its-place.png'))
  const before = crosshair()
  await headset.button('right', 'squeeze', 1)
  await headset.aim('right', add(from, [0.02, 0.01, 0.05]), add(beside, [0.02, 0.01, 0.05]))
  await headset.button('right', 'squeeze', 0)
  const [left, posterior = 0, head] = await told('another plane', before)
  // towards the wearer is to the front of the patient
  expect(posterior - (before[1] ?? 0)).toBeCloseTo(-50, 0)
  expect([left, head]).toEqual([x, z])
  expect(scene.house.watcher.state.volumePose.position).toEqual(at)
})

it('[CASE-2] [CASE-4] the volume is cut at the slice, which is seen then', async () => {
  await driver.do('Menu: Look, Planes, At the slice')
  const plane = await until('the cut', () => scene.house.watcher.state.clippingPlanes.get('slice'))
  expect([...plane.normal]).toEqual([0, 1, 0])
  expect(plane.offsetMm).toBeCloseTo(crosshair()[1] ?? 0, 3)
  await until(
    'the cut in both eyes',
    async () => {
      const picture = await headset.eyes(join(pictures, 'cut.png'))
      return (await greyInEach(headset.page, picture, [0.4, 0.62])).every((count) => count > 300)
    },
    seenWithinMs,
  )
})
