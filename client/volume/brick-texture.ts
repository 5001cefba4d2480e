import { Constants } from '@babylonjs/core/Engines/constants.js'
import { RawTexture3D } from '@babylonjs/core/Materials/Textures/rawTexture3D.js'
import { Texture } from '@babylonjs/core/Materials/Textures/texture.js'
import type { Scene } from '@babylonjs/core/scene.js'
import { BrickCoder } from '../../shared/volume/brick-codes.ts'
import type { BrickRanges } from '../../shared/volume/occupancy.ts'

/**
 * What a ray does in each brick and how far it may go on doing so, and the grey that a brick may
 * bring at most, for projections: a byte each (RG8).
 */
export class BrickTexture {
  readonly texture: RawTexture3D
  readonly ranges: BrickRanges
  readonly #coder: BrickCoder
  readonly #pairs: Uint8Array<ArrayBuffer>
  #kinds: Uint8Array | undefined
  #grey = false

  constructor(scene: Scene, ranges: BrickRanges) {
    this.ranges = ranges
    this.#coder = new BrickCoder(ranges.dims)
    const [bi, bj, bk] = ranges.dims
    this.#pairs = new Uint8Array(2 * ranges.low.length)
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

  /** What a ray does in each brick, on the CPU: for the pointer's ray. */
  get codes(): Uint8Array {
    return this.#coder.codes
  }

  /** `kinds`: as `brickKinds` and `bricksHolding` answer them, not changed afterwards; `greys`: 0…255. */
  update(kinds: Uint8Array, greys?: Uint8Array): void {
    const pairs = this.#pairs
    const isNew = !this.#kinds || !sameBytes(kinds, this.#kinds)
    if (isNew) {
      const codes = this.#coder.code(kinds)
      for (let n = 0; n < codes.length; n++) pairs[2 * n] = codes[n] as number
      this.#kinds = kinds
    }
    const regrey = greys !== undefined || this.#grey
    if (regrey) {
      for (let n = 0; n < kinds.length; n++) pairs[2 * n + 1] = greys ? (greys[n] as number) : 0
      this.#grey = greys !== undefined
    }
    if (isNew || regrey) this.texture.update(pairs)
  }

  dispose(): void {
    this.texture.dispose()
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  for (let n = 0; n < a.length; n++) if (a[n] !== b[n]) return false
  return true
}
