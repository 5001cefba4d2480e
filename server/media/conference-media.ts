import { errors } from 'mediasoup'
import { mayShareView, maySpeak } from '../../shared/conference/permissions.ts'
import type {
  MediaAnswer,
  MediaAnswers,
  MediaNote,
  MediaRequest,
  MediaSource,
} from '../../shared/protocol/media.ts'
import type { ConferenceMedia, MediaHost } from '../conference/ports.ts'
import type { TurnConfig } from '../config/turn-config.ts'
import { iceServersFor } from './ice-servers.ts'
import type { MediaRoute, MediaWorker } from './media-worker.ts'
import type { MediaWorkers } from './media-workers.ts'
import { Peer } from './peer.ts'
import { peerHandlers } from './peer-handlers.ts'
import { MediaRefusedError } from './refused-error.ts'
import { answerRequest, refusal } from './signalling.ts'
import { Speaking } from './speaking.ts'
import { Turns } from './turns.ts'

export interface ConferenceMediaParts {
  readonly workers: MediaWorkers
  readonly turn: TurnConfig | undefined
  readonly onClosed: () => void
}

const nothingSent = { microphone: 'none', voiceProducerId: '', viewProducerId: '' } as const

/**
 * The media of one conference on one router, which is made at the first request, and anew, on a
 * worker that lives, at the first request after its worker died.
 */
export class RoutedConferenceMedia implements ConferenceMedia {
  readonly #host: MediaHost
  readonly #parts: ConferenceMediaParts
  readonly #peers = new Map<string, Peer>()
  readonly #turns = new Turns()
  readonly #speaking: Speaking
  #route: Promise<MediaRoute> | undefined
  #closed = false

  constructor(host: MediaHost, parts: ConferenceMediaParts) {
    this.#host = host
    this.#parts = parts
    this.#speaking = new Speaking((participantId, speaking) =>
      host.onChange(participantId, { speaking }),
    )
  }

  get peers(): Iterable<Peer> {
    return this.#peers.values()
  }

  request(participantId: string, asked: unknown): Promise<MediaAnswer> {
    return this.#turns.run(participantId, async () => {
      try {
        return await answerRequest(asked, this.#handlers(participantId))
      } catch (error) {
        const gone = this.#closed || error instanceof errors.WorkerClosedError
        if (!gone) this.#host.failed(error)
        return refusal(new MediaRefusedError('unavailable'))
      }
    })
  }

  review(): void {
    for (const peer of this.#peers.values()) {
      const standing = this.#host.standingOf(peer.participantId)
      const voice = peer.sending.producer('microphone')
      if (voice && !voice.paused && standing?.muted) {
        voice.pause().catch((error) => {
          if (!voice.closed) this.#host.failed(error)
        })
      }
      if (!standing || !mayShareView(standing)) this.#end(peer, 'view', 'not-allowed')
    }
  }

  leave(participantId: string): void {
    const peer = this.#peers.get(participantId)
    this.#peers.delete(participantId)
    peer?.close()
    this.#speaking.silenced(participantId)
    this.#host.onChange(participantId, { ...nothingSent, needsView: false })
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#letGo()
    this.#route?.then(
      ({ router }) => router.close(),
      () => undefined, // whoever asked for it has been told
    )
    this.#parts.onClosed()
  }

  #handlers(participantId: string) {
    return {
      join: (request: MediaRequest<'join'>) => this.#join(participantId, request),
      needView: async ({ needed }: MediaRequest<'needView'>) => {
        this.#host.onChange(participantId, { needsView: needed })
        return {}
      },
      ...peerHandlers({
        peer: () => this.#peer(participantId),
        sender: (producerId) => this.#sender(producerId),
        mustNotBeMuted: () => this.#mustNotBeMuted(participantId),
        review: () => this.review(),
        produce: (request) => this.#produce(this.#peer(participantId), request),
      }),
    }
  }

  async #join(
    participantId: string,
    { peerId }: MediaRequest<'join'>,
  ): Promise<MediaAnswers['join']> {
    const route = await this.#routed()
    const there = this.#peers.get(participantId)
    const resumed = there !== undefined && there.peerId === peerId
    const peer = resumed ? there : this.#newPeer(participantId, route)
    return {
      peerId: peer.peerId,
      resumed,
      rtpCapabilities: { ...route.router.rtpCapabilities },
      iceServers: iceServersFor(this.#parts.turn, participantId, Date.now()),
    }
  }

  #newPeer(participantId: string, route: MediaRoute): Peer {
    if (route.router.closed || this.#closed) throw new MediaRefusedError('unavailable')
    if (!this.#host.standingOf(participantId)) throw new MediaRefusedError('not-joined')
    this.#peers.get(participantId)?.close()
    const peer = new Peer(participantId, route, {
      change: () => this.#show(peer),
      note: (note) => this.#tell(peer, note),
    })
    this.#peers.set(participantId, peer)
    this.#show(peer)
    return peer
  }

  async #produce(peer: Peer, request: MediaRequest<'produce'>): Promise<MediaAnswers['produce']> {
    const { source, paused } = request
    this.#mustBeAllowed(peer, source)
    if (source === 'microphone' && !paused) this.#mustNotBeMuted(peer.participantId)
    const producer = await peer.sending.produce(request)
    this.review() // the lead or the muting may have changed while it was made
    if (source === 'view') {
      if (producer.closed) throw new MediaRefusedError('not-allowed')
      for (const other of this.#peers.values()) {
        if (other !== peer) this.#end(other, 'view', 'replaced')
      }
    }
    return { producerId: producer.id }
  }

  #peer(participantId: string): Peer {
    const peer = this.#peers.get(participantId)
    if (!peer) throw new MediaRefusedError('not-joined')
    return peer
  }

  #sender(producerId: string): { participantId: string; source: MediaSource } | undefined {
    for (const { participantId, sending } of this.#peers.values()) {
      const source = sending.sourceOf(producerId)
      if (source) return { participantId, source }
    }
    return undefined
  }

  #mustBeAllowed({ participantId }: Peer, source: MediaSource): void {
    const standing = this.#host.standingOf(participantId)
    if (standing && source === 'microphone' && maySpeak(standing.role)) return
    if (standing && source === 'view' && mayShareView(standing)) return
    throw new MediaRefusedError('not-allowed')
  }

  #mustNotBeMuted(participantId: string): void {
    if (this.#host.standingOf(participantId)?.muted) throw new MediaRefusedError('muted')
  }

  #end(peer: Peer, source: MediaSource, why: 'replaced' | 'not-allowed'): void {
    const producer = peer.sending.producer(source)
    if (!producer) return
    producer.close()
    this.#tell(peer, { note: 'producerClosed', source, why })
  }

  #tell(peer: Peer, note: MediaNote): void {
    if (this.#isCurrent(peer)) this.#host.tell(note, peer.participantId)
  }

  #show(peer: Peer): void {
    if (!this.#isCurrent(peer)) return
    const voice = peer.sending.producer('microphone')
    const open = voice !== undefined && !voice.paused
    if (!open) this.#speaking.silenced(peer.participantId)
    this.#host.onChange(peer.participantId, {
      microphone: open ? 'open' : voice ? 'closed' : 'none',
      voiceProducerId: voice?.id ?? '',
      viewProducerId: peer.sending.producer('view')?.id ?? '',
    })
  }

  #isCurrent(peer: Peer): boolean {
    return this.#peers.get(peer.participantId) === peer
  }

  #routed(): Promise<MediaRoute> {
    if (this.#closed) throw new MediaRefusedError('unavailable')
    if (this.#route) return this.#route
    const route = this.#openRoute()
    this.#route = route
    route.catch(() => this.#forget(route))
    return route
  }

  #forget(route: Promise<MediaRoute>): void {
    if (this.#route === route) this.#route = undefined
  }

  async #openRoute(): Promise<MediaRoute> {
    const route = await this.#parts.workers.openRoute()
    if (!route) throw new MediaRefusedError('unavailable')
    route.router.once('workerclose', () => this.#lost(route.worker))
    this.#speaking.follow(route.levels, (producerId) => this.#sender(producerId)?.participantId)
    return route
  }

  #lost(worker: MediaWorker): void {
    this.#route = undefined
    this.#letGo()
    if (worker.died) this.#host.tell({ note: 'lost' })
  }

  #letGo(): void {
    for (const peer of this.#peers.values()) peer.close()
    this.#peers.clear()
    this.#speaking.close()
  }
}
