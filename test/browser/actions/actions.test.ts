import { afterAll, beforeAll, describe, it } from 'vitest'
import { actions, devices } from '../../../client/tools/actions.ts'
import { until } from '../../support/until.ts'
import { ActionHouse } from './action-house.ts'
import { caughtUp, durable, effects, type Scene, tidy } from './effects.ts'
import { openDriver } from './open-driver.ts'
import type { Driver } from './page-driver.ts'

const seenWithinMs = 20_000

let house: ActionHouse
beforeAll(async () => {
  house = await ActionHouse.open()
})
afterAll(() => house?.close())

for (const device of devices) {
  describe(`[XR-2] by ${device}`, () => {
    let scene: Scene
    let driver: Driver
    beforeAll(async () => {
      scene = { house: await house.conference(), actorName: 'Dr Actor' }
      driver = await openDriver(device, scene)
    })
    afterAll(() => driver?.close())

    for (const { id, name, by } of actions) {
      it(`${name}: ${by[device]}`, async () => {
        // what is taken back is what was done just before
        if (id !== 'undo' && id !== 'redo') await tidy(scene)
        await effects[id].before?.(scene)
        await caughtUp(scene, driver.page)
        const was = durable(scene)
        await driver.do(by[device])
        await until(`the others see it`, async () => effects[id].seen(scene, was), seenWithinMs)
      })
    }
  })
}
