import type { types } from 'mediasoup'
import type { MediaAnswers } from '../../shared/protocol/media.ts'
import { checked } from './checked.ts'
import type { MediaRoute } from './media-worker.ts'
import { described, openTransport } from './peer-transport.ts'
import { MediaRefusedError } from './refused-error.ts'
import { rtpCapabilitiesSchema } from './rtp-schemas.ts'
import { parsed } from './signalling.ts'

/** What one peer receives: a transport, and on it one consumer for each producer at most. */
export class Receiving {
  readonly #route: MediaRoute
  readonly #onEnded: (consumerId: string) => void
  readonly #consumers = new Map<string, types.Consumer>()
  #transport: types.WebRtcTransport | undefined
  #closed = false

  /** `onEnded`: whoever sent it has stopped. */
  constructor(route: MediaRoute, onEnded: (consumerId: string) => void) {
    this.#route = route
    this.#onEnded = onEnded
  }

  /** A new transport takes the place of an older one, which ends with all that came on it. */
  async open(): Promise<MediaAnswers['createTransport']> {
    const transport = await openTransport(this.#route, 'receive')
    if (this.#closed) transport.close()
    this.#transport?.close()
    this.#transport = transport
    return described(transport)
  }

  transport(transportId: string): types.WebRtcTransport | undefined {
    return this.#transport?.id === transportId ? this.#transport : undefined
  }

  get consumers(): Iterable<types.Consumer> {
    return this.#consumers.values()
  }

  find(consumerId: string): types.Consumer {
    const consumer = this.#consumers.get(consumerId)
    if (!consumer) throw new MediaRefusedError('no-such-consumer')
    return consumer
  }

  /** Paused. A second consumer of the same producer takes the place of the first. */
  async consume(producerId: string, asked: unknown): Promise<types.Consumer> {
    const transport = this.#transport
    if (!transport || transport.closed) throw new MediaRefusedError('no-such-transport')
    const rtpCapabilities = parsed(rtpCapabilitiesSchema, asked) as types.RtpCapabilities
    if (!this.#route.router.canConsume({ producerId, rtpCapabilities })) {
      throw new MediaRefusedError('cannot-consume')
    }
    for (const consumer of this.#consumers.values()) {
      if (consumer.producerId === producerId) consumer.close()
    }
    const consumer = await checked(() =>
      transport.consume({ producerId, rtpCapabilities, paused: true }),
    )
    if (consumer.closed) throw new MediaRefusedError('no-such-producer')
    this.#consumers.set(consumer.id, consumer)
    consumer.once('producerclose', () => this.#onEnded(consumer.id))
    consumer.observer.once('close', () => this.#consumers.delete(consumer.id))
    return consumer
  }

  close(): void {
    this.#closed = true
    this.#transport?.close()
  }
}
