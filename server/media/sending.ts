import type { types } from 'mediasoup'
import {
  kindOf,
  type MediaAnswers,
  type MediaRequest,
  type MediaSource,
} from '../../shared/protocol/media.ts'
import { checked } from './checked.ts'
import type { MediaRoute } from './media-worker.ts'
import { described, find, openTransport } from './peer-transport.ts'
import { MediaRefusedError } from './refused-error.ts'
import { rtpParametersSchema } from './rtp-schemas.ts'
import { parsed } from './signalling.ts'

/** What one peer sends: a transport, and on it a producer for each source at most. */
export class Sending {
  readonly #route: MediaRoute
  readonly #onChange: () => void
  readonly #producers = new Map<MediaSource, types.Producer>()
  #transport: types.WebRtcTransport | undefined
  #closed = false

  /** `onChange`: a producer came, went, paused or resumed. */
  constructor(route: MediaRoute, onChange: () => void) {
    this.#route = route
    this.#onChange = onChange
  }

  /** A new transport takes the place of an older one, which ends with all that was sent on it. */
  async open(): Promise<MediaAnswers['createTransport']> {
    const transport = await openTransport(this.#route, 'send')
    if (this.#closed) transport.close()
    this.#transport?.close()
    this.#transport = transport
    return described(transport)
  }

  transport(transportId: string): types.WebRtcTransport | undefined {
    return this.#transport?.id === transportId ? this.#transport : undefined
  }

  producer(source: MediaSource): types.Producer | undefined {
    return this.#producers.get(source)
  }

  sourceOf(producerId: string): MediaSource | undefined {
    for (const [source, producer] of this.#producers) {
      if (producer.id === producerId) return source
    }
    return undefined
  }

  /** Refuses an id that is not of this peer. */
  find(producerId: string): types.Producer {
    const source = this.sourceOf(producerId)
    const producer = source && this.#producers.get(source)
    if (!producer) throw new MediaRefusedError('no-such-producer')
    return producer
  }

  async produce(request: MediaRequest<'produce'>): Promise<types.Producer> {
    const { transportId, source, kind, paused = false } = request
    const transport = find(this.#transport, transportId)
    const rtpParameters = parsed(rtpParametersSchema, request.rtpParameters)
    const fits = rtpParameters.codecs.every(({ mimeType }) => mimeType.startsWith(`${kind}/`))
    if (kind !== kindOf[source] || !fits) throw new MediaRefusedError('malformed-request')
    this.#producers.get(source)?.close()
    const producer = await checked(() =>
      transport.produce({ kind, rtpParameters: rtpParameters as types.RtpParameters, paused }),
    )
    if (source === 'microphone' && !producer.closed) {
      await checked(() => this.#route.levels.addProducer({ producerId: producer.id }))
    }
    if (producer.closed) throw new MediaRefusedError('no-such-transport')
    this.#producers.set(source, producer)
    producer.observer.on('pause', this.#onChange)
    producer.observer.on('resume', this.#onChange)
    producer.observer.once('close', () => {
      if (this.#producers.get(source) === producer) this.#producers.delete(source)
      this.#onChange()
    })
    this.#onChange()
    return producer
  }

  close(): void {
    this.#closed = true
    this.#transport?.close()
  }
}
