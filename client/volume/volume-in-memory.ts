import type { Scene } from '@babylonjs/core/scene.js'
import type { ValueWindow } from '../../shared/volume/transfer-function.ts'
import { MemoryLevel } from './memory-level.ts'
import { coarserLevel, scanned } from './memory-scan.ts'
import {
  drawingOf,
  frameOf,
  largestTextureSide,
  openingLook,
  rendererOver,
  type VolumeRenderer,
  type VolumeRendererOptions,
} from './volume-renderer.ts'
import { checkVolume, type VolumeSource } from './volume-source.ts'

/** A volume of so few voxels is on the GPU before a coarser one could be seen. */
const voxelsWorthCoarser = 2 ** 22

/**
 * Draws voxels held in memory, which must not change until `ready`. Resolves as soon as there is a
 * true picture: of a large volume the first is four times coarser, but at fixed quality, where nothing
 * changes by itself, it is the whole volume's. Throws, in words, on a left-handed
 * scene, on a volume that is none, and on one larger than the GPU's 3D textures.
 */
export async function createVolumeRenderer(
  scene: Scene,
  source: VolumeSource,
  options: VolumeRendererOptions = {},
): Promise<VolumeRenderer> {
  const volume = checkVolume(source)
  const largest = largestTextureSide(scene)
  if (Math.max(...volume.dims) > largest) {
    throw new RangeError(`the GPU takes volumes of at most ${largest} voxels a side`)
  }
  const { dims, patientFromVoxel } = volume
  // Its shaders are compiled while the voxels are read; then it is known what values there are.
  const frame = frameOf({ dims, patientFromVoxel }, [0, 1], undefined)
  const drawing = drawingOf(scene, frame, options, openingLook(options, '', anyWindow))
  let level: MemoryLevel | undefined
  let isOver = false
  const dispose = () => {
    isOver = true
    scene.onDisposeObservable.remove(onGone)
    drawing.dispose()
    level?.end()
  }
  const onGone = scene.onDisposeObservable.addOnce(() => {
    isOver = true
    level?.end()
  })
  const throwIfOver = () => {
    if (isOver) throw new Error('the scene was gone before its volume was drawn')
  }
  try {
    const means = await scanned(volume, () => isOver)
    Object.assign(frame, frameOf(frame, means.valueRange, volume.paddingValue))
    const look = openingLook(options, '', windowOver(means.valueRange))
    drawing.adjust((present) => {
      present.setTransferFunction(look.transferFunction)
      present.setWindow(look.window)
    })
    const isCoarseFirst = options.quality !== 'fixed' && volume.data.length >= voxelsWorthCoarser
    if (isCoarseFirst) {
      await drawing.showLevel(coarserLevel(means, volume, frame.encoding))
    }
    throwIfOver()
    level = new MemoryLevel(volume, frame.encoding)
    const ready = drawing.showLevel(level)
    if (!isCoarseFirst) await ready
    throwIfOver()
    return Object.assign(rendererOver(drawing, ready, look), { dispose })
  } catch (failure) {
    dispose()
    throw failure
  }
}

const anyWindow: ValueWindow = { windowCenter: 0, windowWidth: 1 }

const windowOver = ([low, high]: readonly [number, number]): ValueWindow => ({
  windowCenter: (low + high) / 2,
  windowWidth: Math.max(high - low, 1e-6),
})
