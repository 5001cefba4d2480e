import type { Camera } from '@babylonjs/core/Cameras/camera.js'
import type { Engine } from '@babylonjs/core/Engines/engine.js'
import type { Mesh } from '@babylonjs/core/Meshes/mesh.js'
import type { Scene } from '@babylonjs/core/scene.js'
import { GpuFence } from './gpu-fence.ts'
import type { MarchMaterial } from './march-material.ts'
import { type Band, PictureBuffer, type PictureSize } from './picture-buffer.ts'
import type { PictureMaterial } from './picture-material.ts'
import { QualityLadder, type QualityRung, qualityRungs } from './quality-ladder.ts'

/** A picture in motion is to be drawn within this. */
const movingBudgetMs = 30
/** So is a band of the sharp one, which may take longer where it ends a motion. */
const bandBudgetMs = 100
const finerBandBudgetMs = 30
const stillAfterMs = 150
const mostBands = 48

const sharpest = qualityRungs[0] as QualityRung

type Sharpening =
  | { state: 'waiting'; timer: ReturnType<typeof setTimeout> }
  | { state: 'due'; bandMs: number }
  | { state: 'drawing'; buffer: PictureBuffer; bands: number; nextBand: number; spentMs: number }
  | { state: 'done' }

/** What a volume's pictures are drawn with. */
export interface PictureParts {
  readonly scene: Scene
  readonly box: Mesh
  readonly march: MarchMaterial
  readonly material: PictureMaterial
  /** Asks for what has to be drawn before a camera's picture, over this area of its target. */
  readonly beforeMarch: (
    camera: Camera,
    area: PictureSize & { readonly x?: number; readonly y?: number },
  ) => void
}

/**
 * Draws the volume apart from the scene, and only when its picture changes: whatever else moves,
 * the last picture is laid in again. In motion the picture is as coarse as its budget asks; once
 * still it is drawn again at full quality, in bands where that would hold up the page. What comes
 * finer is no motion: the sharp picture is drawn anew where it is, band by band.
 */
export class VolumePicture {
  readonly #scene: Scene
  readonly #box: Mesh
  readonly #march: MarchMaterial
  readonly #material: PictureMaterial
  readonly #ladder = new QualityLadder(movingBudgetMs)
  readonly #beforeMarch: PictureParts['beforeMarch']
  readonly #fence: GpuFence
  readonly #askForFrame: () => void
  #moving: PictureBuffer | undefined
  #still: PictureBuffer | undefined
  #key: readonly number[] = []
  /** Of the volume's content: what the sharp picture was begun with, and the latest. */
  #detail = 0
  #latestDetail = 0
  #drawnWith = sharpest
  #sharpening: Sharpening = { state: 'done' }

  constructor({ scene, box, march, material, beforeMarch }: PictureParts, askForFrame: () => void) {
    this.#scene = scene
    this.#box = box
    this.#march = march
    this.#material = material
    this.#beforeMarch = beforeMarch
    this.#fence = new GpuFence(scene.getEngine() as Engine)
    this.#askForFrame = askForFrame
  }

  /** What the last picture was drawn with. */
  get rung(): QualityRung {
    return this.#drawnWith
  }

  /** Whether the picture last laid in is the sharpest there is. */
  get sharp(): boolean {
    return this.#sharpening.state === 'done' && this.#detail === this.#latestDetail
  }

  /** Samples a level needs grew by `factor`: keeps what is known of costs. */
  levelChanged(factor: number): void {
    this.#ladder.scaleCost(factor)
  }

  /**
   * Before a camera draws: asks for the target pass that this frame needs, if any. A new `version`
   * is motion, a new `detail` the same seen finer.
   */
  prepare(camera: Camera, version: number, detail: number): void {
    const engine = this.#scene.getEngine()
    const screen = { width: engine.getRenderWidth(), height: engine.getRenderHeight() }
    const pose = this.#box.getWorldMatrix().multiply(this.#scene.getTransformMatrix())
    const key = [...pose.asArray(), screen.width, screen.height, version]
    const same = key.every((part, n) => part === this.#key[n])
    this.#latestDetail = detail
    if (!same) {
      this.#key = key
      this.#drawMoving(camera, screen)
      return
    }
    if (this.#sharpening.state === 'done' && this.#detail !== detail) {
      this.#sharpening = { state: 'due', bandMs: finerBandBudgetMs }
    }
    if (this.#sharpening.state === 'due' || this.#sharpening.state === 'drawing') {
      this.#drawBand(camera, screen)
    }
  }

  #drawMoving(camera: Camera, screen: PictureSize): void {
    this.#stopSharpening()
    const rung = this.#ladder.rung
    this.#drawnWith = rung
    this.#detail = this.#latestDetail
    this.#moving = this.#buffer(this.#moving, scaled(screen, rung.pixelScale))
    this.#draw(camera, this.#moving, rung.stepVoxels)
    this.#material.show(this.#moving)
    const startMs = performance.now()
    this.#afterDraw(() => {
      this.#fence.whenDone(startMs, (ms) => {
        this.#ladder.measured(rung, ms, performance.now())
        // A frame that came meanwhile could not begin to sharpen.
        if (this.#sharpening.state === 'due') this.#askForFrame()
      })
    })
    if (rung === sharpest) {
      this.#sharpening = { state: 'done' }
      return
    }
    const timer = setTimeout(() => {
      this.#sharpening = { state: 'due', bandMs: bandBudgetMs }
      this.#askForFrame()
    }, stillAfterMs)
    this.#sharpening = { state: 'waiting', timer }
  }

  #drawBand(camera: Camera, screen: PictureSize): void {
    if (this.#fence.underWay) return
    if (this.#sharpening.state === 'due') {
      const expected = this.#ladder.expectedMs(sharpest) ?? Infinity
      const bands = Math.min(Math.max(Math.ceil(expected / this.#sharpening.bandMs), 1), mostBands)
      this.#detail = this.#latestDetail
      this.#still = this.#buffer(this.#still, screen)
      this.#sharpening = { state: 'drawing', buffer: this.#still, bands, nextBand: 0, spentMs: 0 }
    }
    const drawing = this.#sharpening
    if (drawing.state !== 'drawing') return
    const row = (band: number) => Math.round((band * screen.height) / drawing.bands)
    const firstRow = row(drawing.nextBand)
    const rows = row(drawing.nextBand + 1) - firstRow
    this.#draw(camera, drawing.buffer, sharpest.stepVoxels, { firstRow, rows })
    drawing.nextBand++
    const whole = drawing.nextBand === drawing.bands
    if (whole) {
      this.#material.show(drawing.buffer)
      this.#drawnWith = sharpest
      this.#sharpening = { state: 'done' }
    }
    const startMs = performance.now()
    this.#afterDraw(() => {
      this.#fence.whenDone(startMs, (ms) => {
        drawing.spentMs += ms
        if (whole) this.#ladder.measured(sharpest, drawing.spentMs, performance.now())
        const outdated = whole && this.#detail !== this.#latestDetail
        if (this.#sharpening === drawing || outdated) this.#askForFrame()
      })
    })
  }

  #draw(camera: Camera, buffer: PictureBuffer, stepVoxels: number, band?: Band): void {
    this.#march.setStep(stepVoxels)
    this.#beforeMarch(camera, buffer.size)
    const target = buffer.ask(band)
    camera.customRenderTargets.push(target)
    this.#scene.onAfterRenderTargetsRenderObservable.addOnce(() => {
      const at = camera.customRenderTargets.indexOf(target)
      if (at !== -1) camera.customRenderTargets.splice(at, 1)
    })
  }

  #afterDraw(measure: () => void): void {
    this.#scene.onAfterRenderTargetsRenderObservable.addOnce(measure)
  }

  #buffer(present: PictureBuffer | undefined, size: PictureSize): PictureBuffer {
    if (present?.fits(size)) return present
    present?.dispose()
    return new PictureBuffer(this.#scene, size, this.#box, this.#march.material)
  }

  #stopSharpening(): void {
    if (this.#sharpening.state === 'waiting') clearTimeout(this.#sharpening.timer)
    this.#sharpening = { state: 'done' }
  }

  dispose(): void {
    this.#stopSharpening()
    this.#fence.dispose()
    this.#moving?.dispose()
    this.#still?.dispose()
  }
}

const scaled = ({ width, height }: PictureSize, scale: number): PictureSize => ({
  width: Math.max(1, Math.ceil(width / scale)),
  height: Math.max(1, Math.ceil(height / scale)),
})
