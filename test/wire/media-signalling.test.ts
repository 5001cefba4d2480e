import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { agreed, type MediaHouse, openMediaHouse, withTransports } from './media-house.ts'

let house: MediaHouse
beforeAll(async () => {
  house = await openMediaHouse()
})
afterAll(() => house.close())

describe('voice and view over the room', () => {
  it('[AV-1] a voice is announced in the state and received by another, also by an observer', async () => {
    const id = await house.newConference('voice1')
    const a = await house.join(id, 'A', 'attending')
    const o = await house.join(id, 'O', 'observer')
    const sender = await withTransports(a)
    const receiver = await withTransports(o)
    const { producerId } = await agreed(sender.produce('microphone'))
    await until('the voice', () => {
      const shown = o.room.state.participants.get('A')
      return shown?.voiceProducerId === producerId && shown.microphone === 'open'
    })
    const consumed = await agreed(receiver.consume(producerId))
    expect(consumed).toMatchObject({ participantId: 'A', source: 'microphone', kind: 'audio' })
    await agreed(o.media('resumeConsumer', { consumerId: consumed.consumerId }))
    expect(house.media.census()).toMatchObject({
      producers: { audio: 1, video: 0 },
      consumers: { audio: 1, video: 0 },
    })
    await agreed(a.media('closeProducer', { producerId }))
    await until('the end of it', () =>
      o.notes.some((n) => n.note === 'consumerClosed' && n.consumerId === consumed.consumerId),
    )
    expect(o.room.state.participants.get('A')?.microphone).toBe('none')
  })
})
