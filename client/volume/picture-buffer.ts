import { Constants } from '@babylonjs/core/Engines/constants.js'
import type { Engine } from '@babylonjs/core/Engines/engine.js'
import type { Material } from '@babylonjs/core/Materials/material.js'
import { RenderTargetTexture } from '@babylonjs/core/Materials/Textures/renderTargetTexture.js'
import { Color4 } from '@babylonjs/core/Maths/math.color.js'
import type { Mesh } from '@babylonjs/core/Meshes/mesh.js'
import type { Scene } from '@babylonjs/core/scene.js'

export interface PictureSize {
  readonly width: number
  readonly height: number
}

/** Rows of a picture, from the bottom. */
export interface Band {
  readonly firstRow: number
  readonly rows: number
}

const nothing = new Color4(0, 0, 0, 0)

/** A picture of the volume alone, with the depth it was seen at; drawn when asked, whole or in bands. */
export class PictureBuffer {
  readonly target: RenderTargetTexture
  readonly size: PictureSize
  #band: Band | undefined

  constructor(scene: Scene, size: PictureSize, box: Mesh, march: Material) {
    this.size = size
    const engine = scene.getEngine() as Engine
    const target = new RenderTargetTexture('volume picture', size, scene, {
      generateMipMaps: false,
      // The scene's own projection, although whole pixels change the shape by a hair.
      doNotChangeAspectRatio: true,
      type: Constants.TEXTURETYPE_UNSIGNED_BYTE,
      samplingMode: Constants.TEXTURE_BILINEAR_SAMPLINGMODE,
      generateDepthBuffer: false,
      generateStencilBuffer: false,
    })
    target.createDepthStencilTexture(0, false, false, 1, Constants.TEXTUREFORMAT_DEPTH32_FLOAT)
    target.ignoreCameraViewport = true
    // Babylon's default of 4 blurs an exact copy on software rasterisers.
    target.anisotropicFilteringLevel = 1
    target.renderList = [box]
    target.setMaterialForRendering(box, march)
    target.refreshRate = RenderTargetTexture.REFRESHRATE_RENDER_ONCE
    target.onClearObservable.add(() => {
      const band = this.#band ?? { firstRow: 0, rows: size.height }
      engine.enableScissor(0, band.firstRow, size.width, band.rows)
      engine.clear(nothing, true, true, true)
      // what is blended keeps its depth to itself, unless both are said
      march.forceDepthWrite = true
      march.disableDepthWrite = false
    })
    target.onAfterRenderObservable.add(() => {
      engine.disableScissor()
      march.forceDepthWrite = false
      march.disableDepthWrite = true
    })
    this.target = target
  }

  fits({ width, height }: PictureSize): boolean {
    return this.size.width === width && this.size.height === height
  }

  /** The next render target pass of the scene draws these rows, or all. */
  ask(band?: Band): RenderTargetTexture {
    this.#band = band
    this.target.resetRefreshCounter()
    return this.target
  }

  dispose(): void {
    this.target.dispose()
  }
}
