import type { ViewSource } from './stage.ts'

const framesPerSecond = 30
/** Who comes late gets a picture from the next frame, and a canvas at rest has none. */
const refreshEveryMs = 200

/** The canvas as a video track, redrawn now and then while somebody may be watching. */
export class CanvasView implements ViewSource {
  readonly #canvas: HTMLCanvasElement
  readonly #redraw: () => void
  readonly #onWatched: (watched: boolean) => void
  #track: MediaStreamTrack | undefined
  #refreshing: ReturnType<typeof setInterval> | undefined

  constructor(parts: {
    canvas: HTMLCanvasElement
    redraw: () => void
    onWatched: (watched: boolean) => void
  }) {
    this.#canvas = parts.canvas
    this.#redraw = parts.redraw
    this.#onWatched = parts.onWatched
  }

  get watched(): boolean {
    return this.#track !== undefined
  }

  open(): MediaStreamTrack {
    this.close()
    const [track] = this.#canvas.captureStream(framesPerSecond).getVideoTracks()
    if (!track) throw new Error('the canvas gives no video')
    track.contentHint = 'detail'
    this.#track = track
    this.#refreshing = setInterval(this.#redraw, refreshEveryMs)
    this.#onWatched(true)
    return track
  }

  close(): void {
    if (!this.#track) return
    clearInterval(this.#refreshing)
    this.#track.stop()
    this.#track = undefined
    this.#onWatched(false)
  }
}
