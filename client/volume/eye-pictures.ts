import type { Camera } from '@babylonjs/core/Cameras/camera.js'
import type { Engine } from '@babylonjs/core/Engines/engine.js'
import type { Mesh } from '@babylonjs/core/Meshes/mesh.js'
import type { Scene } from '@babylonjs/core/scene.js'
import { GpuFence } from './gpu-fence.ts'
import type { MarchMaterial } from './march-material.ts'
import { PictureBuffer } from './picture-buffer.ts'
import type { PictureMaterial } from './picture-material.ts'
import { QualityLadder, type QualityRung } from './quality-ladder.ts'
import type { PictureParts } from './volume-picture.ts'

/**
 * Of the 11 to 14 ms that a headset gives a frame, what the volume may take for all eyes together,
 * where the display does not say its rate.
 */
const eyesBudgetMs = 9

/**
 * The volume for eyes that never rest: drawn anew in every frame, as coarse as its budget asks. On
 * the best rungs it is marched into the eye itself, which keeps a headset's foveation; below them
 * into a smaller picture that is laid in.
 */
export class EyePictures {
  readonly #scene: Scene
  readonly #box: Mesh
  readonly #march: MarchMaterial
  readonly #material: PictureMaterial
  readonly #ladder = new QualityLadder(eyesBudgetMs)
  readonly #beforeMarch: PictureParts['beforeMarch']
  readonly #fence: GpuFence
  readonly #buffers = new Map<Camera, PictureBuffer>()
  #frame = -10

  constructor({ scene, box, march, material, beforeMarch }: PictureParts) {
    this.#scene = scene
    this.#box = box
    this.#march = march
    this.#material = material
    this.#beforeMarch = beforeMarch
    this.#fence = new GpuFence(scene.getEngine() as Engine)
  }

  get rung(): QualityRung {
    return this.#ladder.rung
  }

  /** An eye was drawn in this frame or the one before. */
  get inUse(): boolean {
    return this.#frame >= this.#scene.getFrameId() - 1
  }

  /** Of a frame, for all eyes together: follows the display's rate. */
  setBudget(ms: number): void {
    this.#ladder.setBudget(ms)
  }

  /** Samples a level needs grew by `factor`: keeps what is known of costs. */
  levelChanged(factor: number): void {
    this.#ladder.scaleCost(factor)
  }

  /** Before an eye's camera draws: gives the box what this eye sees of the volume. */
  prepare(camera: Camera): void {
    this.#measure()
    const { stepVoxels, pixelScale } = this.#ladder.rung
    this.#march.setStep(stepVoxels)
    const engine = this.#scene.getEngine()
    const eye = camera.viewport.toGlobal(engine.getRenderWidth(), engine.getRenderHeight())
    if (pixelScale === 1) {
      this.#box.material = this.#march.material
      this.#beforeMarch(camera, eye)
      return
    }
    const size = {
      width: Math.max(1, Math.ceil(eye.width / pixelScale)),
      height: Math.max(1, Math.ceil(eye.height / pixelScale)),
    }
    const buffer = this.#buffer(camera, size)
    this.#beforeMarch(camera, size)
    const target = buffer.ask()
    camera.customRenderTargets.push(target)
    this.#scene.onAfterRenderTargetsRenderObservable.addOnce(() => {
      const at = camera.customRenderTargets.indexOf(target)
      if (at !== -1) camera.customRenderTargets.splice(at, 1)
    })
    this.#box.material = this.#material.material
    this.#material.show(buffer)
  }

  /** Nobody wears a headset any more: gives its pictures' memory back. False where none did. */
  rest(): boolean {
    if (this.#buffers.size === 0) return false
    for (const buffer of this.#buffers.values()) buffer.dispose()
    this.#buffers.clear()
    return true
  }

  dispose(): void {
    this.rest()
    this.#fence.dispose()
  }

  /** Once a frame: how long the GPU takes for all its eyes. */
  #measure(): void {
    const frame = this.#scene.getFrameId()
    if (frame === this.#frame) return
    this.#frame = frame
    const { rung } = this.#ladder
    const startMs = performance.now()
    this.#scene.onAfterRenderObservable.addOnce(() => {
      this.#fence.whenDone(startMs, (ms) => {
        this.#ladder.measured(rung, ms, performance.now())
      })
    })
  }

  #buffer(camera: Camera, size: { width: number; height: number }): PictureBuffer {
    const present = this.#buffers.get(camera)
    if (present?.fits(size)) return present
    present?.dispose()
    const made = new PictureBuffer(this.#scene, size, this.#box, this.#march.material)
    this.#buffers.set(camera, made)
    return made
  }
}
