import { expect, it } from 'vitest'
import { openHouse } from './conference-house.ts'

it('[OPS-2] a room that was never listed and ends late takes nothing from the next one', async () => {
  const house = await openHouse()
  try {
    const host = house.newHost()
    const id = await house.newConference('twice-opened')
    const unlisted = await host.hold(id)
    const next = await host.hold(id)
    await host.release(unlisted)
    expect(host.census().conferences).toBe(1)
    await host.release(next)
    expect(host.census().conferences).toBe(0)
  } finally {
    await house.close()
  }
})
