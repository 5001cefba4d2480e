import { Constants } from '@babylonjs/core/Engines/constants.js'
import { RawTexture3D } from '@babylonjs/core/Materials/Textures/rawTexture3D.js'
import { Texture } from '@babylonjs/core/Materials/Textures/texture.js'
import type { Scene } from '@babylonjs/core/scene.js'
import { BrickCoder } from '../../shared/volume/brick-codes.ts'
import { writeFaces } from '../../shared/volume/brick-codes-faces.ts'
import { type HeldBricks, heldBricks, noBricks } from '../../shared/volume/brick-codes-held.ts'
import type { BrickRanges } from '../../shared/volume/occupancy.ts'
import { msPerTurn, nextTurn } from './turns.ts'

interface SaidBricks {
  readonly kinds: Uint8Array
  readonly greys: Uint8Array | undefined
}

/**
 * What a ray does in each brick and how far it may go on doing so; and the grey that a brick may
 * bring at most, for projections, or which of its neighbours are like it: a byte each (RG8).
 */
export class BrickTexture {
  readonly texture: RawTexture3D
  readonly ranges: BrickRanges
  /** What a ray does in each brick, on the CPU: for the pointer's ray. */
  readonly codes: Uint8Array
  readonly #coder: BrickCoder
  readonly #pairs: Uint8Array<ArrayBuffer>
  #held: HeldBricks = noBricks
  #said: SaidBricks | undefined
  #coded: Uint8Array | undefined
  #grey = false

  constructor(scene: Scene, ranges: BrickRanges) {
    this.ranges = ranges
    this.codes = new Uint8Array(ranges.low.length)
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

  /** Beyond these bricks there is nothing. */
  get held(): HeldBricks {
    return this.#held
  }

  get bytes(): number {
    return this.#pairs.length
  }

  /**
   * Says what the bricks are; `finish` makes it true. `kinds`: as `brickKinds` and `bricksHolding`
   * answer them, not changed afterwards; `greys`: 0…255.
   */
  update(kinds: Uint8Array, greys?: Uint8Array): void {
    this.#said = { kinds, greys }
  }

  /** At once: what was said last is drawn by the next frame. */
  finish(): void {
    const said = this.#said
    if (!said) return
    const isNew = this.#isNew(said.kinds)
    if (isNew) this.#coder.code(said.kinds)
    this.#show(said, isNew)
  }

  /** A little in a turn. Answers false where something else was said meanwhile. */
  async finishInTurns(): Promise<boolean> {
    const said = this.#said
    if (!said) return true
    const isNew = this.#isNew(said.kinds)
    if (isNew) {
      const steps = this.#coder.coding(said.kinds)
      let startMs = performance.now()
      while (!steps.next().done) {
        if (performance.now() - startMs < msPerTurn) continue
        await nextTurn()
        if (this.#said !== said) return false
        startMs = performance.now()
      }
    }
    this.#show(said, isNew)
    return true
  }

  #isNew(kinds: Uint8Array): boolean {
    return !this.#coded || !sameBytes(kinds, this.#coded)
  }

  #show({ kinds, greys }: SaidBricks, isNew: boolean): void {
    this.#said = undefined
    const pairs = this.#pairs
    if (isNew) {
      this.#coded = kinds
      this.#held = heldBricks(kinds, this.dims)
      this.codes.set(this.#coder.codes)
      for (let n = 0; n < kinds.length; n++) pairs[2 * n] = this.codes[n] as number
    }
    if (greys) for (let n = 0; n < kinds.length; n++) pairs[2 * n + 1] = greys[n] as number
    else if (isNew || this.#grey) writeFaces(pairs, kinds, this.codes, this.dims)
    if (isNew || greys || this.#grey) this.texture.update(pairs)
    this.#grey = greys !== undefined
  }

  dispose(): void {
    this.#said = undefined
    this.texture.dispose()
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  for (let n = 0; n < a.length; n++) if (a[n] !== b[n]) return false
  return true
}
