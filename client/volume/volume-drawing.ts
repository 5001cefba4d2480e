import type { Camera } from '@babylonjs/core/Cameras/camera.js'
import type { AbstractEngine } from '@babylonjs/core/Engines/abstractEngine.js'
import type { Mesh } from '@babylonjs/core/Meshes/mesh.js'
import { TransformNode } from '@babylonjs/core/Meshes/transformNode.js'
import type { Observer } from '@babylonjs/core/Misc/observable.js'
import { Observable } from '@babylonjs/core/Misc/observable.js'
import type { Scene } from '@babylonjs/core/scene.js'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { length } from '../../shared/geometry/vector.ts'
import type { RenderMode } from '../../shared/volume/render-mode.ts'
import type { TransferFunction, ValueWindow } from '../../shared/volume/transfer-function.ts'
import type { LevelPiece } from '../voxels/level-piece.ts'
import { BrickTexture } from './brick-texture.ts'
import { type Crop, DrawnLook } from './drawn-look.ts'
import { EyePictures } from './eye-pictures.ts'
import { type Lighting, MarchMaterial, type Probe } from './march-material.ts'
import type { PictureSize } from './picture-buffer.ts'
import { PictureMaterial } from './picture-material.ts'
import type { QualityRung } from './quality-ladder.ts'
import type { SegmentPicture } from './segments/segment-picture.ts'
import { firstVisiblePoint } from './visible-point.ts'
import { coverBox, volumeBox } from './volume-box.ts'
import type { ResidentLevel, VolumeFrame } from './volume-level.ts'
import { VolumePicture } from './volume-picture.ts'
import { VolumeTexture } from './volume-texture.ts'

export type Quality = 'fixed' | 'adaptive'

export interface DrawingOptions {
  readonly transferFunction: TransferFunction
  readonly window: ValueWindow
  readonly renderMode: RenderMode
  readonly isoValue: number
  readonly quality: Quality
  readonly stepVoxels: number
  readonly lighting: Lighting
  readonly skipping: boolean
  readonly probe: Probe
  readonly plain: boolean
}

/** Segments that are drawn with the tissue, and the box around them where they stand. */
export interface DrawnSegments {
  readonly picture: SegmentPicture
  readonly boundsMm: Crop | undefined
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
  /** A level that was there is refused after a lost context: nothing is seen until another is shown. */
  readonly onRefused = new Observable<Vec3>()
  readonly #look: DrawnLook
  readonly #scene: Scene
  readonly #frame: VolumeFrame
  readonly #box: Mesh
  readonly #march: MarchMaterial
  readonly #laid: PictureMaterial
  readonly #picture: VolumePicture
  readonly #eyes: EyePictures
  readonly #beforeCamera: Observer<Camera> | null
  readonly #onRestored: Observer<AbstractEngine> | null
  readonly #stepVoxels: number
  #quality: Quality
  #shown: LevelOnGpu | undefined
  #coming: LevelOnGpu | undefined
  #segments: DrawnSegments | undefined
  #bricksVersion = -1
  #waiting = false
  #version = 0
  #detail = 0
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
    this.#look = new DrawnLook(scene, frame, this.#march, options.lighting)
    this.#look.setTransferFunction(options.transferFunction)
    this.#look.setWindow(options.window)
    this.#look.setRenderMode(options.renderMode, options.isoValue)
    this.#laid = new PictureMaterial(scene)
    const parts = {
      scene,
      box: this.#box,
      march: this.#march,
      material: this.#laid,
      beforeMarch: (camera: Camera, size: PictureSize) => this.#drawSegments(camera, size),
    }
    this.#picture = new VolumePicture(parts, () => this.#ask())
    this.#eyes = new EyePictures(parts)
    this.#beforeCamera = scene.onBeforeCameraRenderObservable.add((camera) => this.#prepare(camera))
    this.#onRestored = scene.getEngine().onContextRestoredObservable.add(() => this.changed())
    this.#recompile() // ready, with some luck, before the first level is
  }

  get levelDims(): Vec3 | undefined {
    return this.#shown?.level.dims
  }

  /** Nothing is being sharpened: the picture is as good as this level gives, and none comes. */
  get settled(): boolean {
    const isFinest = !this.#waiting && this.#coming === undefined
    return isFinest && (this.#quality === 'fixed' || this.#picture.sharp)
  }

  /** What the last picture was drawn with. */
  get rung(): QualityRung {
    if (this.#quality === 'fixed') return { stepVoxels: this.#stepVoxels, pixelScale: 1 }
    return this.#eyes.inUse ? this.#eyes.rung : this.#picture.rung
  }

  /** Of the levels on the GPU, the one that comes included. */
  get gpuBytes(): number {
    return [this.#shown, this.#coming].reduce(
      (sum, level) => sum + (level ? level.texture.bytes + level.bricks.bytes : 0),
      0,
    )
  }

  /** Changes how the volume is looked at. */
  adjust(change: (look: DrawnLook) => void): void {
    const { mode } = this.#look
    change(this.#look)
    if (this.#look.mode !== mode) this.#recompile()
    this.changed()
  }

  setQuality(quality: Quality): void {
    this.#quality = quality
    this.changed()
  }

  /** Of a headset's frame, for all eyes together. */
  setFrameBudget(ms: number): void {
    this.#eyes.setBudget(ms)
  }

  setShare(share: number, added: boolean): void {
    this.#march.setShare(share, added)
    this.changed()
  }

  /** Draws tissue around segments; to be said again when their pictures or bounds have changed. */
  setSegments(segments: DrawnSegments | undefined): void {
    const recompile = (segments === undefined) !== (this.#segments === undefined)
    this.#segments = segments
    coverBox(this.#box, this.#frame, segments?.boundsMm)
    if (recompile) this.#recompile()
    this.changed()
  }

  /**
   * Shows a level once it is on the GPU whole; until then the present one stays. Throws a
   * TextureRefusedError where the GPU does not take it.
   */
  async showLevel(level: ResidentLevel): Promise<void> {
    this.#drop(this.#coming)
    const coming = {
      level,
      texture: new VolumeTexture(this.#scene, level, (end) => {
        if (end === 'filled') this.changed()
        else this.onRefused.notifyObservers(level.dims)
      }),
      bricks: new BrickTexture(this.#scene, level.ranges),
    }
    this.#coming = coming
    try {
      await coming.texture.fill()
    } catch (refusal) {
      if (this.#coming === coming) this.#coming = undefined
      this.#drop(coming)
      this.#ask()
      throw refusal
    }
    if (this.#coming !== coming) return
    const version = await this.#codeInTurns(coming)
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
    this.#bricksVersion = version
    await this.#compiled()
    if (this.#disposed) return
    this.#box.setEnabled(true)
    if (before) this.#refined()
    else this.changed()
  }

  /**
   * Parts of the shown level have changed; they are seen together with what came before `redraw`,
   * once what rays do in its bricks is known: a little of that work in a turn.
   */
  async updateLevel(
    level: ResidentLevel,
    pieces: readonly LevelPiece[],
    redraw: boolean,
  ): Promise<void> {
    const shown = this.#shown
    if (shown?.level !== level) return
    for (const { at, dims, texels } of pieces) shown.texture.put(at, dims, texels)
    if (!redraw) return
    await this.#codeInTurns(shown)
    if (this.#shown === shown) this.#refined()
  }

  firstVisiblePoint(originMm: Vec3, direction: Vec3): Vec3 | undefined {
    if (!this.#shown) return undefined
    this.#refreshBricks()
    const { level, bricks } = this.#shown
    return firstVisiblePoint(
      { frame: this.#frame, level, codes: bricks.codes, look: this.#look },
      originMm,
      direction,
    )
  }

  /** The same is known finer, which is no motion. */
  #refined(): void {
    this.#detail++
    this.#ask()
  }

  /** What is drawn has changed. */
  changed(): void {
    this.#version++
    this.#ask()
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
    this.#look.dispose()
    this.#box.dispose()
    this.root.dispose()
    this.onChange.clear()
    this.onRefused.clear()
  }

  #prepare(camera: Camera): void {
    if (!this.#shown || !this.#box.isEnabled()) return
    // After a lost context the texture holds zeros until it is filled again.
    this.#box.isVisible = this.#shown.texture.filled
    // Until the shader is there (again) the last picture stays, where there is one.
    this.#waiting = !this.#box.isVisible || !this.#march.material.isReady(this.#box)
    if (this.#waiting) {
      if (this.#box.isVisible) this.#ask()
      return
    }
    this.#refreshBricks()
    if (this.#quality === 'adaptive' && isOneOfSeveral(this.#scene, camera)) {
      this.#eyes.prepare(camera)
    } else if (this.#quality === 'adaptive' && !camera.outputRenderTarget) {
      if (this.#eyes.rest()) this.#version++ // what was laid in last is gone
      this.#box.material = this.#laid.material
      this.#picture.prepare(camera, this.#version, this.#detail)
    } else {
      this.#box.material = this.#march.material
      this.#drawSegments(camera, wholeTarget(camera, this.#scene))
      this.#march.setStep(this.#stepVoxels)
    }
  }

  /** `area` is the camera's part of its target. */
  #drawSegments(camera: Camera, area: PictureSize & { x?: number; y?: number }): void {
    const { width, height, x = 0, y = 0 } = area
    const textures = this.#segments?.picture.update(camera, { width, height })
    this.#march.setSegments(textures, { x, y, width, height })
  }

  #refreshBricks(): void {
    if (!this.#shown || this.#bricksVersion === this.#look.kindsVersion) return
    this.#look.fill(this.#shown.bricks, this.#shown.level)
    this.#shown.bricks.finish()
    this.#bricksVersion = this.#look.kindsVersion
  }

  /** Answers the look that it is for; another one codes the bricks anew. */
  async #codeInTurns({ bricks, level }: LevelOnGpu): Promise<number> {
    const { kindsVersion } = this.#look
    this.#look.fill(bricks, level)
    await bricks.finishInTurns()
    return kindsVersion
  }

  /** A shader of another kind is there before a picture is drawn with it. */
  #recompile(): void {
    void this.#compiled().then(() => {
      if (!this.#disposed) this.changed()
    })
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

  #ask(): void {
    if (!this.#disposed) this.onChange.notifyObservers()
  }
}

/** A headset's eyes, and whoever looks along with them. */
function isOneOfSeveral(scene: Scene, camera: Camera): boolean {
  return camera.isRigCamera || (scene.activeCameras?.length ?? 0) > 1
}

function wholeTarget(camera: Camera, scene: Scene) {
  const target = camera.outputRenderTarget?.getSize()
  const engine = scene.getEngine()
  return camera.viewport.toGlobal(
    target?.width ?? engine.getRenderWidth(),
    target?.height ?? engine.getRenderHeight(),
  )
}
