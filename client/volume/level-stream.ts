import { transform, type Vec3 } from '../../shared/geometry/transform.ts'
import type { VolumeLevel } from '../../shared/volume/manifest.ts'
import type { NetworkWord, OpenVoxels } from '../voxels/open-voxels.ts'
import { ReadFailure } from '../voxels/read-failure.ts'
import { ArrivingLevel } from './arriving-level.ts'
import { GrowingLevel } from './growing-level.ts'
import type { VolumeDrawing } from './volume-drawing.ts'
import type { VolumeFrame } from './volume-level.ts'
import { TextureRefusedError } from './volume-texture.ts'

export interface StreamedVolumeProgress {
  readonly state: 'loading' | 'sharpening' | 'ready' | 'failed'
  /** The finest level that is drawn whole; undefined before the first. */
  readonly levelDims: Vec3 | undefined
  /** Received for this volume so far, compressed. */
  readonly bytes: number
  /** Of the level that is being loaded. */
  readonly fraction: number
  /** In words, for the status line. */
  readonly message: string
}

interface Streamed {
  readonly drawing: VolumeDrawing
  readonly frame: VolumeFrame
  readonly voxels: OpenVoxels
  /** Those that the device can have, coarsest first; one at least. */
  readonly levels: readonly VolumeLevel[]
}

interface Listeners {
  readonly onProgress?: (progress: StreamedVolumeProgress) => void
  readonly onError?: (failure: ReadFailure) => void
}

/**
 * Loads levels one after another and tells how it goes. Where the GPU, after its context was lost,
 * takes the level that it had no more, the finest that it does take is shown instead.
 */
export class LevelStream {
  readonly #streamed: Streamed
  readonly #listeners: Listeners
  /** Of the levels, the next to be shown, and the one where they end. */
  #next = 0
  #end: number
  #whole: Vec3 | undefined
  #fraction = 0
  #stop: () => void = () => undefined
  #endListening: () => void = () => undefined
  #state: 'idle' | 'sharpening' | 'stepping down' | 'disposed' = 'idle'

  constructor(streamed: Streamed, listeners: Listeners) {
    this.#streamed = streamed
    this.#listeners = listeners
    this.#end = streamed.levels.length
    streamed.drawing.onRefused.add((dims) => this.#stepBelow(dims))
  }

  /** The first level, the coarsest. Throws a ReadFailure. */
  async open(): Promise<void> {
    const [first] = this.#streamed.levels as [VolumeLevel]
    this.#listen()
    try {
      await this.#show(first)
      this.#next = 1
    } catch (failure) {
      throw this.#fail(failure, first)
    }
  }

  /** All others. Never rejects: it tells. */
  async sharpen(): Promise<void> {
    this.#state = 'sharpening'
    this.#listen()
    let level: VolumeLevel | undefined
    try {
      while (this.#next >= 0 && this.#next < this.#end) {
        level = this.#streamed.levels[this.#next] as VolumeLevel
        if (await this.#showOrStepDown(level)) this.#next++
      }
    } catch (failure) {
      if (!this.#isDisposed) this.#fail(failure, level)
    } finally {
      this.#endListening()
      if (!this.#isDisposed) this.#state = 'idle'
    }
  }

  /** False where another level is to be shown first. Throws where there is none. */
  async #showOrStepDown(level: VolumeLevel): Promise<boolean> {
    try {
      await this.#show(level)
    } catch (failure) {
      if (this.#state === 'stepping down') return this.#sharpenOn()
      const refusedAll = !(failure instanceof TextureRefusedError) || this.#next === 0
      if (this.#whole || refusedAll) throw failure
      this.#end = this.#next--
      return false
    }
    return this.#state === 'stepping down' ? this.#sharpenOn() : true
  }

  #sharpenOn(): false {
    this.#state = 'sharpening'
    return false
  }

  async #show(level: VolumeLevel): Promise<void> {
    const { drawing, frame, voxels } = this.#streamed
    const growing = new GrowingLevel(level.dims, transform(level.patientFromVoxel))
    const arriving = new ArrivingLevel(growing, drawing, (texels) => {
      this.#fraction = texels / growing.texels.length
      this.#tellLoading()
    })
    const request = {
      level: voxels.manifest.levels.indexOf(level),
      encoding: frame.encoding,
      fromCoarser: this.#whole !== undefined,
    }
    this.#fraction = 0
    await arriving.draw((onPiece) => {
      const arrival = voxels.streamLevel(request, onPiece)
      this.#stop = () => arrival.cancel()
      return arrival
    })
    if (this.#state === 'stepping down') return
    this.#whole = level.dims
    this.#tellShown(level)
  }

  /** The level on the screen is gone. */
  #stepBelow(dims: Vec3): void {
    const { levels } = this.#streamed
    const refused = levels.findIndex((level) => level.dims.join() === dims.join())
    this.#end = refused
    this.#next = refused - 1
    this.#whole = undefined
    if (refused <= 0) this.#fail(new TextureRefusedError(dims), levels[0])
    if (this.#state === 'idle') void this.sharpen()
    else {
      this.#state = 'stepping down'
      this.#stop()
    }
  }

  #tellShown(level: VolumeLevel): void {
    const size = inWords(level.dims)
    const refused = this.#streamed.levels[this.#end]
    if (this.#next + 1 < this.#end) this.#tell('sharpening', 0, `${size}, sharpening`)
    else if (refused) this.#fail(new TextureRefusedError(refused.dims), refused)
    else this.#tell('ready', 1, `${size}${this.#limits(level)}`)
  }

  #fail(cause: unknown, wanted: VolumeLevel | undefined): ReadFailure {
    const failure = asReadFailure(cause, wanted?.dims, this.#whole)
    const isSaid = failure.code === 'graphics' || !this.#whole
    const rest = isSaid ? '' : ` What you see is ${inWords(this.#whole as Vec3)}.`
    this.#tell('failed', 0, `${failure.message}${rest}`)
    this.#listeners.onError?.(failure)
    return failure
  }

  /** Why there is nothing finer than the last level, where the volume has it. */
  #limits(last: VolumeLevel): string {
    const [finest] = this.#streamed.voxels.manifest.levels
    if (!finest || finest === last) return ''
    return `: ${inWords(finest.dims)} is too large for the graphics of this device`
  }

  #listen(): void {
    this.#endListening()
    this.#endListening = this.#streamed.voxels.onNetwork((word) => this.#hear(word))
  }

  #hear(word: NetworkWord): void {
    if ('received' in word) this.#tellLoading()
    else {
      const seconds = Math.ceil(word.retryingInMs / 1000)
      const message = `No answer from the server; trying again in ${seconds} s`
      this.#tell(this.#whole ? 'sharpening' : 'loading', 0, message)
    }
  }

  #tellLoading(): void {
    if (this.#whole) {
      this.#tell('sharpening', this.#fraction, `${inWords(this.#whole)}, sharpening`)
    } else this.#tell('loading', this.#fraction, 'Loading the volume')
  }

  #tell(state: StreamedVolumeProgress['state'], fraction: number, message: string): void {
    if (this.#isDisposed) return
    this.#listeners.onProgress?.({
      state,
      levelDims: this.#whole,
      bytes: this.#streamed.voxels.networkBytes,
      fraction,
      message,
    })
  }

  get #isDisposed(): boolean {
    return this.#state === 'disposed'
  }

  dispose(): void {
    if (this.#isDisposed) return
    this.#state = 'disposed'
    this.#endListening()
    this.#stop()
  }
}

function asReadFailure(cause: unknown, wanted: Vec3 | undefined, whole: Vec3 | undefined) {
  if (cause instanceof ReadFailure) return cause
  if (cause instanceof TextureRefusedError && wanted) {
    const instead = whole
      ? `${inWords(whole)} instead of ${inWords(wanted)}`
      : 'this device cannot draw the volume'
    return new ReadFailure('graphics', `The graphics memory is full: ${instead}.`, { cause })
  }
  return new ReadFailure('damaged', 'The volume could not be drawn on this device.', { cause })
}

const inWords = (dims: Vec3) => (new Set(dims).size === 1 ? `${dims[0]}³` : dims.join('×'))
