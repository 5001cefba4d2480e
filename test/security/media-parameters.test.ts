import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ConferenceMedia } from '../../server/conference/ports.ts'
import { type Media, startMedia } from '../../server/media/start-media.ts'
import type { MediaAnswer, MediaMethod } from '../../shared/protocol/media.ts'
import { freeMediaPort } from '../support/free-media-port.ts'
import { opusParameters, vp8Parameters } from '../support/media-parameters.ts'

/**
 * What a page says of its codecs, pulled about within the types of the table: whatever mediasoup or
 * its worker makes of it, the next request is served, and nothing but a refusal comes of it.
 */
const seed = 20_260_405
const rounds = 150
const producesPerRound = 6

const random = mulberry32(seed)
const often = (chance: number) => random() < chance
const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)] as T
const some = <T>(from: number, to: number, make: () => T): T[] =>
  Array.from({ length: from + Math.floor(random() * (to - from + 1)) }, make)
/** Each field there or not. */
const mixed = (fields: Record<string, () => unknown>) =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, make]) => (often(0.4) ? [[name, make()]] : [])),
  )

const ssrc = () => pick([0, 1, 2, 1234, 0xffff_ffff])
const payloadType = () => pick([0, 96, 97, 100, 111, 127])
const extensionId = () => pick([1, 2, 4, 10, 14, 15, 16, 255])
const uri = () =>
  pick([
    'urn:ietf:params:rtp-hdrext:sdes:mid',
    'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
    'urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id',
    'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
    'urn:3gpp:video-orientation',
    'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
  ])
const fmtp = () =>
  mixed({
    apt: () => pick([96, 111, 0, -1, 'x', true, 0x7fff_ffff]),
    useinbandfec: () => pick([1, '1', true, -5]),
    'profile-level-id': () => pick(['zz', 1, '42e01f']),
    '': () => '',
  })
const encoding = () =>
  mixed({
    ssrc,
    rid: () => pick(['r0', 'r1', 'a b', 'x'.repeat(16)]),
    codecPayloadType: payloadType,
    rtx: () => ({ ssrc: ssrc() }),
    dtx: () => often(0.5),
    scalabilityMode: () => pick(['L1T1', 'L1T3', 'L3T3', 'S3T3', 'L3T3_KEY']),
    maxBitrate: () => pick([0, 1, 0xffff_ffff]),
  })
const codec = (kind: 'audio' | 'video') => ({
  mimeType: `${kind}/${pick(kind === 'video' ? ['VP8', 'rtx', 'H264'] : ['opus', 'rtx', 'red'])}`,
  clockRate: pick([48_000, 90_000, 8_000, 1]),
  ...mixed({
    channels: () => pick([1, 2, 16]),
    parameters: fmtp,
    rtcpFeedback: () => some(0, 3, () => ({ type: pick(['nack', 'ccm', '']), parameter: 'pli' })),
  }),
})
const rtpParameters = (kind: 'audio' | 'video') => {
  const good = kind === 'video' ? vp8Parameters() : opusParameters()
  const codecs = () =>
    some(0, 2, () => ({ ...codec(kind), payloadType: payloadType() })).concat(good.codecs as never)
  return {
    ...good,
    ...mixed({
      codecs,
      encodings: () => some(1, 3, encoding),
      headerExtensions: () => some(0, 10, () => ({ uri: uri(), id: extensionId() })),
      mid: () => pick(['', 'a']),
      rtcp: () => mixed({ cname: () => '', reducedSize: () => false }),
    }),
  }
}
const rtpCapabilities = (routers: object[]) => ({
  codecs: some(0, 6, () => {
    const kind = pick(['audio', 'video'] as const)
    return { ...codec(kind), kind, preferredPayloadType: payloadType() } as object
  }).concat(routers),
  ...mixed({
    headerExtensions: () =>
      some(0, 20, () => ({
        kind: pick(['audio', 'video']),
        uri: uri(),
        preferredId: extensionId(),
        direction: pick(['sendrecv', 'sendonly', 'recvonly', 'inactive']),
      })),
  }),
})

const trouble: unknown[] = []
let media: Media
let conference: ConferenceMedia
beforeAll(async () => {
  media = await startMedia(
    {
      workers: 1,
      port: await freeMediaPort(),
      listenHost: '127.0.0.1',
      announcedAddress: undefined,
      workerBin: process.env.MEDIASOUP_WORKER_BIN,
      turn: undefined,
    },
    {
      onUnavailable: (error) => {
        throw error
      },
      onWorkerDied: () => trouble.push('the worker died'),
      onWorkerRetry: (error) => trouble.push(error),
      onError: (error) => trouble.push(error),
    },
  )
  conference = media.rooms.open({
    standingOf: () => ({ role: 'attending', presents: true, muted: false }),
    onChange: () => undefined,
    tell: () => undefined,
    failed: (error) => trouble.push(error),
  })
})
afterAll(() => {
  conference.close()
  media.close()
})

const ask = async <M extends MediaMethod>(who: string, method: M, fields: object = {}) =>
  (await conference.request(who, { method, ...fields })) as MediaAnswer<M>

it(`no parameters of a page harm the worker or the next request (seed ${seed})`, async () => {
  const joined = await ask('sender', 'join')
  await ask('receiver', 'join')
  if (!joined.ok) throw new Error(joined.message)
  const routers = joined.rtpCapabilities.codecs as object[]
  let produced = 0
  let consumed = 0
  for (let round = 0; round < rounds; round++) {
    const transport = await ask('sender', 'createTransport', { direction: 'send' })
    if (!transport.ok) throw new Error(transport.message)
    await ask('receiver', 'createTransport', { direction: 'receive' })
    for (let n = 0; n < producesPerRound; n++) {
      const kind = pick(['audio', 'video'] as const)
      const producer = await ask('sender', 'produce', {
        transportId: transport.transportId,
        source: kind === 'video' ? 'view' : 'microphone',
        kind,
        rtpParameters: rtpParameters(kind),
      })
      if (!producer.ok) {
        expect(producer.reason).toBe('malformed-request')
        continue
      }
      produced++
      const { producerId } = producer
      const capabilities = rtpCapabilities(routers)
      const consumer = await ask('receiver', 'consume', {
        producerId,
        rtpCapabilities: capabilities,
      })
      if (!consumer.ok) {
        expect(['malformed-request', 'cannot-consume']).toContain(consumer.reason)
        continue
      }
      consumed++
      const { consumerId } = consumer
      expect(await ask('receiver', 'resumeConsumer', { consumerId })).toEqual({ ok: true })
      const layers = { consumerId, spatialLayer: pick([0, 1, 2]) }
      expect(await ask('receiver', 'preferLayers', layers)).toEqual({ ok: true })
    }
  }
  expect(trouble).toEqual([])
  expect(produced).toBeGreaterThan(rounds)
  expect(consumed).toBeGreaterThan(rounds)
})

/** A generator of 32 bits of state by Tommy Ettinger; from 0 to 1. */
function mulberry32(state: number) {
  return () => {
    state = (state + 0x6d2b_79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
