import type { types } from 'mediasoup-client'
import { type IceServer, kindOf, type MediaSource } from '../../shared/protocol/media.ts'
import { type Ask, MediaRefusedError } from './ask.ts'
import { encodingsOf, keepResolution } from './encodings.ts'
import { type Direction, openTransport } from './peer-transport.ts'
import type { Had, Sent, Step } from './reconcile.ts'
import type { Consumer, Device, Producer, Transport } from './rtc-device.ts'
import { cannotSend } from './words.ts'

interface Receiving {
  readonly consumer: Consumer
  spatialLayer?: number
}

export interface SfuPeerParts {
  readonly ask: Ask
  readonly device: Device
  readonly iceServers: IceServer[]
  /** Packets go over that transport now, or none does any more. */
  readonly onPath: (direction: Direction, path: 'there' | 'lost') => void
}

/** This page as the SFU knows it: at most two transports, and what goes over them. One step at a time. */
export class SfuPeer implements Had {
  readonly peerId: string
  readonly receiving = new Map<string, Receiving>()
  needsView = false
  /** Whether anything ever came through. */
  connected = false
  /** For transports that are made or restarted from now on: their credentials expire. */
  iceServers: IceServer[]
  readonly #ask: Ask
  readonly #device: Device
  readonly #onPath: SfuPeerParts['onPath']
  readonly #transports = new Map<Direction, Transport>()
  readonly #producers = new Map<MediaSource, Producer>()
  readonly #restarted = new Set<Direction>()
  #closed = false

  constructor(peerId: string, parts: SfuPeerParts) {
    this.peerId = peerId
    this.#ask = parts.ask
    this.#device = parts.device
    this.iceServers = parts.iceServers
    this.#onPath = parts.onPath
  }

  get sending(): ReadonlyMap<MediaSource, Sent> {
    const sending = new Map<MediaSource, Sent>()
    for (const [source, { track, paused }] of this.#producers) {
      if (track) sending.set(source, { track, open: !paused })
    }
    return sending
  }

  async take(step: Step): Promise<void> {
    switch (step.do) {
      case 'send':
        return this.#send(step.source, step)
      case 'replaceTrack':
        return this.#producers.get(step.source)?.replaceTrack({ track: step.track })
      case 'setOpen':
        return this.#setOpen(step.source, step.open)
      case 'stop':
        return this.#stop(step.source)
      case 'receive':
        return this.#receive(step.producerId)
      case 'letGo':
        return this.#letGo(step.producerId)
      case 'preferLayer': {
        const receiving = this.receiving.get(step.producerId)
        if (!receiving) return
        const { spatialLayer } = step
        await this.#ask('preferLayers', { consumerId: receiving.consumer.id, spatialLayer })
        receiving.spatialLayer = spatialLayer
        return
      }
      case 'tellNeed':
        await this.#ask('needView', { needed: step.needed })
        this.needsView = step.needed
    }
  }

  /** The server has ended it already. */
  producerEnded(source: MediaSource): void {
    this.#producers.get(source)?.close()
    this.#producers.delete(source)
  }

  /** The server has ended it already. */
  consumerEnded(consumerId: string): void {
    for (const [producerId, { consumer }] of this.receiving) {
      if (consumer.id === consumerId) this.forget(producerId)
    }
  }

  forget(producerId: string): void {
    this.receiving.get(producerId)?.consumer.close()
    this.receiving.delete(producerId)
  }

  /** Another way for the same transport; false where that has been tried since it last worked. */
  async restartIce(direction: Direction): Promise<boolean> {
    const transport = this.#transports.get(direction)
    if (!transport) return true
    if (this.#restarted.has(direction)) return false
    this.#restarted.add(direction)
    const { iceParameters } = await this.#ask('restartIce', { transportId: transport.id })
    await transport.updateIceServers({ iceServers: this.iceServers })
    await transport.restartIce({ iceParameters: iceParameters as unknown as types.IceParameters })
    return true
  }

  /** Transports that have had a connection and have it no more. */
  get silent(): readonly Direction[] {
    const silent = ['disconnected', 'failed']
    return [...this.#transports].flatMap(([direction, { connectionState }]) =>
      silent.includes(connectionState) ? [direction] : [],
    )
  }

  /** Whether packets go over every transport there is. */
  get isThrough(): boolean {
    return [...this.#transports.values()].every(
      ({ connectionState }) => connectionState === 'connected',
    )
  }

  close(): void {
    this.#closed = true
    for (const transport of this.#transports.values()) transport.close()
    this.#producers.clear()
    this.receiving.clear()
  }

  async #transport(direction: Direction): Promise<Transport> {
    const known = this.#transports.get(direction)
    if (known) return known
    const transport = await openTransport(this.#ask, this.#device, direction, this.iceServers)
    if (this.#closed) {
      transport.close()
      throw new Error('this peer has ended')
    }
    this.#transports.set(direction, transport)
    transport.on('connectionstatechange', (state) => {
      if (state === 'failed') this.#onPath(direction, 'lost')
      if (state !== 'connected') return
      this.connected = true
      this.#restarted.delete(direction)
      this.#onPath(direction, 'there')
    })
    return transport
  }

  async #send(source: MediaSource, { track, open }: Sent): Promise<void> {
    if (!this.#device.canProduce(kindOf[source])) {
      throw new MediaRefusedError('not-allowed', cannotSend[source])
    }
    const transport = await this.#transport('send')
    const producer = await transport.produce({
      track,
      stopTracks: false,
      disableTrackOnPause: false, // whoever made the track opens and closes it
      appData: { source, paused: !open },
      ...encodingsOf[source],
    })
    if (!open) producer.pause()
    this.#producers.set(source, producer)
    if (source === 'view') await keepResolution(producer.rtpSender)
  }

  async #setOpen(source: MediaSource, open: boolean): Promise<void> {
    const producer = this.#producers.get(source)
    if (!producer) return
    if (open) {
      await this.#ask('resumeProducer', { producerId: producer.id })
      producer.resume()
    } else {
      await this.#ask('pauseProducer', { producerId: producer.id })
      producer.pause()
    }
  }

  async #stop(source: MediaSource): Promise<void> {
    const producer = this.#producers.get(source)
    if (!producer) return
    await unlessGone(this.#ask('closeProducer', { producerId: producer.id }))
    this.producerEnded(source)
  }

  async #receive(producerId: string): Promise<void> {
    const transport = await this.#transport('receive')
    const rtpCapabilities = { ...this.#device.recvRtpCapabilities }
    const { consumerId, kind, rtpParameters } = await this.#ask('consume', {
      producerId,
      rtpCapabilities,
    })
    const consumer = await transport.consume({
      id: consumerId,
      producerId,
      kind,
      rtpParameters: rtpParameters as unknown as types.RtpParameters,
    })
    try {
      await this.#ask('resumeConsumer', { consumerId })
    } catch (error) {
      consumer.close()
      throw error
    }
    this.receiving.set(producerId, { consumer })
  }

  async #letGo(producerId: string): Promise<void> {
    const receiving = this.receiving.get(producerId)
    if (!receiving) return
    await unlessGone(this.#ask('closeConsumer', { consumerId: receiving.consumer.id }))
    this.forget(producerId)
  }
}

/** What the server has closed by itself meanwhile needs no closing. */
async function unlessGone(closing: Promise<unknown>): Promise<void> {
  try {
    await closing
  } catch (error) {
    const gone = ['no-such-producer', 'no-such-consumer']
    if (!(error instanceof MediaRefusedError) || !gone.includes(error.reason)) throw error
  }
}
