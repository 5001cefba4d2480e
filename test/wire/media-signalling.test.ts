import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MediaMethod, mediaRequests } from '../../shared/protocol/media.ts'
import { dtlsParameters, opusParameters, vp8Parameters } from '../support/media-parameters.ts'
import { until } from '../support/until.ts'
import type { Person } from './conference-house.ts'
import { agreed, type MediaHouse, openMediaHouse, withTransports } from './media-house.ts'

let house: MediaHouse
beforeAll(async () => {
  house = await openMediaHouse()
})
afterAll(() => house.close())

const unknownId = '00000000-0000-4000-8000-000000000000'

/** Of each request: one that is well-formed and names nothing that is there, and why it is refused. */
const strays: Record<
  MediaMethod,
  { fields: object; joined: string | true; before: string | true }
> = {
  join: { fields: { peerId: unknownId }, joined: true, before: true },
  createTransport: { fields: { direction: 'send' }, joined: true, before: 'not-joined' },
  connectTransport: {
    fields: { transportId: unknownId, dtlsParameters },
    joined: 'no-such-transport',
    before: 'not-joined',
  },
  restartIce: {
    fields: { transportId: unknownId },
    joined: 'no-such-transport',
    before: 'not-joined',
  },
  produce: {
    fields: {
      transportId: unknownId,
      source: 'microphone',
      kind: 'audio',
      rtpParameters: opusParameters(),
    },
    joined: 'no-such-transport',
    before: 'not-joined',
  },
  pauseProducer: producer(),
  resumeProducer: producer(),
  closeProducer: producer(),
  consume: {
    fields: { producerId: unknownId, rtpCapabilities: {} },
    joined: 'no-such-producer',
    before: 'not-joined',
  },
  resumeConsumer: consumer(),
  pauseConsumer: consumer(),
  closeConsumer: consumer(),
  preferLayers: consumer({ spatialLayer: 0 }),
  needView: { fields: { needed: false }, joined: true, before: true },
}

function producer() {
  const fields = { producerId: unknownId }
  return { fields, joined: 'no-such-producer', before: 'not-joined' }
}

function consumer(more: object = {}) {
  const fields = { consumerId: unknownId, ...more }
  return { fields, joined: 'no-such-consumer', before: 'not-joined' }
}

function opusWith(parameters: object) {
  const [codec] = opusParameters().codecs
  return { codecs: [{ ...codec, parameters }] }
}

/** Parameters that pass the table, as it leaves their depth to what comes after it. */
const deepFaults: { what: string; faulty: (sendId: string) => [MediaMethod, object] }[] = [
  ...[
    { what: 'a fraction of a bit per second', rtp: { encodings: [{ ssrc: 1, maxBitrate: 1.5 }] } },
    { what: 'an SSRC of 33 bits', rtp: { encodings: [{ ssrc: 2 ** 33 }] } },
    { what: 'no encoding', rtp: { encodings: [] } },
    { what: 'words for an encoding', rtp: { encodings: 'all of them' } },
    { what: 'a line for others’ SDP in a CNAME', rtp: { rtcp: { cname: 'a\r\na=inactive' } } },
    { what: 'a line for others’ SDP in an MSID', rtp: { msid: 'a b\na=inactive' } },
    { what: 'a line for others’ SDP in a codec', rtp: opusWith({ minptime: '10\r\na=inactive' }) },
    { what: 'such a line for a name in a codec', rtp: opusWith({ 'x\r\na=inactive': 1 }) },
  ].map(({ what, rtp }) => ({
    what,
    faulty: (transportId: string): [MediaMethod, object] => [
      'produce',
      {
        transportId,
        source: 'microphone',
        kind: 'audio',
        rtpParameters: { ...opusParameters(), ...rtp },
      },
    ],
  })),
  {
    what: 'a picture for a voice',
    faulty: (transportId) => [
      'produce',
      { transportId, source: 'microphone', kind: 'audio', rtpParameters: vp8Parameters() },
    ],
  },
  {
    what: 'a codec that the router has not',
    faulty: (transportId) => {
      const [codec] = vp8Parameters().codecs
      const codecs = [{ ...codec, mimeType: 'video/H264' }]
      const rtpParameters = { ...vp8Parameters(), codecs }
      return ['produce', { transportId, source: 'view', kind: 'video', rtpParameters }]
    },
  },
  {
    what: 'a fingerprint that is none',
    faulty: (transportId) => [
      'connectTransport',
      {
        transportId,
        dtlsParameters: { fingerprints: [{ algorithm: 'sha-256', value: '<b>' }] },
      },
    ],
  },
]

const methods = Object.keys(mediaRequests) as MediaMethod[]

describe('the table of media requests', () => {
  for (const method of methods) {
    it(`refuses a ${method} that is malformed, and answers one that names nothing there`, async () => {
      const id = await house.newConference(`${methods.indexOf(method)}-table`)
      const a = await house.join(id, 'A', 'attending')
      const { fields, before, joined } = strays[method]
      expect(reason(await a.media(method, { ...fields, more: '<script>' }))).toBe(
        'malformed-request',
      )
      expect(reason(await a.media(method, fields))).toBe(before)
      await agreed(a.media('join'))
      expect(reason(await a.media(method, fields))).toBe(joined)
    })
  }

  it('refuses what is no request of the table, in words that repeat nothing of it', async () => {
    const id = await house.newConference('notone')
    const a = await house.join(id, 'A', 'attending')
    for (const method of ['dance', '__proto__', 'constructor', 'toString']) {
      const refused = await a.media(method as MediaMethod)
      expect(reason(refused)).toBe('unknown-method')
      expect(JSON.stringify(refused)).not.toContain(method)
    }
    for (const asked of [undefined, null, 7, 'join', [], { method: 7 }, { method: { join: 1 } }]) {
      expect(reason(await a.room.request('media', asked))).toBe('malformed-request')
    }
    expect(house.failures).toEqual([])
  })

  for (const { what, faulty } of deepFaults) {
    it(`refuses ${what}, and the worker serves the next one`, async () => {
      const id = await house.newConference(`f${deepFaults.findIndex((f) => f.what === what)}-fault`)
      const a = await house.join(id, 'A', 'attending')
      const { sendId, produce } = await withTransports(a)
      const [method, fields] = faulty(sendId)
      const refused = await a.media(method, fields)
      expect(reason(refused)).toBe('malformed-request')
      await agreed(produce('microphone'))
      expect(house.failures).toEqual([])
    })
  }

  it('refuses the ids of somebody else', async () => {
    const id = await house.newConference('others')
    const a = await house.join(id, 'A', 'attending')
    const b = await house.join(id, 'B', 'attending')
    const mine = await withTransports(a)
    const theirs = await withTransports(b)
    const { producerId } = await agreed(mine.produce('microphone'))
    const { consumerId } = await agreed(theirs.consume(producerId))
    for (const method of ['pauseProducer', 'resumeProducer', 'closeProducer'] as const) {
      expect(reason(await b.media(method, { producerId }))).toBe('no-such-producer')
    }
    for (const method of ['pauseConsumer', 'resumeConsumer', 'closeConsumer'] as const) {
      expect(reason(await a.media(method, { consumerId }))).toBe('no-such-consumer')
    }
    const { sendId: transportId } = mine
    expect(reason(await b.media('restartIce', { transportId }))).toBe('no-such-transport')
    expect(reason(await b.media('connectTransport', { transportId, dtlsParameters }))).toBe(
      'no-such-transport',
    )
    expect(reason(await mine.consume(producerId))).toBe('cannot-consume')
  })

  it('answers that it is gone to who asks about a voice while it ends', async () => {
    const id = await house.newConference('ending')
    const { a, b } = await pair(id)
    const sender = await withTransports(a)
    const receiver = await withTransports(b)
    for (let round = 0; round < 5; round++) {
      const { producerId } = await agreed(sender.produce('microphone'))
      const { consumerId } = await agreed(receiver.consume(producerId))
      const [, ...asked] = await Promise.all([
        a.media('closeProducer', { producerId }),
        b.media('resumeConsumer', { consumerId }),
        b.media('pauseConsumer', { consumerId }),
        b.media('preferLayers', { consumerId, spatialLayer: 1 }),
      ])
      for (const answer of asked) expect([true, 'no-such-consumer']).toContain(reason(answer))
    }
    expect(house.failures).toEqual([])
  })

  it('refuses what a device has no codec for', async () => {
    const id = await house.newConference('nocodec')
    const { a, b } = await pair(id)
    const { producerId } = await agreed((await withTransports(a)).produce('view'))
    const { rtpCapabilities } = await withTransports(b)
    const codecs = (rtpCapabilities.codecs as { kind: string }[]).filter((c) => c.kind === 'audio')
    const poor = { producerId, rtpCapabilities: { codecs, headerExtensions: [] } }
    expect(reason(await b.media('consume', poor))).toBe('cannot-consume')
  })

  it('refuses more than a page needs, goes on, and ends with one that does not stop', async () => {
    const id = await house.newConference('flood1')
    const a = await house.join(id, 'A', 'attending')
    const b = await house.join(id, 'B', 'resident')
    a.room.reconnection.enabled = false
    const left = new Promise<number>((resolve) => a.room.onLeave(resolve))
    const answers = await Promise.all(
      Array.from({ length: 400 }, () => a.media('needView', { needed: true })),
    )
    expect(answers[0]).toEqual({ ok: true })
    expect(answers.map(reason)).toContain('too-many')
    for (let n = 0; n < 1_200; n++) a.room.send('media', { method: 'needView', needed: true })
    expect(await left).toBe(4101)
    await until('A gone', () => !b.room.state.participants.has('A'))
  })
})

describe('voice and view over the room', () => {
  it('[AV-1] a voice is told in the state and received by others, also by an observer', async () => {
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
    const before = house.media.census().consumers.audio
    const consumed = await agreed(receiver.consume(producerId))
    expect(consumed).toMatchObject({ participantId: 'A', source: 'microphone', kind: 'audio' })
    await agreed(o.media('resumeConsumer', { consumerId: consumed.consumerId }))
    const again = await agreed(receiver.consume(producerId))
    expect(again.consumerId).not.toBe(consumed.consumerId)
    expect(house.media.census().consumers.audio - before, 'one of each voice').toBe(1)
    await agreed(a.media('pauseProducer', { producerId }))
    await until('a closed microphone', () => microphone(o, 'A') === 'closed')
    await agreed(a.media('resumeProducer', { producerId }))
    await until('an open one', () => microphone(o, 'A') === 'open')
    await agreed(a.media('closeProducer', { producerId }))
    await until('the end of it', () =>
      o.notes.some((n) => n.note === 'consumerClosed' && n.consumerId === again.consumerId),
    )
    await until('none', () => microphone(o, 'A') === 'none')
  })

  it('[AV-1] an observer may not speak, and only who leads may show a view', async () => {
    const id = await house.newConference('roles1')
    await house.join(id, 'A', 'attending')
    const r = await house.join(id, 'R', 'resident')
    const o = await house.join(id, 'O', 'observer')
    const resident = await withTransports(r)
    const observer = await withTransports(o)
    expect(reason(await observer.produce('microphone'))).toBe('not-allowed')
    expect(reason(await observer.produce('view'))).toBe('not-allowed')
    expect(reason(await resident.produce('view'))).toBe('not-allowed')
    await agreed(resident.produce('microphone'))
  })

  it('[AV-3] a new view takes the place of the old one, whose sender is told', async () => {
    const id = await house.newConference('views1')
    const { a, b } = await pair(id)
    const first = await agreed((await withTransports(a)).produce('view'))
    const receiver = await withTransports(b)
    const { consumerId } = await agreed(receiver.consume(first.producerId))
    await agreed(b.media('preferLayers', { consumerId, spatialLayer: 2 }))
    const second = await agreed(receiver.produce('view'))
    await until('A hears of it', () => a.notes.length > 0)
    expect(a.notes).toEqual([{ note: 'producerClosed', source: 'view', why: 'replaced' }])
    await until('one view', () => {
      const { participants } = a.room.state
      return (
        participants.get('A')?.viewProducerId === '' &&
        participants.get('B')?.viewProducerId === second.producerId
      )
    })
    expect(b.notes).toContainEqual({ note: 'consumerClosed', consumerId })
  })

  it('[AV-3] a resident’s view ends with their lead, an attending’s does not', async () => {
    const id = await house.newConference('lead01')
    const a = await house.join(id, 'A', 'attending')
    const r = await house.join(id, 'R', 'resident')
    await until('A presents', () => r.room.state.presenterId === 'A')
    await a.command('handPresenter', { participantId: 'R' })
    const resident = await withTransports(r)
    await agreed(resident.produce('view'))
    await a.command('takePresenter')
    await until('R hears of it', () => r.notes.length > 0)
    expect(r.notes).toEqual([{ note: 'producerClosed', source: 'view', why: 'not-allowed' }])
    await until('no view', () => a.room.state.participants.get('R')?.viewProducerId === '')
    const attending = await withTransports(a)
    const { producerId } = await agreed(attending.produce('view'))
    const shown = () => r.room.state.participants.get('A')?.viewProducerId === producerId
    await until('the view of A, who leads', () => shown() && r.room.state.presenterId === 'A')
    await a.command('handPresenter', { participantId: 'R' })
    await until('R leads', () => r.room.state.presenterId === 'R')
    expect(shown()).toBe(true)
  })

  it('[AV-1] who was muted is silent until they unmute themselves', async () => {
    const id = await house.newConference('muted1')
    const a = await house.join(id, 'A', 'attending')
    const r = await house.join(id, 'R', 'resident')
    const resident = await withTransports(r)
    const { producerId } = await agreed(resident.produce('microphone'))
    await until('R speaks', () => microphone(a, 'R') === 'open')
    await a.command('setMuted', { participantId: 'R', muted: true })
    await until('R is silent', () => microphone(a, 'R') === 'closed')
    expect(reason(await r.media('resumeProducer', { producerId }))).toBe('muted')
    expect(reason(await resident.produce('microphone'))).toBe('muted')
    const paused = await agreed(resident.produce('microphone', { paused: true }))
    await r.command('setMuted', { participantId: 'R', muted: false })
    await agreed(r.media('resumeProducer', { producerId: paused.producerId }))
    await until('R speaks again', () => microphone(a, 'R') === 'open')
  })

  it('[AV-1] somebody without a microphone is muted all the same', async () => {
    const id = await house.newConference('muted2')
    const a = await house.join(id, 'A', 'attending')
    const r = await house.join(id, 'R', 'resident')
    await a.command('setMuted', { muted: true })
    await until('R is muted', () => a.room.state.participants.get('R')?.muted)
    expect(microphone(a, 'R')).toBe('none')
    expect(reason(await (await withTransports(r)).produce('microphone'))).toBe('muted')
  })

  it('[AV-3] a device that cannot draw says so, and another one of the same person starts anew', async () => {
    const id = await house.newConference('needs1')
    const { a, b } = await pair(id)
    await agreed((await withTransports(b)).produce('microphone'))
    await agreed(b.media('needView', { needed: true }))
    await until('the need', () => a.room.state.participants.get('B')?.needsView)
    b.room.reconnection.enabled = false
    const again = await house.join(id, 'B', 'attending')
    await until('neither', () => {
      const { needsView = true } = a.room.state.participants.get('B') ?? {}
      return !needsView && microphone(a, 'B') === 'none'
    })
    expect(await agreed(again.media('join'))).toMatchObject({ resumed: false })
  })
})

const reason = (answer: { ok: boolean; reason?: string }) => (answer.ok ? true : answer.reason)

const microphone = (seenBy: Person, participantId: string) =>
  seenBy.room.state.participants.get(participantId)?.microphone

async function pair(conferenceId: string) {
  return {
    a: await house.join(conferenceId, 'A', 'attending'),
    b: await house.join(conferenceId, 'B', 'attending'),
  }
}
