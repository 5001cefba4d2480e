import type { TurnConfig } from '../../server/config/turn-config.ts'
import { startMedia } from '../../server/media/start-media.ts'
import type { MediaSource } from '../../shared/protocol/media.ts'
import { freeMediaPort } from '../support/free-media-port.ts'
import { dtlsParameters, opusParameters, vp8Parameters } from '../support/media-parameters.ts'
import { openHouse, type Person } from './conference-house.ts'

/** The real room with a real media worker on a free port. */
export async function openMediaHouse(turn?: TurnConfig) {
  const reports: unknown[] = []
  const media = await startMedia(
    {
      workers: 1,
      port: await freeMediaPort(),
      listenHost: '127.0.0.1',
      announcedAddress: undefined,
      workerBin: process.env.MEDIASOUP_WORKER_BIN,
      turn,
    },
    {
      onUnavailable: (error) => {
        throw new Error('these tests need the media worker: run npm run setup', { cause: error })
      },
      onWorkerDied: () => reports.push('died'),
      onWorkerRetry: (error) => reports.push(error),
      onError: (error) => reports.push(error),
    },
  )
  const house = await openHouse((log) => log, media.rooms)
  return {
    ...house,
    media,
    reports,
    close: async () => {
      await house.close()
      media.close()
    },
  }
}

export type MediaHouse = Awaited<ReturnType<typeof openMediaHouse>>

/** Answered, or the test fails with the refusal. */
export async function agreed<T extends { ok: boolean }>(
  answer: Promise<T>,
): Promise<Extract<T, { ok: true }>> {
  const given = await answer
  if (!given.ok) throw new Error(JSON.stringify(given))
  return given as Extract<T, { ok: true }>
}

/** Joined, with both transports connected as far as a person without a browser can. */
export async function withTransports(person: Person) {
  const { peerId, rtpCapabilities } = await agreed(person.media('join'))
  const send = await agreed(person.media('createTransport', { direction: 'send' }))
  const receive = await agreed(person.media('createTransport', { direction: 'receive' }))
  for (const { transportId } of [send, receive]) {
    await agreed(person.media('connectTransport', { transportId, dtlsParameters }))
  }
  return {
    peerId,
    rtpCapabilities,
    sendId: send.transportId,
    receiveId: receive.transportId,
    produce: (source: MediaSource, fields: object = {}) =>
      person.media('produce', {
        transportId: send.transportId,
        source,
        kind: source === 'view' ? 'video' : 'audio',
        rtpParameters: source === 'view' ? vp8Parameters() : opusParameters(),
        ...fields,
      }),
    consume: (producerId: string) => person.media('consume', { producerId, rtpCapabilities }),
  }
}
