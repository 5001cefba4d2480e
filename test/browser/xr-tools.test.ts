import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { rotate } from '../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { invert, transform, transformPoint } from '../../shared/geometry/transform.ts'
import { dot, length, subtract } from '../../shared/geometry/vector.ts'
import { centreOfBox, worldFromPatient } from '../../shared/geometry/volume-pose.ts'
import type { PoseSample } from '../../shared/protocol/pose-sample.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import { until } from '../support/until.ts'
import { canvasOf, pictureOf, pictureWithinMs, samplesOf } from './conference-person.ts'
import { type Headset, settled, XrHouse } from './headset.ts'

let house: XrHouse
let wearer: Headset
let other: Page
/** What the flat page is told, and what the wearer's page is. */
let told: PoseSample[]
let wearerTold: PoseSample[]
let volume: VolumeManifest

beforeAll(async () => {
  house = await XrHouse.open()
  wearer = await house.wearer('attending', 'Dr Ada Lead')
  ;({ page: other, told } = await house.viewer('resident', 'Ben Resident'))
  await until('a presenter', async () => (await house.state()).presenterId)
  const { shownVolumeId } = await house.state()
  const token = house.caseroom.token('clinician')
  const { cases } = (await (await house.caseroom.call('GET', '/api/cases', { token })).json()) as {
    cases: { caseId: string }[]
  }
  const answer = await house.caseroom.call('GET', `/api/cases/${cases[0]?.caseId}`, { token })
  const { volumes } = (await answer.json()) as { volumes: VolumeManifest[] }
  const shown = volumes.find(({ volumeId }) => volumeId === shownVolumeId)
  if (!shown) throw new Error('no volume is shown')
  volume = shown
})
afterEach(() => wearer?.end())
afterAll(() => house?.close())

const affine = () => transform<'patient', 'voxel'>(volume.patientFromVoxel)
/** From the room into the patient, as the volume stands now. */
async function toPatient(world: Vec3): Promise<Vec3> {
  const { volumePose } = await house.state()
  return transformPoint(
    invert(worldFromPatient(volumePose, centreOfBox(affine(), volume.dims))),
    world,
  )
}
const tool = async (page: Page, key: string) => {
  await page.getByTestId('volume').focus()
  await page.keyboard.press(key)
}
const next = <T>(what: string, of: (sample: PoseSample) => T | undefined) => settled(told, what, of)

describe('[MARK-1] [MARK-2] the laser', () => {
  it('ends where a page’s own laser ends on the same ray, and both see it', async () => {
    await pictureOf(wearer.page)
    await tool(wearer.page, 'l')
    await wearer.enter()
    // the flat page looks along −z at the volume's middle
    await wearer.aim('right', [0, 1.3, 0.1], [0, 1.3, -0.8])
    await until('tissue', () => told.at(-1)?.laser?.touches, pictureWithinMs)
    const { end, origin } = await next('a laser', ({ laser }) => laser)
    for (const [n, mm] of (await toPatient([0, 1.3, 0.1])).entries()) {
      expect(origin[n]).toBeCloseTo(mm, 1)
    }
    await until('initials', async () =>
      (await other.locator('.stage-label-initials:not([hidden])').allTextContents()).includes('AL'),
    )
    await wearer.aim('right', [0, 1.3, 0.1], [3, 1.3, 0.1])
    await until('past the volume', () => told.at(-1)?.laser?.touches === false)
    await wearer.end()
    await until('no laser any more', () => told.at(-1)?.laser === undefined)
    wearerTold = samplesOf(wearer.page)
    await wearer.page.reload()
    await wearer.page.getByTestId('volume').waitFor()
    await pictureOf(other)
    await tool(other, 'l')
    const { x, y } = await canvasOf(other)
    await other.mouse.move(x, y)
    const flat = await until('the page’s laser', () => wearerTold.at(-1)?.laser)
    const voxels = subtract(
      transformPoint(invert(affine()), end),
      transformPoint(invert(affine()), flat.end),
    )
    expect(length(voxels)).toBeLessThan(2)
    await tool(other, 'v')
  })
})

describe('with the trigger', () => {
  it('[MARK-2] a point is left on the tissue, and B takes it back', async () => {
    await tool(wearer.page, 'p')
    await wearer.enter()
    await wearer.aim('right', [0.05, 1.35, 0], [0.02, 1.3, -0.8])
    await wearer.button('right', 'trigger', 1)
    await wearer.button('right', 'trigger', 0)
    const [mark] = await until('a mark', async () => {
      const marks = Object.values((await house.state()).annotations)
      return marks.length === 1 && marks
    })
    const [at] = (mark?.pointsMm ?? []) as unknown as Vec3[]
    if (!at) throw new Error('no place')
    const voxel = transformPoint(invert(affine()), at)
    for (const [axis, index] of voxel.entries()) {
      expect(index).toBeGreaterThan(-1)
      expect(index).toBeLessThan(volume.dims[axis] as number)
    }
    await wearer.tap('right', 'b-button')
    await until(
      'taken back',
      async () => Object.keys((await house.state()).annotations).length === 0,
    )
  })

  it('[CASE-2] a plane in the hand cuts for everybody, and keeps what the hand points at', async () => {
    await tool(wearer.page, 'c')
    await wearer.enter()
    await wearer.aim('right', [0, 1.3, -0.3], [0, 1.3, -1])
    await wearer.button('right', 'trigger', 1)
    await wearer.aim('right', [0.1, 1.3, -0.75], [0, 1.3, -1])
    const dragged = await next('a plane', ({ plane }) => plane)
    const grip = await next('a hand', ({ right }) => right)
    expect(dot(dragged.normal, await toPatient(grip.position))).toBeCloseTo(dragged.offsetMm, 0)
    await wearer.button('right', 'trigger', 0)
    const plane = await until('it lasts', async () => (await house.state()).clippingPlanes.hand)
    expect(plane.enabled).toBe(true)
    const beyond = await toPatient([0, 1.3, -1.2])
    expect(dot(plane.normal as unknown as Vec3, beyond)).toBeGreaterThan(plane.offsetMm)
  })

  it('[CASE-3] the window follows the hand across', async () => {
    await tool(wearer.page, 'w')
    await wearer.enter()
    const before = (await house.state()).window
    await wearer.aim('right', [0, 1.2, -0.2], [0, 1.2, -2])
    await wearer.button('right', 'trigger', 1)
    await wearer.aim('right', [0.15, 1.2, -0.2], [0.15, 1.2, -2])
    expect((await next('a window', ({ window }) => window)).windowWidth).toBeGreaterThan(
      before.windowWidth,
    )
    await wearer.button('right', 'trigger', 0)
    const after = await until('it lasts', async () => {
      const { window } = await house.state()
      return window.windowWidth !== before.windowWidth && window
    })
    expect(after.windowWidth / before.windowWidth).toBeCloseTo(1.5, 1)
  })
})

describe('[XR-4] the wearer alone is moved', () => {
  const headNow = () => next('a head', ({ head }) => head)
  const forward = async () => rotate((await headNow()).rotation, [0, 0, -1])

  it('by a step of the thumbstick aside, on the spot, once a push', async () => {
    await wearer.enter()
    const before = (await house.state()).volumePose
    await wearer.head([0.2, 1.6, 0.1])
    const from = await headNow()
    await wearer.stick('right', 1, 0)
    await wearer.frames(5)
    const [x, , z] = await forward()
    expect(Math.atan2(x, -z)).toBeCloseTo(Math.PI / 6, 2)
    const to = await headNow()
    for (const [n, metres] of to.position.entries()) {
      expect(metres).toBeCloseTo(from.position[n] as number, 3)
    }
    await wearer.stick('right', 0, 0)
    await wearer.stick('left', -1, 0)
    await wearer.stick('left', 0, 0)
    expect((await forward())[0]).toBeCloseTo(0, 2)
    expect((await house.state()).volumePose).toEqual(before)
  })

  it('to where the thrown arc lands, when the thumbstick is let go', async () => {
    await wearer.enter()
    await wearer.head([0.2, 1.6, 0.1])
    const before = (await house.state()).volumePose
    const from = await headNow()
    await wearer.aim('right', [0.2, 1.2, 0], [2.2, 0, 2])
    await wearer.stick('right', 0, -1)
    expect((await headNow()).position).toEqual(from.position)
    await wearer.stick('right', 0, 0)
    const to = await until('elsewhere', async () => {
      const { position } = await headNow()
      return position[0] > from.position[0] + 0.5 && position
    })
    expect(to[2]).toBeGreaterThan(from.position[2] + 0.5)
    expect(to[1]).toBeCloseTo(from.position[1], 3)
    expect((await house.state()).volumePose).toEqual(before)
  })
})
