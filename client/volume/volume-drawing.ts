import type { Camera } from '@babylonjs/core/Cameras/camera.js'
import type { AbstractEngine } from '@babylonjs/core/Engines/abstractEngine.js'
import type { Mesh } from '@babylonjs/core/Meshes/mesh.js'
import { TransformNode } from '@babylonjs/core/Meshes/transformNode.js'
import type { Observer } from '@babylonjs/core/Misc/observable.js'
import { Observable } from '@babylonjs/core/Misc/observable.js'
import type { Scene } from '@babylonjs/core/scene.js'
import { type Transform, transformVector, type Vec3 } from '../../shared/geometry/transform.ts'
import { length } from '../../shared/geometry/vector.ts'
import { brickKinds } from '../../shared/volume/brick-codes.ts'
import type { ClippingPlane } from '../../shared/volume/sampling.ts'
import { type TransferFunction, transferTable } from '../../shared/volume/transfer-function.ts'
import type { LevelPiece } from '../voxels/level-piece.ts'
import { BrickTexture } from './brick-texture.ts'
import { EyePictures } from './eye-pictures.ts'
import { type Lighting, MarchMaterial, maxPlanes, type Probe } from './march-material.ts'
import { PictureMaterial } from './picture-material.ts'
import { TransferTexture } from './transfer-texture.ts'
import { firstVisiblePoint } from './visible-point.ts'
import { volumeBox } from './volume-box.ts'
import type { ResidentLevel, VolumeFrame } from './volume-level.ts'
import { VolumePicture } from './volume-picture.ts'
import { VolumeTexture } from './volume-texture.ts'

export type Quality = 'fixed' | 'adaptive'

export interface DrawingOptions {
  readonly transferFunction: TransferFunction
  readonly quality: Quality
  readonly stepVoxels: number
  readonly lighting: Lighting
  readonly skipping: boolean
  readonly probe: Probe
  readonly plain: boolean
}

interface LevelOnGpu {
  readonly level: ResidentLevel
  readonly texture: VolumeTexture
  readonly bricks: BrickTexture
}

/** A volume in a scene: its node, its box, what it is drawn with, and the level it is drawn from. */
export class VolumeDrawing {
  readonly root: TransformNode
  /** The picture will change: whoever renders on demand renders a frame. */
  readonly onChange = new Observable<void>()
  readonly #scene: Scene
  readonly #frame: VolumeFrame
  readonly #box: Mesh
  readonly #march: MarchMaterial
  readonly #laid: PictureMaterial
  readonly #picture: VolumePicture
  readonly #eyes: EyePictures
  readonly #transfer: TransferTexture
  readonly #beforeCamera: Observer<Camera> | null
  readonly #onRestored: Observer<AbstractEngine> | null
  readonly #stepVoxels: number
  #quality: Quality
  #shown: LevelOnGpu | undefined
  #coming: LevelOnGpu | undefined
  #table = transferTable([{ value: 0, r: 0, g: 0, b: 0, opacity: 0 }])
  #planes: readonly ClippingPlane[] = []
  #bricksStale = false
  #version = 0
  #disposed = false

  constructor(scene: Scene, frame: VolumeFrame, options: DrawingOptions) {
    this.#scene = scene
    this.#frame = frame
    this.#quality = options.quality
    this.#stepVoxels = options.stepVoxels
    this.root = new TransformNode('volume patient space', scene)
    this.#box = volumeBox(scene, frame.patientFromVoxel, frame.dims)
    this.#box.parent = this.root
    this.#box.setEnabled(false)
    this.#march = new MarchMaterial(scene, options)
    this.#march.setFrame(frame)
    this.#march.setLighting(options.lighting)
    this.#transfer = new TransferTexture(scene, this.#table.size)
    this.#laid = new PictureMaterial(scene)
    this.#picture = new VolumePicture(scene, this.#box, this.#march, this.#laid, () => this.#ask())
    this.#eyes = new EyePictures(scene, this.#box, this.#march, this.#laid)
    this.setTransferFunction(options.transferFunction)
    this.#beforeCamera = scene.onBeforeCameraRenderObservable.add((camera) => this.#prepare(camera))
    this.#onRestored = scene.getEngine().onContextRestoredObservable.add(() => this.#changed())
  }

  get levelDims(): Vec3 | undefined {
    return this.#shown?.level.dims
  }

  /** Nothing is being sharpened: the picture is as good as this level gives. */
  get settled(): boolean {
    return this.#quality === 'fixed' || this.#picture.sharp
  }

  setTransferFunction(knots: TransferFunction): void {
    this.#table = transferTable(knots)
    this.#transfer.update(this.#table)
    const { encoding, lowestTexel } = this.#frame
    // A surface is where neighbours differ by a good part of what the function spans.
    const surface = ((this.#table.high - this.#table.low) * encoding.scale) / 16
    const axis = this.#transfer.axis(this.#table, encoding.scale)
    this.#march.setTransfer(this.#transfer, axis, lowestTexel, surface)
    this.#bricksStale = true
    this.#changed()
  }

  setPlanes(planes: readonly ClippingPlane[]): void {
    if (planes.length > maxPlanes) throw new RangeError(`at most ${maxPlanes} clipping planes`)
    for (const { normal, offsetMm } of planes) {
      if (![...normal, offsetMm].every(Number.isFinite) || length(normal) === 0) {
        throw new RangeError('a clipping plane has a direction and a finite offset')
      }
    }
    this.#planes = planes
    this.#march.setPlanes(planes)
    this.#changed()
  }

  setQuality(quality: Quality): void {
    this.#quality = quality
    this.#changed()
  }

  /**
   * Shows a level once it is on the GPU whole; until then the present one stays. Throws a
   * TextureRefusedError where the GPU does not take it.
   */
  async showLevel(level: ResidentLevel): Promise<void> {
    this.#drop(this.#coming)
    const coming = {
      level,
      texture: new VolumeTexture(this.#scene, level.dims, level.texels, () => this.#changed()),
      bricks: new BrickTexture(this.#scene, level.ranges),
    }
    this.#coming = coming
    try {
      await coming.texture.fill(this.#shown ? 'by the frame' : 'at once')
    } catch (refusal) {
      if (this.#coming === coming) this.#coming = undefined
      this.#drop(coming)
      throw refusal
    }
    if (this.#coming !== coming) return
    const before = this.#shown
    this.#shown = coming
    this.#coming = undefined
    this.#march.setLevel(coming.texture, coming.bricks, level.dims, level.patientFromVoxel)
    if (before) {
      const finer = length(level.dims) / length(before.level.dims)
      this.#picture.levelChanged(finer)
      this.#eyes.levelChanged(finer)
      this.#drop(before)
    }
    this.#bricksStale = true
    await this.#compiled()
    if (this.#disposed) return
    this.#box.setEnabled(true)
    this.#changed()
  }

  /** Parts of the shown level have changed; they are seen together with what came before `redraw`. */
  updateLevel(level: ResidentLevel, pieces: readonly LevelPiece[], redraw: boolean): void {
    const shown = this.#shown
    if (shown?.level !== level) return
    for (const { at, dims, texels } of pieces) shown.texture.put(at, dims, texels)
    if (!redraw) return
    this.#bricksStale = true
    this.#changed()
  }

  /** Of the levels on the GPU, the one that comes included. */
  get gpuBytes(): number {
    return [this.#shown, this.#coming].reduce(
      (sum, level) => sum + (level ? level.texture.bytes + level.bricks.bytes : 0),
      0,
    )
  }

  firstVisiblePoint(originMm: Vec3, direction: Vec3): Vec3 | undefined {
    if (!this.#shown) return undefined
    this.#refreshBricks()
    return firstVisiblePoint(
      {
        frame: this.#frame,
        level: this.#shown.level,
        codes: this.#shown.bricks.codes,
        table: this.#table,
        planes: this.#planes,
      },
      originMm,
      direction,
    )
  }

  dispose(): void {
    if (this.#disposed) return
    this.#disposed = true
    this.#scene.onBeforeCameraRenderObservable.remove(this.#beforeCamera)
    this.#scene.getEngine().onContextRestoredObservable.remove(this.#onRestored)
    this.#drop(this.#coming)
    this.#drop(this.#shown)
    this.#coming = this.#shown = undefined
    this.#picture.dispose()
    this.#eyes.dispose()
    this.#laid.dispose()
    this.#march.dispose()
    this.#transfer.dispose()
    this.#box.dispose()
    this.root.dispose()
    this.onChange.clear()
  }

  #prepare(camera: Camera): void {
    if (!this.#shown || !this.#box.isEnabled()) return
    // After a lost context the texture holds zeros until it is filled again.
    this.#box.isVisible = this.#shown.texture.filled
    if (!this.#box.isVisible) return
    this.#refreshBricks()
    if (this.#quality === 'adaptive' && isOneOfSeveral(this.#scene, camera)) {
      this.#eyes.prepare(camera)
    } else if (this.#quality === 'adaptive' && !camera.outputRenderTarget) {
      if (this.#eyes.rest()) this.#version++ // what was laid in last is gone
      this.#box.material = this.#laid.material
      this.#picture.prepare(camera, this.#version)
    } else {
      this.#box.material = this.#march.material
      this.#march.setStep(this.#stepVoxels)
    }
  }

  #refreshBricks(): void {
    if (!this.#shown || !this.#bricksStale) return
    const { level, bricks } = this.#shown
    const texelScale = this.#frame.encoding.scale
    const voxelMm = smallestSpacing(level.patientFromVoxel)
    bricks.update(brickKinds(level.ranges, this.#table, { texelScale, voxelMm }))
    this.#bricksStale = false
  }

  async #compiled(): Promise<void> {
    await Promise.all([
      this.#march.material.forceCompilationAsync(this.#box),
      this.#laid.material.forceCompilationAsync(this.#box),
    ])
  }

  #drop(level: LevelOnGpu | undefined): void {
    level?.texture.dispose()
    level?.bricks.dispose()
  }

  #changed(): void {
    this.#version++
    this.#ask()
  }

  #ask(): void {
    if (!this.#disposed) this.onChange.notifyObservers()
  }
}

/** A headset's eyes, and whoever looks along with them. */
function isOneOfSeveral(scene: Scene, camera: Camera): boolean {
  return camera.isRigCamera || (scene.activeCameras?.length ?? 0) > 1
}

function smallestSpacing(patientFromVoxel: Transform<'patient', 'voxel'>): number {
  const axis = (v: Vec3) => length(transformVector(patientFromVoxel, v))
  return Math.min(axis([1, 0, 0]), axis([0, 1, 0]), axis([0, 0, 1]))
}
