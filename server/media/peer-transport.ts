import type { types } from 'mediasoup'
import type { MediaAnswers } from '../../shared/protocol/media.ts'
import type { MediaRoute } from './media-worker.ts'
import { MediaRefusedError } from './refused-error.ts'

/** A voice and three layers of a view, with room to spare; told to the page's encoders by RTCP. */
const maximumIncomingBitsPerSecond = 5_000_000
/** What is assumed of a receiver's line before anything has been measured. */
const firstOutgoingBitsPerSecond = 1_000_000

/** A transport ends with its route, with its peer, or when the page has hung up. */
export async function openTransport(
  { router, worker }: MediaRoute,
  direction: 'send' | 'receive',
): Promise<types.WebRtcTransport> {
  const transport = await router.createWebRtcTransport({
    webRtcServer: worker.webRtcServer,
    preferUdp: true,
    initialAvailableOutgoingBitrate: firstOutgoingBitsPerSecond,
  })
  transport.on('dtlsstatechange', (state) => {
    if (state === 'failed' || state === 'closed') transport.close()
  })
  if (direction === 'send') await transport.setMaxIncomingBitrate(maximumIncomingBitsPerSecond)
  return transport
}

export function described(transport: types.WebRtcTransport): MediaAnswers['createTransport'] {
  const { id, iceParameters, iceCandidates, dtlsParameters } = transport
  return { transportId: id, iceParameters, iceCandidates, dtlsParameters }
}

export function find(
  transport: types.WebRtcTransport | undefined,
  transportId: string,
): types.WebRtcTransport {
  if (!transport || transport.closed || transport.id !== transportId) {
    throw new MediaRefusedError('no-such-transport')
  }
  return transport
}
