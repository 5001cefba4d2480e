import { randomUUID } from 'node:crypto'
import type { types } from 'mediasoup'
import type { MediaNote } from '../../shared/protocol/media.ts'
import type { MediaRoute } from './media-worker.ts'
import { find } from './peer-transport.ts'
import { Receiving } from './receiving.ts'
import { Sending } from './sending.ts'

/** One page's media, as long as its participant has a seat: at most two transports. */
export class Peer {
  readonly peerId = randomUUID()
  readonly participantId: string
  readonly sending: Sending
  readonly receiving: Receiving

  constructor(
    participantId: string,
    route: MediaRoute,
    on: { change: () => void; note: (note: MediaNote) => void },
  ) {
    this.participantId = participantId
    this.sending = new Sending(route, on.change)
    this.receiving = new Receiving(route, (consumerId) =>
      on.note({ note: 'consumerClosed', consumerId }),
    )
  }

  /** Refuses the id of somebody else's. */
  transport(transportId: string): types.WebRtcTransport {
    const { sending, receiving } = this
    return find(sending.transport(transportId) ?? receiving.transport(transportId), transportId)
  }

  close(): void {
    this.sending.close()
    this.receiving.close()
  }
}
