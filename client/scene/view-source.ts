import type { ViewSource } from './stage.ts'

const framesPerSecond = 30
/** Who comes late gets a picture from the next frame, and a canvas at rest has none. */
const refreshEveryMs = 200
/** A view is watched on phones and in panels: more pixels only cost the sender's encoder. */
const widestPx = 1280

/** A part of the canvas, 0…1 from its top left. */
export interface CanvasPart {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export const wholeCanvas: CanvasPart = { x: 0, y: 0, width: 1, height: 1 }

/** Lays what stands over the canvas on a copy of it, `scale` pixels of the copy a CSS pixel. */
export type PaintWords = (context: CanvasRenderingContext2D, scale: number) => void

/**
 * The pane as a video track: a copy of the canvas with the words that stand over it, for a picture
 * without its letters could be taken for another side. Redrawn now and then while it is watched.
 */
export class CanvasView implements ViewSource {
  readonly #canvas: HTMLCanvasElement
  readonly #paintWords: PaintWords
  readonly #redraw: () => void
  readonly #onWatched: (watched: boolean) => void
  readonly #copy = document.createElement('canvas')
  #track: MediaStreamTrack | undefined
  #refreshing: ReturnType<typeof setInterval> | undefined

  constructor(parts: {
    canvas: HTMLCanvasElement
    paintWords: PaintWords
    redraw: () => void
    onWatched: (watched: boolean) => void
  }) {
    this.#canvas = parts.canvas
    this.#paintWords = parts.paintWords
    this.#redraw = parts.redraw
    this.#onWatched = parts.onWatched
  }

  get watched(): boolean {
    return this.#track !== undefined
  }

  open(): MediaStreamTrack {
    this.close()
    this.#copy.getContext('2d') // a canvas without a context gives no stream
    const [track] = this.#copy.captureStream(framesPerSecond).getVideoTracks()
    if (!track) throw new Error('the canvas gives no video')
    track.contentHint = 'detail'
    this.#track = track
    this.#refreshing = setInterval(this.#redraw, refreshEveryMs)
    this.#onWatched(true)
    this.#redraw()
    return track
  }

  close(): void {
    if (!this.#track) return
    clearInterval(this.#refreshing)
    this.#track.stop()
    this.#track = undefined
    this.#onWatched(false)
  }

  /** In the very task that drew the canvas: later it may be empty. */
  drawn(part: CanvasPart = wholeCanvas): void {
    if (!this.#track) return
    const { width, height, clientWidth } = this.#canvas
    const from = { width: width * part.width, height: height * part.height }
    const shrink = Math.min(1, widestPx / from.width)
    // VP8 halves the picture for each layer
    const [w, h] = [from.width, from.height].map((px) =>
      Math.max(4, 4 * Math.round((px * shrink) / 4)),
    )
    if (!w || !h) return
    if (this.#copy.width !== w) this.#copy.width = w
    if (this.#copy.height !== h) this.#copy.height = h
    const context = this.#copy.getContext('2d')
    if (!context) return
    context.drawImage(
      this.#canvas,
      width * part.x,
      height * part.y,
      from.width,
      from.height,
      0,
      0,
      w,
      h,
    )
    if (part === wholeCanvas) this.#paintWords(context, w / Math.max(1, clientWidth))
  }
}
