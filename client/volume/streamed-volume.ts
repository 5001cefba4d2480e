import type { Scene } from '@babylonjs/core/scene.js'
import { transform, type Vec3 } from '../../shared/geometry/transform.ts'
import type { VolumeLevel, VolumeManifest } from '../../shared/volume/manifest.ts'
import { LevelLoader } from './level-loader.ts'
import type { LevelMessage } from './level-messages.ts'
import { affordableLevels, textureBudgetBytes } from './level-plan.ts'
import type { VolumeDrawing } from './volume-drawing.ts'
import type { VolumeFrame } from './volume-level.ts'
import {
  drawingOf,
  frameOf,
  largestTextureSide,
  openingLook,
  rendererOver,
  type VolumeRenderer,
  type VolumeRendererOptions,
} from './volume-renderer.ts'
import { ReadFailure } from './zarr-source.ts'

export interface StreamedVolumeProgress {
  readonly state: 'loading' | 'sharpening' | 'ready' | 'failed'
  /** Of the level that is drawn; undefined before the first. */
  readonly levelDims: Vec3 | undefined
  /** Received for this volume so far, compressed. */
  readonly bytes: number
  /** Of the level that is being loaded. */
  readonly fraction: number
  /** In words, for the status line. */
  readonly message: string
}

export interface StreamedVolumeOptions extends VolumeRendererOptions {
  readonly manifest: VolumeManifest
  /** Absolute address of the OME-Zarr tree. */
  readonly zarrUrl: string
  /** Asked before every level, and again where the server refuses. */
  readonly headers: () => Record<string, string>
  readonly onProgress?: (progress: StreamedVolumeProgress) => void
  /** What ended the loading; the levels that are there stay on the screen. */
  readonly onError?: (failure: ReadFailure) => void
  readonly signal?: AbortSignal
  /** What this volume may take of the GPU, and as much of memory. Default by the device. */
  readonly budgetBytes?: number
}

export interface StreamedVolume extends VolumeRenderer {
  /** The last level that fits is drawn, or loading has ended early. */
  readonly finished: Promise<void>
}

/**
 * Opens a volume from its OME-Zarr tree: resolves as soon as the coarsest level can be drawn, and
 * goes on to finer ones, as far as the GPU and the budget reach. Rejects with a ReadFailure where
 * even the first cannot be had.
 */
export async function openStreamedVolume(
  scene: Scene,
  options: StreamedVolumeOptions,
): Promise<StreamedVolume> {
  const { manifest, signal } = options
  signal?.throwIfAborted()
  const levels = affordableLevels(manifest.levels, {
    largestSide: largestTextureSide(scene),
    budgetBytes: options.budgetBytes ?? textureBudgetBytes(deviceMemoryGiB()),
  })
  const [first, ...finer] = levels
  if (!first) throw new RangeError('the GPU takes no 3D texture as large as this volume')
  const frame = frameOf(
    { dims: manifest.dims, patientFromVoxel: transform(manifest.patientFromVoxel) },
    manifest.valueRange,
    manifest.paddingValue,
  )
  const look = openingLook(options, manifest.modality, manifest.defaultWindow)
  const drawing = drawingOf(scene, frame, options, look.transferFunction)
  const stream = new LevelStream(drawing, frame, options)
  const abort = () => stream.dispose()
  signal?.addEventListener('abort', abort, { once: true })
  try {
    await stream.show(first, finer.length > 0)
  } catch (failure) {
    stream.fail(failure)
    stream.dispose()
    drawing.dispose()
    signal?.throwIfAborted()
    throw failure
  }
  const finished = stream.sharpen(finer)
  const renderer = rendererOver(drawing, Promise.resolve(), look)
  const disposeRenderer = renderer.dispose
  return Object.assign(renderer, {
    finished,
    dispose: () => {
      signal?.removeEventListener('abort', abort)
      stream.dispose()
      disposeRenderer()
    },
  })
}

/** Loads levels one after another and tells how it goes. */
class LevelStream {
  readonly #drawing: VolumeDrawing
  readonly #frame: VolumeFrame
  readonly #options: StreamedVolumeOptions
  readonly #loader = new LevelLoader()
  #bytesBefore = 0
  #disposed = false

  constructor(drawing: VolumeDrawing, frame: VolumeFrame, options: StreamedVolumeOptions) {
    this.#drawing = drawing
    this.#frame = frame
    this.#options = options
  }

  async show(level: VolumeLevel, more: boolean): Promise<void> {
    const loaded = await this.#load(level).catch((failure: ReadFailure) => {
      if (failure.code !== 'not-allowed') throw failure
      // The token may have been renewed since it was asked for.
      return this.#load(level)
    })
    this.#bytesBefore += loaded.bytes
    await this.#drawing.showLevel({
      dims: level.dims,
      patientFromVoxel: transform(level.patientFromVoxel),
      texels: loaded.texels,
      ranges: loaded.ranges,
    })
    const size = inWords(level.dims)
    this.#tell(more ? 'sharpening' : 'ready', 0, more ? `${size}, sharpening` : size, more ? 0 : 1)
  }

  async sharpen(levels: readonly VolumeLevel[]): Promise<void> {
    try {
      for (const [n, level] of levels.entries()) await this.show(level, n < levels.length - 1)
    } catch (failure) {
      if (!this.#disposed) this.fail(failure)
    } finally {
      this.dispose()
    }
  }

  fail(cause: unknown): void {
    const failure =
      cause instanceof ReadFailure
        ? cause
        : new ReadFailure('damaged', 'The volume could not be drawn on this device.', { cause })
    const shown = this.#drawing.levelDims
    const rest = shown ? ` What you see is ${inWords(shown)}.` : ''
    this.#tell('failed', 0, `${failure.message}${rest}`, 0)
    this.#options.onError?.(failure)
  }

  #load({ path, dims }: VolumeLevel) {
    const { zarrUrl, headers } = this.#options
    const request = { zarrUrl, headers: headers(), path, dims, encoding: this.#frame.encoding }
    return this.#loader.load(request, (word) => this.#pass(word))
  }

  #pass(word: Extract<LevelMessage, { type: 'progress' | 'retrying' }>): void {
    const shown = this.#drawing.levelDims
    const state = shown ? 'sharpening' : 'loading'
    if (word.type === 'retrying') {
      const seconds = Math.ceil(word.inMs / 1000)
      this.#tell(state, 0, `No answer from the server; trying again in ${seconds} s`, 0)
      return
    }
    const message = shown ? `${inWords(shown)}, sharpening` : 'Loading the volume'
    this.#tell(state, word.bytes, message, word.fraction)
  }

  #tell(
    state: StreamedVolumeProgress['state'],
    bytes: number,
    message: string,
    fraction: number,
  ): void {
    if (this.#disposed) return
    this.#options.onProgress?.({
      state,
      levelDims: this.#drawing.levelDims,
      bytes: this.#bytesBefore + bytes,
      fraction,
      message,
    })
  }

  dispose(): void {
    if (this.#disposed) return
    this.#disposed = true
    this.#loader.dispose()
  }
}

const inWords = (dims: Vec3) => (new Set(dims).size === 1 ? `${dims[0]}³` : dims.join('×'))

function deviceMemoryGiB(): number | undefined {
  return (navigator as Navigator & { deviceMemory?: number }).deviceMemory
}
