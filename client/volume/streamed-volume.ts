import type { Scene } from '@babylonjs/core/scene.js'
import { transform, type Vec3 } from '../../shared/geometry/transform.ts'
import type { VolumeLevel, VolumeManifest } from '../../shared/volume/manifest.ts'
import { deviceMemoryGiB } from '../voxels/device-memory.ts'
import { type NetworkWord, type OpenVoxels, openVoxels } from '../voxels/open-voxels.ts'
import { ReadFailure } from '../voxels/read-failure.ts'
import { ArrivingLevel } from './arriving-level.ts'
import { GrowingLevel } from './growing-level.ts'
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

interface StreamOptions extends VolumeRendererOptions {
  readonly onProgress?: (progress: StreamedVolumeProgress) => void
  /** What ended the loading; the levels that are there stay on the screen. */
  readonly onError?: (failure: ReadFailure) => void
  readonly signal?: AbortSignal
  /** What this volume may take of the GPU, and as much of memory. Default by the device. */
  readonly budgetBytes?: number
}

/** Over voxels that the page has opened, and goes on to own; or by the volume's address. */
export type StreamedVolumeOptions = StreamOptions &
  (
    | { readonly voxels: OpenVoxels }
    | {
        readonly manifest: VolumeManifest
        /** Absolute address of the OME-Zarr tree. */
        readonly zarrUrl: string
        /** Asked at the opening, and again where the server refuses. */
        readonly headers: () => Record<string, string>
      }
  )

export interface StreamedVolume extends VolumeRenderer {
  /** The last level that fits is drawn, or loading has ended early. */
  readonly finished: Promise<void>
  /** What its levels take of the GPU just now. */
  readonly gpuBytes: number
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
  const { signal } = options
  signal?.throwIfAborted()
  const voxels = 'voxels' in options ? options.voxels : openVoxels(options)
  const disposeVoxels = () => {
    if (!('voxels' in options)) voxels.dispose()
  }
  const { manifest } = voxels
  const levels = affordableLevels(manifest.levels, {
    largestSide: largestTextureSide(scene),
    budgetBytes: options.budgetBytes ?? textureBudgetBytes(deviceMemoryGiB()),
  })
  const [first, ...finer] = levels
  if (!first) {
    disposeVoxels()
    throw new ReadFailure('graphics', 'The graphics of this device take no volume of this size.')
  }
  const frame = frameOf(
    { dims: manifest.dims, patientFromVoxel: transform(manifest.patientFromVoxel) },
    manifest.valueRange,
    manifest.paddingValue,
  )
  const look = openingLook(options, manifest.modality, manifest.defaultWindow)
  const drawing = drawingOf(scene, frame, options, look)
  const stream = new LevelStream(drawing, frame, voxels, options)
  const abort = () => stream.dispose()
  signal?.addEventListener('abort', abort, { once: true })
  try {
    await stream.show(first, finer.length > 0)
  } catch (failure) {
    const told = stream.fail(failure, first)
    stream.dispose()
    drawing.dispose()
    disposeVoxels()
    signal?.throwIfAborted()
    throw told
  }
  const finished = stream.sharpen(finer)
  const renderer = rendererOver(drawing, Promise.resolve(), look)
  const disposeRenderer = renderer.dispose
  return Object.defineProperties(
    Object.assign(renderer, {
      finished,
      gpuBytes: 0,
      dispose: () => {
        signal?.removeEventListener('abort', abort)
        stream.dispose()
        disposeVoxels()
        disposeRenderer()
      },
    }),
    { gpuBytes: { get: () => drawing.gpuBytes } },
  )
}

/** Loads levels one after another and tells how it goes. */
class LevelStream {
  readonly #drawing: VolumeDrawing
  readonly #frame: VolumeFrame
  readonly #voxels: OpenVoxels
  readonly #options: StreamedVolumeOptions
  readonly #endListening: () => void
  #whole: Vec3 | undefined
  #fraction = 0
  #stop: (() => void) | undefined
  #disposed = false

  constructor(
    drawing: VolumeDrawing,
    frame: VolumeFrame,
    voxels: OpenVoxels,
    options: StreamedVolumeOptions,
  ) {
    this.#drawing = drawing
    this.#frame = frame
    this.#voxels = voxels
    this.#options = options
    this.#endListening = voxels.onNetwork((word) => this.#hear(word))
  }

  async show(level: VolumeLevel, more: boolean): Promise<void> {
    const index = this.#voxels.manifest.levels.indexOf(level)
    const growing = new GrowingLevel(level.dims, transform(level.patientFromVoxel))
    const arriving = new ArrivingLevel(growing, this.#drawing, (texels) => {
      this.#fraction = texels / growing.texels.length
      this.#tellLoading()
    })
    const request = {
      level: index,
      encoding: this.#frame.encoding,
      fromCoarser: this.#whole !== undefined,
    }
    this.#fraction = 0
    await arriving.draw((onPiece) => {
      const arrival = this.#voxels.streamLevel(request, onPiece)
      this.#stop = () => arrival.cancel()
      return arrival
    })
    this.#whole = level.dims
    const size = inWords(level.dims)
    if (more) this.#tell('sharpening', 0, `${size}, sharpening`)
    else this.#tell('ready', 1, `${size}${this.#limits(level)}`)
  }

  async sharpen(levels: readonly VolumeLevel[]): Promise<void> {
    let wanted: VolumeLevel | undefined
    try {
      for (const [n, level] of levels.entries()) {
        wanted = level
        await this.show(level, n < levels.length - 1)
      }
    } catch (failure) {
      if (!this.#disposed) this.fail(failure, wanted)
    } finally {
      this.dispose()
    }
  }

  fail(cause: unknown, wanted: VolumeLevel | undefined): ReadFailure {
    const failure = asReadFailure(cause, wanted?.dims, this.#whole)
    const isSaid = failure.code === 'graphics' || !this.#whole
    const rest = isSaid ? '' : ` What you see is ${inWords(this.#whole as Vec3)}.`
    this.#tell('failed', 0, `${failure.message}${rest}`)
    this.#options.onError?.(failure)
    return failure
  }

  /** Why there is nothing finer than the last level, where the volume has it. */
  #limits(last: VolumeLevel): string {
    const [finest] = this.#voxels.manifest.levels
    if (!finest || finest === last) return ''
    return `: ${inWords(finest.dims)} is too large for the graphics of this device`
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
    if (this.#disposed) return
    this.#options.onProgress?.({
      state,
      levelDims: this.#whole,
      bytes: this.#voxels.networkBytes,
      fraction,
      message,
    })
  }

  dispose(): void {
    if (this.#disposed) return
    this.#disposed = true
    this.#endListening()
    this.#stop?.()
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
