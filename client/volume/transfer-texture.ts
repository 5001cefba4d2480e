import { Constants } from '@babylonjs/core/Engines/constants.js'
import { RawTexture } from '@babylonjs/core/Materials/Textures/rawTexture.js'
import { Texture } from '@babylonjs/core/Materials/Textures/texture.js'
import type { Scene } from '@babylonjs/core/scene.js'
import { halfBits } from '../../shared/volume/half-float.ts'
import type { TransferTable } from '../../shared/volume/transfer-function.ts'

/** A transfer table on the GPU: sRGB and extinction per mm, RGBA16F, linear. */
export class TransferTexture {
  readonly texture: RawTexture
  readonly #size: number

  constructor(scene: Scene, size: number) {
    this.#size = size
    this.texture = new RawTexture(
      new Uint16Array(4 * size),
      size,
      1,
      Constants.TEXTUREFORMAT_RGBA,
      scene,
      false,
      false,
      Texture.BILINEAR_SAMPLINGMODE,
      Constants.TEXTURETYPE_HALF_FLOAT,
    )
    this.texture.name = 'transfer'
    this.texture.anisotropicFilteringLevel = 1
    this.texture.wrapU = this.texture.wrapV = Texture.CLAMP_ADDRESSMODE
  }

  update({ rgbk }: TransferTable): void {
    this.texture.update(Uint16Array.from(rgbk, halfBits))
  }

  /** Texture coordinate = texel · scale + offset, entries standing at their texels' centres. */
  axis({ low, high }: TransferTable, texelScale: number): { scale: number; offset: number } {
    const perValue = (this.#size - 1) / (this.#size * (high - low))
    return { scale: perValue / texelScale, offset: 0.5 / this.#size - low * perValue }
  }

  dispose(): void {
    this.texture.dispose()
  }
}
