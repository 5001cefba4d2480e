import type { Vec3 } from '../../shared/geometry/transform.ts'
import { dot, subtract } from '../../shared/geometry/vector.ts'
import { FlatLabels } from './flat-labels.ts'
import { KeyCursor } from './key-cursor.ts'
import { type OwnCamera, type Viewport, verticalFieldOfView } from './own-camera.ts'
import { ScaleBar } from './scale-bar.ts'
import type { PointerAt } from './stage-space.ts'
import { paintViewWords } from './view-words.ts'

/** What is laid over the canvas for this page's own camera: words, the scale bar, the keys' cursor. */
export class FlatPane {
  readonly labels: FlatLabels
  readonly #scaleBar: ScaleBar
  readonly #cursor: KeyCursor

  constructor(overlay: HTMLElement) {
    this.labels = new FlatLabels(overlay)
    this.#scaleBar = new ScaleBar(overlay)
    this.#cursor = new KeyCursor(overlay)
  }

  /** Before a frame. The bar is true at the depth of the volume's middle (world). */
  place(
    camera: OwnCamera,
    viewport: Viewport,
    volume: { readonly middle: Vec3; readonly scale: number },
  ): void {
    this.labels.place(camera, viewport)
    const depthM = Math.max(0.01, dot(subtract(volume.middle, camera.eye), camera.forward))
    this.#scaleBar.show(depthM, verticalFieldOfView, volume.scale, viewport)
  }

  showCursor(at: PointerAt | undefined): void {
    this.#cursor.show(at)
  }

  readonly paintWords = (context: CanvasRenderingContext2D, scale: number): void =>
    paintViewWords(context, scale, this.labels.placed)

  dispose(): void {
    this.#scaleBar.dispose()
    this.#cursor.dispose()
  }
}
