import { matchMaker } from '@colyseus/core'
import { Client } from '@colyseus/sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MediaHost } from '../../server/conference/ports.ts'
import { type MediaReports, startMedia } from '../../server/media/start-media.ts'
import type { MediaAnswer } from '../../shared/protocol/media.ts'
import { freeMediaPort } from '../support/free-media-port.ts'
import { LineBreaker } from '../support/line-breaker.ts'
import { until } from '../support/until.ts'
import { agreed, type MediaHouse, openMediaHouse, withTransports } from './media-house.ts'

let house: MediaHouse
let breaker: LineBreaker
beforeAll(async () => {
  house = await openMediaHouse()
  breaker = await LineBreaker.open(house.port)
})
afterAll(async () => {
  await breaker.close()
  await house.close()
})

describe('the way to the media', () => {
  it('[AV-6] pages are sent to the announced address on one port, by UDP first, then by TCP', async () => {
    const port = await freeMediaPort()
    const media = await startMedia(
      {
        workers: 1,
        port,
        listenHost: '0.0.0.0',
        announcedAddress: '192.0.2.10',
        workerBin: process.env.MEDIASOUP_WORKER_BIN,
        turn: undefined,
      },
      silently,
    )
    const conference = media.rooms.open({
      ...noConference,
      standingOf: () => ({ role: 'observer', presents: false, muted: false }),
    })
    await conference.request('A', { method: 'join' })
    const asked = { method: 'createTransport', direction: 'receive' }
    const answer = (await conference.request('A', asked)) as MediaAnswer<'createTransport'>
    conference.close()
    media.close()
    const candidates = answer.ok ? answer.iceCandidates : []
    const told = candidates
      .toSorted((a, b) => Number(b.priority) - Number(a.priority))
      .map(({ protocol, address, port: at }) => ({ protocol, address, at }))
    expect(told).toEqual([
      { protocol: 'udp', address: '192.0.2.10', at: port },
      { protocol: 'tcp', address: '192.0.2.10', at: port },
    ])
  })
})

describe('media in trouble', () => {
  it('[AV-1] without a worker that runs, every request is answered in words', async () => {
    let said = 0
    const media = await startMedia(
      {
        workers: 2,
        port: 1,
        listenHost: '127.0.0.1',
        announcedAddress: undefined,
        workerBin: '/nowhere',
        turn: undefined,
      },
      { ...silently, onUnavailable: () => said++ },
    )
    expect(said).toBe(1)
    const answer = await media.rooms.open(noConference).request('A', { method: 'join' })
    expect(answer).toMatchObject({
      ok: false,
      reason: 'unavailable',
      message: expect.stringMatching(/not available/),
    })
  })

  it('[AV-1] a cut line keeps the voice, and the page finds it again', async () => {
    const id = await house.newConference('cut001')
    const a = await house.join(id, 'A', 'attending')
    const b = await house.join(id, 'B', 'resident', breaker.port)
    const { peerId, produce } = await withTransports(b)
    const { producerId } = await agreed(produce('microphone'))
    await until('the voice', () => a.room.state.participants.get('B')?.voiceProducerId)
    b.room.reconnection.minUptime = 0
    breaker.cut()
    await until('B away', () => a.room.state.participants.get('B')?.presence === 'away')
    expect(a.room.state.participants.get('B')?.voiceProducerId).toBe(producerId)
    await until('B back', () => a.room.state.participants.get('B')?.presence === 'present')
    expect(await agreed(b.media('join', { peerId }))).toMatchObject({ peerId, resumed: true })
    await agreed(b.media('pauseProducer', { producerId }))
    await until('the pause', () => a.room.state.participants.get('B')?.microphone === 'closed')
  })

  it('[AV-1] a page whose place another one took ends nothing of that one’s', async () => {
    const id = await house.newConference('taken1')
    const watcher = await house.join(id, 'W', 'attending')
    const old = await house.join(id, 'A', 'attending', breaker.port)
    old.room.reconnection.enabled = false
    breaker.stall() // and so it does not hear that it has to go
    const { produce } = await withTransports(await house.join(id, 'A', 'attending'))
    const { producerId } = await agreed(produce('microphone'))
    const shown = () => watcher.room.state.participants.get('A')
    await until('the voice', () => shown()?.voiceProducerId === producerId)
    old.room.send('media', { method: 'join' })
    old.room.send('command', { commandId: 'old', type: 'raiseHand', raised: true })
    void old.room.leave() // read by the server after those
    await until('the end of the old line', async () => {
      const [room] = await matchMaker.query({ roomId: id })
      return room?.clients === 2
    })
    await watcher.command('raiseHand', { raised: true })
    await until('what came after', () => watcher.room.state.participants.get('W')?.handRaised)
    breaker.cut()
    expect(shown()).toMatchObject({ voiceProducerId: producerId, handRaised: false })
  })

  it('[AV-1] a page that was away does not come back beside the one that took its place', async () => {
    const id = await house.newConference('taken2')
    const watcher = await house.join(id, 'W', 'attending')
    const old = await house.join(id, 'A', 'attending', breaker.port)
    old.room.reconnection.enabled = false
    await agreed(old.media('join'))
    breaker.cut()
    const away = () => watcher.room.state.participants.get('A')?.presence === 'away'
    await until('A away', away)
    const again = await house.join(id, 'A', 'attending')
    const { produce } = await withTransports(again)
    const { producerId } = await agreed(produce('microphone'))
    const client = new Client(`http://127.0.0.1:${house.port}`)
    await expect(client.reconnect(old.room.reconnectionToken)).rejects.toThrow()
    expect(await agreed(again.media('pauseProducer', { producerId }))).toEqual({ ok: true })
    expect(away()).toBe(false)
  })

  it('[AV-1] who joins without the id of their peer gets a new one, and the old one ends', async () => {
    const id = await house.newConference('peer01')
    const a = await house.join(id, 'A', 'attending')
    const { peerId, produce } = await withTransports(a)
    const { producerId } = await agreed(produce('microphone'))
    const again = await agreed(a.media('join'))
    expect(again.resumed).toBe(false)
    expect(again.peerId).not.toBe(peerId)
    await until('silence', () => a.room.state.participants.get('A')?.voiceProducerId === '')
    expect(await a.media('pauseProducer', { producerId })).toMatchObject({
      reason: 'no-such-producer',
    })
  })

  it('[AV-1] who leaves is not heard any more, and nothing of theirs is left', async () => {
    const id = await house.newConference('left01')
    const before = house.media.census()
    const a = await house.join(id, 'A', 'attending')
    const b = await house.join(id, 'B', 'resident')
    const { producerId } = await agreed((await withTransports(b)).produce('microphone'))
    const { consumerId } = await agreed((await withTransports(a)).consume(producerId))
    await b.room.leave()
    await until('A hears of it', () =>
      a.notes.some((n) => n.note === 'consumerClosed' && n.consumerId === consumerId),
    )
    expect(await a.media('resumeConsumer', { consumerId })).toMatchObject({
      reason: 'no-such-consumer',
    })
    expect(house.media.census()).toEqual(before)
  })

  it('[AV-1] killed with -9, the worker is replaced, everybody told, and the next join works', async () => {
    const id = await house.newConference('kill01')
    const a = await house.join(id, 'A', 'attending')
    const b = await house.join(id, 'B', 'resident')
    const { peerId, produce } = await withTransports(a)
    await agreed(produce('microphone'))
    await agreed(produce('view'))
    const { receiveId } = await withTransports(b)
    await until('the voice', () => b.room.state.participants.get('A')?.voiceProducerId)
    const [pid = 0] = house.media.pids()
    process.kill(pid, 'SIGKILL')
    await until('everybody told', () => [a, b].every(({ notes }) => notes.length > 0))
    expect([...a.notes, ...b.notes]).toEqual([{ note: 'lost' }, { note: 'lost' }])
    expect(await b.media('restartIce', { transportId: receiveId })).toMatchObject({
      reason: 'not-joined',
    })
    const again = await agreed(a.media('join', { peerId }))
    expect(again.resumed).toBe(false)
    await until('nothing of A', () => {
      const shown = b.room.state.participants.get('A')
      return shown?.voiceProducerId === '' && shown.viewProducerId === ''
    })
    const { producerId } = await agreed((await withTransports(a)).produce('microphone'))
    await agreed((await withTransports(b)).consume(producerId))
    expect(house.reports).toEqual(['died'])
    expect(house.media.pids()).not.toContain(pid)
    expect(house.failures).toEqual([])
  })

  it('[AV-1] killed with everything asked at once, every request is answered, none as a failure', async () => {
    const id = await house.newConference('kill03')
    const a = await house.join(id, 'A', 'attending')
    const b = await house.join(id, 'B', 'attending')
    const sender = await withTransports(a)
    const receiver = await withTransports(b)
    const { producerId } = await agreed(sender.produce('microphone'))
    const { consumerId } = await agreed(receiver.consume(producerId))
    const asked: Promise<MediaAnswer>[] = [
      a.media('pauseProducer', { producerId }),
      a.media('resumeProducer', { producerId }),
      a.media('restartIce', { transportId: sender.sendId }),
      sender.produce('view'),
      a.media('closeProducer', { producerId }),
      sender.produce('microphone'),
      b.media('resumeConsumer', { consumerId }),
      b.media('preferLayers', { consumerId, spatialLayer: 0 }),
      b.media('pauseConsumer', { consumerId }),
      receiver.consume(producerId),
      b.media('createTransport', { direction: 'receive' }),
      b.media('join'),
      b.media('createTransport', { direction: 'send' }),
    ]
    for (const pid of house.media.pids()) process.kill(pid, 'SIGKILL')
    const refusals = (await Promise.all(asked)).flatMap((answer) =>
      answer.ok ? [] : answer.reason,
    )
    const gone = [
      'unavailable',
      'not-joined',
      'no-such-transport',
      'no-such-producer',
      'no-such-consumer',
    ]
    for (const reason of refusals) expect(gone).toContain(reason)
    expect(refusals).not.toEqual([])
    expect(house.failures).toEqual([])
    await agreed((await withTransports(a)).produce('microphone'))
  })

  it('[AV-1] killed again and again, it comes back each time', async () => {
    const id = await house.newConference('kill02')
    const a = await house.join(id, 'A', 'attending')
    for (let round = 0; round < 3; round++) {
      await withTransports(a)
      for (const pid of house.media.pids()) process.kill(pid, 'SIGKILL')
      await until('A told', () => a.notes.length > round)
    }
    expect(await agreed(a.media('join'))).toMatchObject({ resumed: false })
  })
})

const silently: MediaReports = {
  onUnavailable: (error) => {
    throw error
  },
  onWorkerDied: () => undefined,
  onWorkerRetry: () => undefined,
  onError: (error) => {
    throw error
  },
}

const noConference: MediaHost = {
  standingOf: () => undefined,
  onChange: () => undefined,
  tell: () => undefined,
  failed: () => undefined,
}
