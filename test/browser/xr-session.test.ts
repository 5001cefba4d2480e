import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { PoseSample } from '../../shared/protocol/pose-sample.ts'
import { until } from '../support/until.ts'
import { lettersOf, pictureOf } from './conference-person.ts'
import { type Headset, settled, XrHouse } from './headset.ts'

let house: XrHouse
let wearer: Headset
let told: PoseSample[]

beforeAll(async () => {
  house = await XrHouse.open()
  wearer = await house.wearer('attending', 'Dr Ada Lead')
  const viewer = await house.viewer('resident', 'Ben Resident')
  told = viewer.told
  await until('a presenter', async () => (await house.state()).presenterId)
})
afterEach(() => wearer?.end())
afterAll(() => house?.close())

/** The head as the flat page is told now. */
const headNow = () => settled(told, 'a head', ({ head }) => head)

describe('in and out', () => {
  it('[XR-1] the wearer stands where their own floor is, and the page is as before afterwards', async () => {
    const [picture, letters] = [await pictureOf(wearer.page), await lettersOf(wearer.page)]
    const size = await wearer.page.getByTestId('volume').boundingBox()
    for (let round = 0; round < 2; round++) {
      await wearer.enter()
      await wearer.head([0.1, 1.62, 0.2])
      const head = await headNow()
      expect(head.position[0]).toBeCloseTo(0.1, 3)
      expect(head.position[1]).toBeCloseTo(1.62, 3)
      expect(head.position[2]).toBeCloseTo(0.2, 3)
      await wearer.end()
      await until('nobody is in a headset', () => told.at(-1)?.head === undefined)
      await wearer.page.getByTestId('enter-vr').getByText('Enter VR').waitFor()
    }
    expect(await wearer.page.getByTestId('volume').boundingBox()).toEqual(size)
    expect(await lettersOf(wearer.page)).toBe(letters)
    await wearer.page.mouse.move(5, 5)
    await wearer.page.getByRole('tooltip').waitFor({ state: 'hidden' })
    expect((await pictureOf(wearer.page)).equals(picture)).toBe(true)
  })

  it('[XR-1] the page’s own button takes the wearer out again', async () => {
    await wearer.enter()
    // the emulator lays its eyes over the whole page
    await wearer.page.getByTestId('leave-headset').press('Enter')
    await until('outside', async () => !(await wearer.inside()))
    await wearer.page.getByTestId('enter-vr').getByText('Enter VR').waitFor()
  })

  it('[XR-1] a headset that is refused says so in words, and may be entered later', async () => {
    await wearer.page.evaluate(() => {
      const xr = navigator.xr as XRSystem
      const real = xr.requestSession
      xr.requestSession = async () => {
        xr.requestSession = real
        throw new DOMException('no', 'NotAllowedError')
      }
    })
    await wearer.page.getByTestId('enter-vr').click()
    await wearer.page.getByText('not allowed to open the headset').first().waitFor()
    await wearer.enter()
  })
})

describe('the wearer’s place', () => {
  it('[XR-1] without a floor of its own, the eyes are at standing height', async () => {
    const floorless = await house.wearer('resident', 'Flo Orless', { floorless: true })
    await floorless.enter()
    const head = await headNow()
    expect(head.position[1]).toBeCloseTo(1.6, 3)
    await floorless.page.close()
    await until('gone', () => told.at(-1)?.head === undefined)
  })

  it('[XR-4] who comes to where somebody stands is put beside them, facing the volume', async () => {
    await wearer.enter()
    await wearer.head([0, 1.6, 0])
    const second = await house.wearer('resident', 'Sam Second')
    await second.page.waitForFunction(() => document.body.textContent?.includes('Dr Ada Lead'))
    await until('the first is seen', () => told.at(-1)?.head)
    await second.enter()
    const beside = await until('the second', () =>
      told.findLast(({ head }) => head && Math.abs(head.position[0]) > 0.3),
    )
    const [x, , z] = beside.head?.position ?? [0, 0, 0]
    expect(Math.hypot(x, z + 0.8)).toBeCloseTo(0.8, 1)
    await second.page.close()
  })
})
