import type { BrowserContextOptions, Page } from 'playwright-core'
import type { Device } from '../../../client/tools/actions.ts'
import { Headset } from '../headset.ts'
import type { Scene } from './effects.ts'
import { HeadsetDriver } from './headset-driver.ts'
import { type Driver, keyDriver, pointerDriver } from './page-driver.ts'

const desk: BrowserContextOptions = { viewport: { width: 1240, height: 800 } }
/** What an emulated headset draws into: the least that a laser can be aimed in. */
const goggles: BrowserContextOptions = { viewport: { width: 480, height: 300 } }
const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
}

/** Somebody who has joined on that device, and does what the table of actions says of it. */
export async function openDriver(device: Device, scene: Scene): Promise<Driver> {
  const { house, actorName } = scene
  switch (device) {
    case 'mouse':
      return pointerDriver(await house.actor(actorName, desk), 'mouse')
    case 'touch':
      return pointerDriver(await house.actor(actorName, phone), 'touch')
    case 'key':
      return keyDriver(await house.actor(actorName, desk))
    default: {
      const prepare = (page: Page) => Headset.prepare(page, { holds: device })
      const headset = new Headset(await house.actor(actorName, goggles, prepare))
      await headset.enter()
      return new HeadsetDriver(headset, scene, device)
    }
  }
}
