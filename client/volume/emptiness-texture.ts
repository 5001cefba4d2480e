import { Constants } from '@babylonjs/core/Engines/constants.js'
import { RawTexture3D } from '@babylonjs/core/Materials/Textures/rawTexture3D.js'
import { Texture } from '@babylonjs/core/Materials/Textures/texture.js'
import type { Scene } from '@babylonjs/core/scene.js'
import {
  type BrickRanges,
  distanceToVisible,
  visibleBricks,
} from '../../shared/volume/occupancy.ts'
import type { TransferTable } from '../../shared/volume/transfer-function.ts'

/** Per brick, how many bricks to the nearest visible one (R8, capped): how far a ray may leap. */
export class EmptinessTexture {
  readonly texture: RawTexture3D
  readonly #ranges: BrickRanges
  /** The same on the CPU, for the pointer's ray. */
  distance: Uint8Array

  constructor(scene: Scene, ranges: BrickRanges) {
    this.#ranges = ranges
    this.distance = new Uint8Array(ranges.low.length)
    const [bi, bj, bk] = ranges.dims
    this.texture = new RawTexture3D(
      this.distance,
      bi,
      bj,
      bk,
      Constants.TEXTUREFORMAT_R,
      scene,
      false,
      false,
      Texture.NEAREST_SAMPLINGMODE,
      Constants.TEXTURETYPE_UNSIGNED_BYTE,
    )
    this.texture.name = 'emptiness'
    this.texture.anisotropicFilteringLevel = 1
    this.texture.wrapU = this.texture.wrapV = this.texture.wrapR = Texture.CLAMP_ADDRESSMODE
  }

  get dims() {
    return this.#ranges.dims
  }

  update(table: TransferTable, texelScale: number): void {
    const visible = visibleBricks(this.#ranges, table, texelScale)
    this.distance = distanceToVisible(visible, this.#ranges.dims)
    this.texture.update(this.distance)
  }

  dispose(): void {
    this.texture.dispose()
  }
}
