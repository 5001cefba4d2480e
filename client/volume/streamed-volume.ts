import type { Scene } from '@babylonjs/core/scene.js'
import { transform } from '../../shared/geometry/transform.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import { deviceMemoryGiB } from '../voxels/device-memory.ts'
import { type OpenVoxels, openVoxels } from '../voxels/open-voxels.ts'
import { ReadFailure } from '../voxels/read-failure.ts'
import { affordableLevels, textureBudgetBytes } from './level-plan.ts'
import { LevelStream, type StreamedVolumeProgress } from './level-stream.ts'
import {
  drawingOf,
  frameOf,
  largestTextureSide,
  openingLook,
  rendererOver,
  type VolumeRenderer,
  type VolumeRendererOptions,
} from './volume-renderer.ts'

export type { StreamedVolumeProgress }

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
  const [first] = levels
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
  const stream = new LevelStream({ drawing, frame, voxels, levels }, options)
  const abort = () => stream.dispose()
  signal?.addEventListener('abort', abort, { once: true })
  try {
    await stream.open()
  } catch (failure) {
    stream.dispose()
    drawing.dispose()
    disposeVoxels()
    signal?.throwIfAborted()
    throw failure
  }
  const finished = stream.sharpen()
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
