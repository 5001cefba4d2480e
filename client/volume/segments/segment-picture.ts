import type { Camera } from '@babylonjs/core/Cameras/camera.js'
import type { AbstractEngine } from '@babylonjs/core/Engines/abstractEngine.js'
import type { Texture } from '@babylonjs/core/Materials/Textures/texture.js'
import type { AbstractMesh } from '@babylonjs/core/Meshes/abstractMesh.js'
import type { TransformNode } from '@babylonjs/core/Meshes/transformNode.js'
import type { Observer } from '@babylonjs/core/Misc/observable.js'
import type { Scene } from '@babylonjs/core/scene.js'
import type { ClippingPlane } from '../../../shared/volume/sampling.ts'
import type { Lighting } from '../march-material.ts'
import type { PictureSize } from '../picture-buffer.ts'
import type { SegmentBody } from './segment-body.ts'
import { SegmentMaterial, type SegmentPass } from './segment-material.ts'
import { SegmentTarget } from './segment-target.ts'

/** What `segmentReading` reads, for one camera at one size. Nearest sampling; alpha 0 is nothing. */
export interface SegmentTextures {
  /** 2 where a translucent segment may hide another one. */
  readonly layers: 1 | 2
  readonly colour: Texture
  readonly distance: Texture
  /** Those of the front where there is one layer. */
  readonly colourBehind: Texture
  readonly distanceBehind: Texture
}

interface Sized {
  readonly size: PictureSize
  readonly front: SegmentTarget
  readonly behind: SegmentTarget
  key: readonly number[]
}

/** A coarse picture in motion and a sharp one at rest. */
const mostSizes = 2

const passes: readonly SegmentPass[] = ['surface', 'parity', 'lid']

/**
 * The pictures of the segments that the volume's picture is drawn around: the foremost segment of
 * every pixel, and behind a translucent one the next. Drawn again only when something has changed.
 */
export class SegmentPicture {
  readonly #scene: Scene
  readonly #root: TransformNode
  readonly #materials: readonly Readonly<Record<SegmentPass, SegmentMaterial>>[]
  readonly #askForFrame: () => void
  readonly #onRestored: Observer<AbstractEngine> | null
  readonly #bodyOf = new WeakMap<AbstractMesh, SegmentBody>()
  /** Last used last. */
  #sized: Sized[] = []
  #bodies: readonly SegmentBody[] = []
  #cut = false
  #version = 0

  constructor(scene: Scene, root: TransformNode, askForFrame: () => void) {
    this.#scene = scene
    this.#root = root
    this.#askForFrame = askForFrame
    this.#materials = [false, true].map((behind) => {
      const of = (pass: SegmentPass) =>
        new SegmentMaterial(scene, pass, behind, (mesh) => this.#bodyOf.get(mesh)?.paint)
      return { surface: of('surface'), parity: of('parity'), lid: of('lid') }
    })
    this.#onRestored = scene.getEngine().onContextRestoredObservable.add(() => this.#forget())
  }

  /** So that no picture is drawn without it. */
  async prepare(body: SegmentBody): Promise<void> {
    for (const pass of passes) {
      this.#bodyOf.set(body.meshes[pass], body)
      // Without one of their own Babylon would give them its standard one, which is not there.
      body.meshes[pass].material = this.#materials[0]?.[pass].material ?? null
    }
    await Promise.all(
      this.#materials.flatMap((materials) =>
        passes.map((pass) => materials[pass].material.forceCompilationAsync(body.meshes[pass])),
      ),
    )
  }

  show(bodies: readonly SegmentBody[], cuts: readonly ClippingPlane[], lighting: Lighting): void {
    this.#bodies = bodies
    this.#cut = cuts.length > 0
    for (const materials of this.#materials) {
      for (const pass of passes) {
        materials[pass].setCuts(cuts)
        materials[pass].setLighting(lighting)
      }
    }
    this.#version++
  }

  /**
   * Before `camera` draws: asks for the render target passes that are needed, ahead of those that are
   * asked for after this. Undefined where no segment is shown.
   */
  update(camera: Camera, size: PictureSize): SegmentTextures | undefined {
    if (this.#bodies.length === 0) return undefined
    const sized = this.#of(size)
    const twice = this.#bodies.length > 1 && this.#bodies.some(({ opacity }) => opacity < 1)
    const pose = this.#root.getWorldMatrix().multiply(this.#scene.getTransformMatrix())
    const key = [...pose.asArray(), this.#version]
    if (!key.every((part, n) => part === sized.key[n])) this.#draw(camera, sized, key, twice)
    const { front, behind } = sized
    const second = twice ? behind : front
    return {
      layers: twice ? 2 : 1,
      colour: front.colour,
      distance: front.distance,
      colourBehind: second.colour,
      distanceBehind: second.distance,
    }
  }

  dispose(): void {
    this.#scene.getEngine().onContextRestoredObservable.remove(this.#onRestored)
    this.#forget()
    for (const materials of this.#materials) for (const pass of passes) materials[pass].dispose()
  }

  #draw(camera: Camera, sized: Sized, key: readonly number[], twice: boolean): void {
    const targets = [sized.front.ask(this.#bodies, this.#cut)]
    if (twice) {
      for (const pass of passes) this.#materials[1]?.[pass].setForemost(sized.front.distance)
      targets.push(sized.behind.ask(this.#bodies, this.#cut))
    }
    camera.customRenderTargets.push(...targets)
    this.#scene.onAfterRenderTargetsRenderObservable.addOnce(() => {
      for (const target of targets) {
        const at = camera.customRenderTargets.indexOf(target)
        if (at !== -1) camera.customRenderTargets.splice(at, 1)
      }
    })
    // After a lost context shaders are made again; until they are, a pass leaves them out.
    const ready = this.#isReady(twice)
    sized.key = ready ? key : []
    if (!ready) this.#askForFrame()
  }

  #isReady(twice: boolean): boolean {
    return this.#materials
      .slice(0, twice ? 2 : 1)
      .every((materials) =>
        this.#bodies.every(({ meshes }) =>
          passes.every((pass) => materials[pass].material.isReady(meshes[pass])),
        ),
      )
  }

  #of(size: PictureSize): Sized {
    const fits = ({ size: { width, height } }: Sized) =>
      width === size.width && height === size.height
    const [front, behind] = this.#materials
    if (!front || !behind) throw new RangeError('there are two layers')
    const sized = this.#sized.find(fits) ?? {
      size,
      front: new SegmentTarget(this.#scene, size, front),
      behind: new SegmentTarget(this.#scene, size, behind),
      key: [],
    }
    this.#sized = [...this.#sized.filter((other) => other !== sized), sized]
    while (this.#sized.length > mostSizes) drop(this.#sized.shift())
    return sized
  }

  #forget(): void {
    for (const sized of this.#sized) drop(sized)
    this.#sized = []
  }
}

function drop(sized: Sized | undefined): void {
  sized?.front.dispose()
  sized?.behind.dispose()
}
