import type { PictureStatus, StageStatus } from './stage.ts'

/** What a stage tells of itself: one status, made anew for every change. */
export class StageTelling {
  readonly #listeners = new Set<() => void>()
  #status: StageStatus
  /** As the volume tells it, also while there are no graphics to draw it with. */
  #picture: PictureStatus
  #trouble: string | undefined
  #resting = false

  constructor(picture: PictureStatus) {
    this.#picture = picture
    this.#status = {
      tool: 'turn',
      picture,
      cameraAtHome: true,
      probe: undefined,
      segments: new Map(),
    }
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  get status(): StageStatus {
    return this.#status
  }

  tell(change: Partial<Omit<StageStatus, 'picture'>>): void {
    this.#status = { ...this.#status, ...change }
    for (const listener of this.#listeners) listener()
  }

  /** How long frames take stays known until it is told anew. */
  picture(picture: PictureStatus): void {
    const { stepVoxels, pixelScale, gpuBytes, networkBytes, frameMs } = this.#picture
    const known = { stepVoxels, pixelScale, gpuBytes, networkBytes }
    this.#picture = { ...known, ...picture, frameMs: picture.frameMs ?? frameMs }
    this.#tellPicture()
  }

  /** Of the frame just drawn, where it differs from the one before. */
  drawn(settled: boolean, frameMs: number | undefined, facts: Partial<PictureStatus> = {}): void {
    if (frameMs === undefined && settled === this.#picture.settled) return
    this.picture({ ...this.#picture, ...facts, settled, frameMs })
  }

  /** Words for as long as nothing can be drawn, whatever becomes of the volume meanwhile. */
  trouble(words: string | undefined): void {
    this.#trouble = words
    this.#tellPicture()
  }

  /** Whatever becomes of the volume while nobody sees it. */
  rest(resting: boolean): void {
    if (resting === this.#resting) return
    this.#resting = resting
    this.#tellPicture()
  }

  #tellPicture(): void {
    const trouble = this.#trouble
    const picture: PictureStatus = {
      ...this.#picture,
      ...(this.#resting && { resting: true }),
      ...(trouble && { state: 'failed', levelDims: undefined, message: trouble }),
    }
    this.#status = { ...this.#status, picture }
    for (const listener of this.#listeners) listener()
  }
}
