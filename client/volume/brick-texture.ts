import { Constants } from '@babylonjs/core/Engines/constants.js'
import { RawTexture3D } from '@babylonjs/core/Materials/Textures/rawTexture3D.js'
import { Texture } from '@babylonjs/core/Materials/Textures/texture.js'
import type { Scene } from '@babylonjs/core/scene.js'
import { brickCodes } from '../../shared/volume/brick-codes.ts'
import type { BrickRanges } from '../../shared/volume/occupancy.ts'

/** What a ray does in each brick, and how far it may go on doing so: a byte each (R8). */
export class BrickTexture {
  readonly texture: RawTexture3D
  readonly ranges: BrickRanges
  /** The same on the CPU, for the pointer's ray. */
  codes: Uint8Array

  constructor(scene: Scene, ranges: BrickRanges) {
    this.ranges = ranges
    this.codes = new Uint8Array(ranges.low.length)
    const [bi, bj, bk] = ranges.dims
    this.texture = new RawTexture3D(
      this.codes,
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
    this.texture.name = 'bricks'
    this.texture.anisotropicFilteringLevel = 1
    this.texture.wrapU = this.texture.wrapV = this.texture.wrapR = Texture.CLAMP_ADDRESSMODE
  }

  get dims() {
    return this.ranges.dims
  }

  get bytes(): number {
    return this.codes.length
  }

  /** `kinds`: as `brickKinds` and `bricksHolding` answer them. */
  update(kinds: Uint8Array): void {
    const codes = brickCodes(kinds, this.ranges.dims)
    this.codes = codes
    this.texture.update(codes)
  }

  dispose(): void {
    this.texture.dispose()
  }
}
