import type { StillSource, ViewSource } from './stage.ts'

const framesPerSecond = 30
/** Who comes late gets a picture from the next frame, and a canvas at rest has none. */
const refreshEveryMs = 200
/** A view is watched on phones and in panels: more pixels only cost the sender's encoder. */
const widestPx = 1280
/** A kept picture is looked at on its own, and goes to the PACS. */
const widestStillPx = 2048

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
export class CanvasView implements ViewSource, StillSource {
  readonly #canvas: HTMLCanvasElement
  readonly #paintWords: PaintWords
  readonly #redraw: () => void
  readonly #onWatched: (watched: boolean) => void
  readonly #copy = document.createElement('canvas')
  #track: MediaStreamTrack | undefined
  #awaited: ((still: Promise<Blob>) => void)[] = []
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

  /** Somebody watches, or a still is to be made of the next frame. */
  get wanted(): boolean {
    return this.watched || this.#awaited.length > 0
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

  still(): Promise<Blob> {
    return new Promise((resolve) => {
      this.#awaited.push(resolve)
      this.#redraw()
    })
  }

  /** In the very task that drew the canvas: later it may be empty. Stills wait for one that is fine. */
  drawn(part: CanvasPart = wholeCanvas, fine = true): void {
    // VP8 halves the picture for each layer
    if (this.#track) this.#paint(this.#copy, part, { widestPx, stepPx: 4 })
    if (this.#awaited.length === 0 || !fine) return
    const canvas = document.createElement('canvas')
    this.#paint(canvas, part, { widestPx: widestStillPx, stepPx: 1 })
    const still = pngOf(canvas)
    for (const resolve of this.#awaited.splice(0)) resolve(still)
  }

  #paint(
    onto: HTMLCanvasElement,
    part: CanvasPart,
    { widestPx, stepPx }: { widestPx: number; stepPx: number },
  ): void {
    const { width, height, clientWidth } = this.#canvas
    const from = { width: width * part.width, height: height * part.height }
    const shrink = Math.min(1, widestPx / from.width)
    const [w, h] = [from.width, from.height].map((px) =>
      Math.max(stepPx, stepPx * Math.round((px * shrink) / stepPx)),
    )
    if (!w || !h) return
    if (onto.width !== w) onto.width = w
    if (onto.height !== h) onto.height = h
    const context = onto.getContext('2d')
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

function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob)
      else reject(new Error('the canvas gives no picture'))
    }, 'image/png')
  })
}
