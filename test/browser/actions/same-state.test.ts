import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { actions, type Device, devices } from '../../../client/tools/actions.ts'
import { durableState } from '../../../shared/conference/durable.ts'
import { openingPose } from '../../../shared/geometry/volume-pose.ts'
import { until } from '../../support/until.ts'
import { ActionHouse } from './action-house.ts'
import type { Scene } from './effects.ts'
import { openDriver } from './open-driver.ts'

let house: ActionHouse
beforeAll(async () => {
  house = await ActionHouse.open()
})
afterAll(() => house?.close())

/** Each is one command, whoever asks for it by whatever hand. */
const sequence = ['preset', 'add-plane', 'flip-plane', 'life-size', 'remove-plane', 'add-plane']

/**
 * Of the durable state, RFC 8785 as everywhere; who leads which conference is of no account, for
 * that is another in each.
 */
function hashOf({ house: { watcher } }: Scene): string {
  const state = { ...durableState(watcher.state), conferenceId: '', presenterId: '' }
  return createHash('sha256')
    .update(canonicalize(state) ?? '')
    .digest('hex')
}

async function play(device: Device): Promise<{ hash: string; seq: number }> {
  const scene: Scene = { house: await house.conference(), actorName: 'Dr Actor' }
  const { watcher } = scene.house
  const driver = await openDriver(device, scene)
  await watcher.command('setVolumePose', { ...openingPose, scale: 2 })
  const { participantId } = scene.house.person('Dr Actor')
  await watcher.command('handPresenter', { participantId })
  await until('the lead', async () => watcher.state.presenterId === participantId)
  for (const id of sequence) {
    const { seq } = watcher.state
    const action = actions.find((one) => one.id === id)
    await driver.do(action?.by[device] ?? '')
    await until(`${id} by ${device}`, async () => watcher.state.seq === seq + 1)
  }
  const ended = { hash: hashOf(scene), seq: watcher.state.seq }
  await driver.close()
  return ended
}

// five people, two of them in a headset drawn in software
it('[XR-2] the same sequence by controller, hands, mouse, touch and keys ends in the same state', async () => {
  const ends: Record<string, Awaited<ReturnType<typeof play>>> = {}
  for (const device of devices) ends[device] = await play(device)
  const [first] = Object.values(ends)
  expect(first?.seq).toBeGreaterThan(sequence.length)
  expect(ends).toEqual(Object.fromEntries(devices.map((device) => [device, first])))
}, 600_000)
