import { Constants } from '@babylonjs/core/Engines/constants.js'
import { RawTexture3D } from '@babylonjs/core/Materials/Textures/rawTexture3D.js'
import { Texture } from '@babylonjs/core/Materials/Textures/texture.js'
import type { Scene } from '@babylonjs/core/scene.js'
import { brickCodes } from '../../shared/volume/brick-codes.ts'
import type { BrickRanges } from '../../shared/volume/occupancy.ts'

/**
 * What a ray does in each brick and how far it may go on doing so, and the grey that a brick may
 * bring at most, for projections: a byte each (RG8).
 */
export class BrickTexture {
  readonly texture: RawTexture3D
  readonly ranges: BrickRanges
  readonly #pairs: Uint8Array<ArrayBuffer>
  /** The same on the CPU, for the pointer's ray. */
  codes: Uint8Array

  constructor(scene: Scene, ranges: BrickRanges) {
    this.ranges = ranges
    this.codes = new Uint8Array(ranges.low.length)
    const [bi, bj, bk] = ranges.dims
    this.#pairs = new Uint8Array(2 * this.codes.length)
    this.texture = new RawTexture3D(
      this.#pairs,
      bi,
      bj,
      bk,
      Constants.TEXTUREFORMAT_RG,
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
    return this.#pairs.length
  }

  /** `kinds`: as `brickKinds` and `bricksHolding` answer them; `greys`: 0…255. */
  update(kinds: Uint8Array, greys?: Uint8Array): void {
    this.codes = brickCodes(kinds, this.ranges.dims)
    for (let n = 0; n < kinds.length; n++) {
      this.#pairs[2 * n] = this.codes[n] as number
      this.#pairs[2 * n + 1] = greys?.[n] ?? 0
    }
    this.texture.update(this.#pairs)
  }

  dispose(): void {
    this.texture.dispose()
  }
}
