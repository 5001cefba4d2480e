import { TargetCamera } from '@babylonjs/core/Cameras/targetCamera.js'
import { Quaternion, Vector3 } from '@babylonjs/core/Maths/math.vector.js'
import type { Scene } from '@babylonjs/core/scene.js'
import type { WebXRCamera } from '@babylonjs/core/XR/webXRCamera.js'
import { type CanvasPart, wholeCanvas } from '../scene/view-source.ts'

/** Side by side, as an emulated headset draws its eyes into the canvas. */
const leftEye: CanvasPart = { x: 0, y: 0, width: 0.5, height: 1 }

/** A second picture is dear: no more of them than a watcher needs. */
const everyMs = 1000 / 12

/**
 * What the wearer's left eye sees, on the page's canvas, for those who watch it as video. A headset
 * draws into a framebuffer of its own and leaves the canvas as it was; an emulated one draws into
 * the canvas itself, and then there is nothing to draw.
 */
export class Mirror {
  readonly #scene: Scene
  readonly #headset: WebXRCamera
  readonly #needed: boolean
  readonly #eye: TargetCamera
  readonly #undo: () => void
  #wanted = false
  #part: CanvasPart | undefined
  #drawnAtMs = Number.NEGATIVE_INFINITY

  constructor(parts: { scene: Scene; camera: WebXRCamera; layer: XRWebGLLayer }) {
    const { scene, camera } = parts
    this.#scene = scene
    this.#headset = camera
    this.#needed = Boolean(parts.layer.framebuffer)
    this.#eye = new TargetCamera('mirror', Vector3.Zero(), scene, false)
    this.#eye.rotationQuaternion = new Quaternion()
    const drawn = scene.onAfterRenderCameraObservable.add((of) => {
      // from here on the canvas's own size counts
      if (of === camera) scene.getEngine().framebufferDimensionsObject = null
    })
    this.#undo = () => scene.onAfterRenderCameraObservable.remove(drawn)
  }

  want(wanted: boolean): void {
    this.#wanted = wanted
  }

  /** The part of the canvas that shows the left eye's picture after this frame. */
  get part(): CanvasPart | undefined {
    return this.#part
  }

  /** Before each frame is drawn. */
  frame(nowMs: number): void {
    const [left] = this.#headset.rigCameras
    const due = this.#needed && this.#wanted && nowMs - this.#drawnAtMs >= everyMs
    this.#part = due ? wholeCanvas : this.#needed ? undefined : leftEye
    this.#scene.activeCameras = due && left ? [this.#headset, this.#eye] : null
    if (!due || !left) {
      this.#scene.activeCamera = this.#headset
      return
    }
    this.#drawnAtMs = nowMs
    this.#eye.position.copyFrom(left.globalPosition)
    this.#eye.rotationQuaternion?.copyFrom(left.absoluteRotation)
    this.#eye.fov = left.fov
    this.#eye.minZ = left.minZ
    this.#eye.maxZ = this.#headset.maxZ
  }

  dispose(): void {
    this.#undo()
    this.#eye.dispose()
  }
}
