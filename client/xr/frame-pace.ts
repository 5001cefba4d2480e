import type { PictureStatus } from '../scene/stage.ts'

/** So many frames say how fast they come: half a second, so that a hitch is seen and gone. */
const kept = 40
/** A longer wait is a headset that was off, not a slow frame. */
const longestMs = 1000

/** The time from one frame to the next. */
export class FramePace {
  readonly #spans: number[] = []
  #lastMs: number | undefined

  tick(nowMs: number): void {
    const span = nowMs - (this.#lastMs ?? nowMs)
    this.#lastMs = nowMs
    if (span <= 0 || span > longestMs) return
    this.#spans.push(span)
    if (this.#spans.length > kept) this.#spans.shift()
  }

  /** The median; undefined before there are any. */
  get frameMs(): number | undefined {
    const sorted = this.#spans.toSorted((a, b) => a - b)
    return sorted[Math.floor(sorted.length / 2)]
  }
}

/** "11 ms · 256³ · full" [XR-5]: how long a frame takes, of which voxels, and how finely drawn. */
export function frameFacts(
  frameMs: number | undefined,
  picture: PictureStatus | undefined,
): string {
  const dims = picture?.levelDims
  const longest = dims && Math.max(...dims)
  return [
    frameMs !== undefined && `${Math.round(frameMs)} ms`,
    longest !== undefined && `${longest}³`,
    picture && fineness(picture),
  ]
    .filter(Boolean)
    .join(' · ')
}

function fineness({ state, pixelScale = 1, stepVoxels = 1 }: PictureStatus): string {
  if (state === 'loading' || state === 'failed') return state
  if (pixelScale >= 1 && stepVoxels <= 1) return 'full'
  return pixelScale < 1 ? `${Math.round(100 * pixelScale)} % of pixels` : `step ${stepVoxels}`
}

/** Of the time a display gives a frame: the rest is for everything else that is drawn. */
const volumeShare = 0.65

/** What the volume may take of a frame at so many a second. */
export const budgetAt = (framesPerSecond: number): number => (1000 * volumeShare) / framesPerSecond
