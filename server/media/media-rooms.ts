import { mediaSources } from '../../shared/protocol/media.ts'
import type { ConferenceMedia, MediaHost, MediaRooms } from '../conference/ports.ts'
import type { TurnConfig } from '../config/turn-config.ts'
import { RoutedConferenceMedia } from './conference-media.ts'
import { type MediaCensus, nothingCounted } from './media-census.ts'
import type { MediaWorkers } from './media-workers.ts'
import { MediaRefusedError } from './refused-error.ts'
import { refusal } from './signalling.ts'

/** The media of every conference of this process. */
export class SfuRooms implements MediaRooms {
  readonly #workers: MediaWorkers
  readonly #turn: TurnConfig | undefined
  readonly #open = new Set<RoutedConferenceMedia>()

  constructor(workers: MediaWorkers, turn: TurnConfig | undefined) {
    this.#workers = workers
    this.#turn = turn
  }

  open(host: MediaHost): ConferenceMedia {
    const media: RoutedConferenceMedia = new RoutedConferenceMedia(host, {
      workers: this.#workers,
      turn: this.#turn,
      onClosed: () => this.#open.delete(media),
    })
    this.#open.add(media)
    return media
  }

  census(): MediaCensus {
    const census = { ...nothingCounted(), workers: this.#workers.size }
    for (const { peers } of this.#open) {
      for (const { sending, receiving } of peers) {
        for (const source of mediaSources) {
          const producer = sending.producer(source)
          if (producer) census.producers[producer.kind]++
        }
        for (const { kind } of receiving.consumers) census.consumers[kind]++
      }
    }
    return census
  }
}

/** Where no worker runs: every request is answered so, in words. */
export const noMedia: MediaRooms = {
  open: () => ({
    request: async () => refusal(new MediaRefusedError('unavailable')),
    review: () => undefined,
    leave: () => undefined,
    close: () => undefined,
  }),
}
