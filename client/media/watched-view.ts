import type { ConferenceView } from '../conference/conference-view.ts'
import { layerForWidth } from './encodings.ts'
import type { ToldView } from './told-view.ts'
import { whoShows } from './who-shows.ts'

/** Somebody else's view as this page has it: wanted or put away, how large, and its picture. */
export class WatchedView {
  readonly #told: ToldView
  #spatialLayer: 0 | 1 | 2 = 0
  #shown: { readonly track: MediaStreamTrack; readonly stream: MediaStream } | undefined

  constructor(told: ToldView) {
    this.#told = told
  }

  get spatialLayer(): number {
    return this.#spatialLayer
  }

  watch(watching: boolean): void {
    this.#told.tell({ watching })
  }

  /** A device that cannot draw watches, whatever was put away before. */
  need(why: string | undefined): void {
    this.#told.tell({ needsView: why, ...(why !== undefined && { watching: true }) })
  }

  showAt(widthPx: number): void {
    this.#spatialLayer = layerForWidth(widthPx)
  }

  /** `trackOf` a producer, where it is received. Nobody watches their own. */
  tell(view: ConferenceView, trackOf: (producerId: string) => MediaStreamTrack | undefined): void {
    const shower = whoShows(view)
    if (!shower || shower.isMe) {
      this.#shown = undefined
      this.#told.tell({ view: undefined })
      return
    }
    const { participantId, viewProducerId } = shower
    const stream = this.#streamOf(trackOf(viewProducerId))
    this.#told.tell({ view: { participantId, ...(stream && { stream }) } })
  }

  /** The same for the same track, so that a video goes on playing. */
  #streamOf(track: MediaStreamTrack | undefined): MediaStream | undefined {
    if (!track) this.#shown = undefined
    else if (this.#shown?.track !== track) {
      this.#shown = { track, stream: new MediaStream([track]) }
    }
    return this.#shown?.stream
  }
}
