import { Constants } from '@babylonjs/core/Engines/constants.js'
import type { Engine } from '@babylonjs/core/Engines/engine.js'
import { MultiRenderTarget } from '@babylonjs/core/Materials/Textures/multiRenderTarget.js'
import { RenderTargetTexture } from '@babylonjs/core/Materials/Textures/renderTargetTexture.js'
import type { Texture } from '@babylonjs/core/Materials/Textures/texture.js'
import { Color4 } from '@babylonjs/core/Maths/math.color.js'
import type { Scene } from '@babylonjs/core/scene.js'
import type { PictureSize } from '../picture-buffer.ts'
import type { SegmentBody } from './segment-body.ts'
import type { SegmentMaterial, SegmentPass } from './segment-material.ts'

const nothing = new Color4(0, 0, 0, 0)
const passes: readonly SegmentPass[] = ['parity', 'surface', 'lid']

/** A picture of segments: their colour, and how far away they are seen. Drawn when asked. */
export class SegmentTarget {
  readonly #target: MultiRenderTarget
  readonly #materials: Readonly<Record<SegmentPass, SegmentMaterial>>

  constructor(
    scene: Scene,
    size: PictureSize,
    materials: Readonly<Record<SegmentPass, SegmentMaterial>>,
  ) {
    this.#materials = materials
    const target = new MultiRenderTarget('segments', size, 2, scene, {
      // Single bytes are drawn to by every device, and a distance is never a mean of two.
      defaultType: Constants.TEXTURETYPE_UNSIGNED_BYTE,
      samplingModes: [
        Constants.TEXTURE_NEAREST_SAMPLINGMODE,
        Constants.TEXTURE_NEAREST_SAMPLINGMODE,
      ],
      generateDepthBuffer: true,
      generateStencilBuffer: true,
    })
    target.ignoreCameraViewport = true
    for (const texture of target.textures) texture.anisotropicFilteringLevel = 1
    target.refreshRate = RenderTargetTexture.REFRESHRATE_RENDER_ONCE
    const order = new Map<object, number>()
    target.setRenderingOrder(0, (a, b) => placeOf(order, a.getMesh()) - placeOf(order, b.getMesh()))
    target.onBeforeBindObservable.add(() => {
      for (const [n, mesh] of (target.renderList ?? []).entries()) order.set(mesh, n)
    })
    target.onAfterUnbindObservable.add(() => order.clear())
    const engine = scene.getEngine() as Engine
    target.onClearObservable.add(() => engine.clear(nothing, true, true, true))
    this.#target = target
  }

  get colour(): Texture {
    return this.#target.textures[0] as Texture
  }

  get distance(): Texture {
    return this.#target.textures[1] as Texture
  }

  /** The next render target pass draws these; with lids where they are cut. */
  ask(bodies: readonly SegmentBody[], cut: boolean): RenderTargetTexture {
    const target = this.#target
    const wanted = passes.filter((pass) => cut || pass === 'surface')
    target.renderList = bodies.flatMap(({ meshes }) =>
      wanted.map((pass) => {
        target.setMaterialForRendering(meshes[pass], this.#materials[pass].material)
        return meshes[pass]
      }),
    )
    target.resetRefreshCounter()
    return target
  }

  dispose(): void {
    this.#target.dispose()
  }
}

const placeOf = (order: ReadonlyMap<object, number>, mesh: object) => order.get(mesh) ?? 0
