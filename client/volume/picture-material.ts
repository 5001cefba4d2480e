import { Constants } from '@babylonjs/core/Engines/constants.js'
import { ShaderMaterial } from '@babylonjs/core/Materials/shaderMaterial.js'
import { Vector2 } from '@babylonjs/core/Maths/math.vector.js'
import type { Scene } from '@babylonjs/core/scene.js'
import type { PictureBuffer } from './picture-buffer.ts'
import { boxVertex } from './shaders/box-vertex.ts'
import { pictureFragment } from './shaders/picture-fragment.ts'

/** Lays a picture drawn beforehand over the volume's box. */
export class PictureMaterial {
  readonly material: ShaderMaterial
  #shown: PictureBuffer | undefined

  constructor(scene: Scene) {
    this.material = new ShaderMaterial(
      'volume picture',
      scene,
      { vertexSource: boxVertex, fragmentSource: pictureFragment },
      {
        attributes: ['position'],
        uniforms: ['worldViewProjection', 'targetOrigin', 'targetSize'],
        samplers: ['volumePicture', 'volumeDepth'],
        needAlphaBlending: true,
      },
    )
    this.material.alphaMode = Constants.ALPHA_PREMULTIPLIED
    this.material.backFaceCulling = true
    this.material.cullBackFaces = false
    this.material.disableDepthWrite = true
    const engine = scene.getEngine()
    this.material.onBindObservable.add(() => {
      const effect = this.material.getEffect()
      if (!effect || !this.#shown) return
      effect.setTexture('volumePicture', this.#shown.target)
      effect.setDepthStencilTexture('volumeDepth', this.#shown.target)
      // a headset's eyes are parts of one target
      const part = scene.activeCamera?.viewport.toGlobal(
        engine.getRenderWidth(),
        engine.getRenderHeight(),
      )
      if (!part) return
      effect.setVector2('targetOrigin', new Vector2(part.x, part.y))
      effect.setVector2('targetSize', new Vector2(part.width, part.height))
    })
  }

  show(buffer: PictureBuffer): void {
    this.#shown = buffer
  }

  dispose(): void {
    this.material.dispose()
  }
}
