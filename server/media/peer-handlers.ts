import type { MediaAnswers, MediaRequest, MediaSource } from '../../shared/protocol/media.ts'
import { checked, unlessGone } from './checked.ts'
import type { Peer } from './peer.ts'
import { MediaRefusedError } from './refused-error.ts'
import { dtlsParametersSchema } from './rtp-schemas.ts'
import { type MediaHandlers, parsed } from './signalling.ts'

export interface PeerHandlerParts {
  /** Of whoever asks; refuses somebody who has not joined. */
  readonly peer: () => Peer
  /** Whoever in this conference sends what has this id. */
  readonly sender: (
    producerId: string,
  ) => { participantId: string; source: MediaSource } | undefined
  readonly mustNotBeMuted: () => void
  readonly review: () => void
  readonly produce: (request: MediaRequest<'produce'>) => Promise<MediaAnswers['produce']>
}

const done = {}

/** The requests of somebody who has joined, on what is their own. */
export function peerHandlers(parts: PeerHandlerParts) {
  const { peer, sender, mustNotBeMuted, review, produce } = parts
  return {
    createTransport: async ({ direction }) =>
      direction === 'send' ? peer().sending.open() : peer().receiving.open(),
    connectTransport: async ({ transportId, ...request }) => {
      const transport = peer().transport(transportId)
      const { fingerprints, role } = parsed(dtlsParametersSchema, request.dtlsParameters)
      const dtlsParameters = { fingerprints, ...(role && { role }) }
      await checked(() => transport.connect({ dtlsParameters }))
      return done
    },
    restartIce: async ({ transportId }) => {
      const transport = peer().transport(transportId)
      return { iceParameters: await checked(() => transport.restartIce()) }
    },
    produce,
    pauseProducer: async ({ producerId }) => {
      await peer().sending.find(producerId).pause()
      return done
    },
    resumeProducer: async ({ producerId }) => {
      const { sending } = peer()
      const producer = sending.find(producerId)
      if (sending.sourceOf(producerId) === 'microphone') mustNotBeMuted()
      await producer.resume()
      review() // muted while it was opened
      return done
    },
    closeProducer: async ({ producerId }) => {
      peer().sending.find(producerId).close()
      return done
    },
    consume: async ({ producerId, rtpCapabilities }) => {
      const { participantId, receiving } = peer()
      const from = sender(producerId)
      if (!from) throw new MediaRefusedError('no-such-producer')
      if (from.participantId === participantId) throw new MediaRefusedError('cannot-consume')
      const consumer = await receiving.consume(producerId, rtpCapabilities)
      const { id: consumerId, kind, rtpParameters } = consumer
      return { consumerId, producerId, kind, rtpParameters: { ...rtpParameters }, ...from }
    },
    resumeConsumer: async ({ consumerId }) => {
      const consumer = peer().receiving.find(consumerId)
      await unlessGone('no-such-consumer', () => consumer.resume())
      return done
    },
    pauseConsumer: async ({ consumerId }) => {
      const consumer = peer().receiving.find(consumerId)
      await unlessGone('no-such-consumer', () => consumer.pause())
      return done
    },
    closeConsumer: async ({ consumerId }) => {
      peer().receiving.find(consumerId).close()
      return done
    },
    preferLayers: async ({ consumerId, spatialLayer }) => {
      const consumer = peer().receiving.find(consumerId)
      await unlessGone('no-such-consumer', () => consumer.setPreferredLayers({ spatialLayer }))
      return done
    },
  } satisfies Omit<MediaHandlers, 'join' | 'needView'>
}
