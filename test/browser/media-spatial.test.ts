import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { turnAbout } from '../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { WorldPose } from '../../shared/protocol/pose-sample.ts'
import { until } from '../support/until.ts'
import { openVolumePage, type VolumePage } from './pages/volume/open-volume-page.ts'

let served: VolumePage
let page: Page

beforeAll(async () => {
  const pageFolder = fileURLToPath(new URL('./pages/media', import.meta.url))
  served = await openVolumePage({ pageFolder })
  page = served.page
  await page.getByRole('button').click()
  await page.evaluate(() => window.voices.begin())
})
afterAll(() => served?.close())

/** At the opening everybody stands at the origin and looks along −z. */
const ahead: WorldPose = { position: [0, 1.6, 0], rotation: [0, 0, 0, 1] }
const back: WorldPose = { position: [0, 1.6, 0], rotation: turnAbout([0, 1, 0], Math.PI) }
const hear = (head: WorldPose | undefined, mouth?: Vec3) =>
  page.evaluate(([head, mouth]) => window.voices.hearFrom(head, mouth), [head, mouth] as const)
const heard = (what: string, is: (left: number, right: number) => boolean) =>
  until(what, async () => {
    const levels = await page.evaluate(() => window.voices.levels())
    return is(...levels) && levels
  })

it('[AV-1] a voice on the right is louder at the right ear, and at the left one once turned round', async () => {
  await hear(ahead, [2, 1.6, 0])
  await heard('from the right', (left, right) => right > 0.01 && right > 1.5 * left)
  await hear(back, [2, 1.6, 0])
  await heard('from the left', (left, right) => left > 0.01 && left > 1.5 * right)
})

it('[AV-1] a voice far away is quieter than one near, and is still heard', async () => {
  await hear(ahead, [0, 1.6, -1])
  const [near] = await heard('near', (left, right) => left > 0.05 && Math.abs(left - right) < 0.02)
  await hear(ahead, [0, 1.6, -8])
  const [far] = await heard('far', (left) => left < near / 3)
  expect(far).toBeGreaterThan(near / 30)
})

it('[AV-1] a person without a head is heard beside it all, the same in both ears', async () => {
  await hear(ahead)
  await heard('both alike', (left, right) => left > 0.3 && Math.abs(left - right) < 1e-3)
  expect(await page.evaluate(() => window.voices.plain())).toBe(false)
})

it('[AV-1] out of the headset everybody is heard plainly again', async () => {
  await hear(undefined)
  await heard('nothing in space', (left, right) => left + right < 1e-4)
  expect(await page.evaluate(() => window.voices.plain())).toBe(true)
})
