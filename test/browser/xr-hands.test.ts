import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { heldByOne, heldByTwo } from '../../shared/geometry/grab.ts'
import { turnAbout } from '../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { VolumePose } from '../../shared/geometry/volume-pose.ts'
import type { HandSample, PoseSample } from '../../shared/protocol/pose-sample.ts'
import { until } from '../support/until.ts'
import { type Headset, settled, XrHouse } from './headset.ts'

let house: XrHouse
let wearer: Headset
let other: Page
/** What the flat page is told that others show. */
let told: PoseSample[]

beforeAll(async () => {
  house = await XrHouse.open()
  wearer = await house.wearer('attending', 'Dr Ada Lead')
  ;({ page: other, told } = await house.viewer('attending', 'Dr Bob Second'))
  await until('a presenter', async () => (await house.state()).presenterId)
  await wearer.enter()
})
afterAll(() => house?.close())

const pose = async (): Promise<VolumePose> => (await house.state()).volumePose
const next = <T>(what: string, of: (sample: PoseSample) => T | undefined) => settled(told, what, of)
const gripOf = (side: 'left' | 'right') =>
  next<HandSample>(`the ${side} hand`, (sample) => sample[side])

function near(a: readonly number[], b: readonly number[], digits = 2): void {
  for (const [n, value] of a.entries()) expect(value).toBeCloseTo(b[n] as number, digits)
}
const same = (a: VolumePose, b: VolumePose) => JSON.stringify(a) === JSON.stringify(b)
const takeLead = async (page: Page) => {
  await page.getByTestId('volume').focus()
  await page.keyboard.press('Shift+L')
}
const changed = (from: VolumePose) =>
  until('it lasts', async () => {
    const now = await pose()
    return !same(now, from) && now
  })

describe('[XR-3] the volume in the wearer’s hands', () => {
  it('is moved and turned by one controller: seen while it is held, one command at the end', async () => {
    const before = await pose()
    const { seq } = await house.state()
    await wearer.hand('right', [0.1, 1.2, -0.5])
    const from = await gripOf('right')
    await wearer.button('right', 'squeeze', 1)
    await wearer.hand('right', [0.2, 1.3, -0.45], turnAbout([0, 1, 0], 0.4))
    const to = await gripOf('right')
    const expected = heldByOne(before, from, to)
    const drag = await next('a drag', (sample) => sample.drag)
    near(drag.position, expected.position)
    expect((await house.state()).seq).toBe(seq)
    await wearer.button('right', 'squeeze', 0)
    const after = await changed(before)
    near(after.position, expected.position)
    near(after.rotation, expected.rotation)
    expect((await house.state()).seq).toBe(seq + 1)
  })

  it('is scaled by two, and does not jump when one lets go', async () => {
    const before = await pose()
    const apart = async (metres: number) => {
      await wearer.hand('left', [-metres / 2, 1.25, -0.5])
      await wearer.hand('right', [metres / 2, 1.25, -0.5])
    }
    const places = async (): Promise<[Vec3, Vec3]> => [
      (await gripOf('left')).position,
      (await gripOf('right')).position,
    ]
    await apart(0.3)
    const from = await places()
    await wearer.button('left', 'squeeze', 1)
    await wearer.button('right', 'squeeze', 1)
    await apart(0.6)
    const to = await places()
    const expected = heldByTwo(before, from, to, { smallest: 0.05, largest: 50 })
    await wearer.button('left', 'squeeze', 0)
    const drag = await next('a drag', (sample) => sample.drag)
    near(drag.position, expected.position)
    await wearer.button('right', 'squeeze', 0)
    const after = await changed(before)
    expect(after.scale).toBeCloseTo(expected.scale, 2)
    expect(after.scale).toBeGreaterThan(1.5 * before.scale)
    near(after.position, expected.position)
  })

  it('stays where a controller was lost, and is not taken up again by itself', async () => {
    const before = await pose()
    await wearer.button('right', 'squeeze', 1)
    await wearer.hand('right', [0.4, 1.4, -0.5])
    await wearer.seen('right', false)
    const left = await changed(before)
    await wearer.hand('right', [1, 1, 1])
    expect(same(await pose(), left)).toBe(true)
    await wearer.button('right', 'squeeze', 0)
    expect(same(await pose(), left)).toBe(true)
  })

  it('[ROLE-2] is out of them once somebody else leads, without a jump', async () => {
    const before = await pose()
    const { presenterId: ada } = await house.state()
    await wearer.hand('right', [0.2, 1.2, -0.5])
    await wearer.button('right', 'squeeze', 1)
    await wearer.hand('right', [0.5, 1.2, -0.5])
    await next('a drag', (sample) => sample.drag)
    await takeLead(other)
    await until('another leads', async () => (await house.state()).presenterId !== ada)
    await wearer.button('right', 'squeeze', 0)
    await until('nothing is dragged', () => told.at(-1)?.drag === undefined)
    expect(same(await pose(), before)).toBe(true)
  })

  it('[ROLE-4] is not for who follows: they read why', async () => {
    const before = await pose()
    await wearer.button('right', 'squeeze', 1)
    await wearer.page
      .getByTestId('notice')
      .getByText('Only the person who leads can move the volume.')
      .waitFor({ state: 'attached' })
    await wearer.hand('right', [-0.5, 1.2, -0.5])
    await wearer.button('right', 'squeeze', 0)
    expect(same(await pose(), before)).toBe(true)
    await wearer.end()
  })
})

it('[XR-2] a bare hand pinches the volume, and nothing beside it', async () => {
  const hands = await house.wearer('attending', 'Dr Hanna Bare', { holds: 'hand' })
  const { presenterId: bob } = await house.state()
  await takeLead(hands.page)
  await until('she leads', async () => (await house.state()).presenterId !== bob)
  await hands.enter()
  const moved = async (from: Vec3, to: Vec3) => {
    await hands.hand('right', from)
    await hands.pinch('right', 1)
    await hands.hand('right', to)
    await hands.pinch('right', 0)
  }
  const [x, y, z] = (await pose()).position
  await moved([x + 3, y, z], [x + 3.2, y, z])
  const untouched = await pose()
  expect(untouched.position).toEqual([x, y, z])
  await moved([x, y, z], [x + 0.2, y + 0.1, z])
  const after = await changed(untouched)
  near(after.position, [x + 0.2, y + 0.1, z])
  expect(after.scale).toBe(untouched.scale)
  const bent = await next('fingers', (sample) => sample.right?.curls)
  expect(bent).toHaveLength(5)
})
