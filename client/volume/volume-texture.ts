import type { AbstractEngine } from '@babylonjs/core/Engines/abstractEngine.js'
import { Constants } from '@babylonjs/core/Engines/constants.js'
import type { Engine } from '@babylonjs/core/Engines/engine.js'
import { RawTexture3D } from '@babylonjs/core/Materials/Textures/rawTexture3D.js'
import { Texture } from '@babylonjs/core/Materials/Textures/texture.js'
import type { Observer } from '@babylonjs/core/Misc/observable.js'
import type { Scene } from '@babylonjs/core/scene.js'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { bytesPerTurn, nextTurn } from './turns.ts'

/** The GPU takes no texture of this size: too large, or its memory is full. */
export class TextureRefusedError extends Error {
  constructor([ni, nj, nk]: Vec3) {
    super(`The graphics memory is full: ${ni}×${nj}×${nk} voxels do not fit.`)
  }
}

/**
 * A level's texels on the GPU: R16F, linear, clamped. It keeps the texels, to fill the texture
 * again after the context was lost.
 */
export class VolumeTexture {
  readonly texture: RawTexture3D
  readonly #engine: Engine
  readonly #dims: Vec3
  readonly #texels: Uint16Array
  readonly #onRestored: Observer<AbstractEngine> | null
  #filled = false
  #refused: boolean
  /** A new one ends the one before. */
  #filling = {}
  #disposed = false

  /** `onRefilled`: the context was lost, and what was lost with it is there again. */
  constructor(scene: Scene, dims: Vec3, texels: Uint16Array, onRefilled?: () => void) {
    this.#engine = scene.getEngine() as Engine
    this.#dims = dims
    this.#texels = texels
    const [ni, nj, nk] = dims
    forgetErrors(this.#engine._gl)
    this.texture = new RawTexture3D(
      null as unknown as ArrayBufferView, // storage only: the texels follow piece by piece
      ni,
      nj,
      nk,
      Constants.TEXTUREFORMAT_R,
      scene,
      false,
      false,
      Texture.BILINEAR_SAMPLINGMODE,
      Constants.TEXTURETYPE_HALF_FLOAT,
    )
    this.#refused = this.#hasFailed()
    this.texture.name = 'volume'
    // Babylon's default of 4 makes software rasterisers read a 3D texture twelve times as slowly.
    this.texture.anisotropicFilteringLevel = 1
    this.texture.wrapU = this.texture.wrapV = this.texture.wrapR = Texture.CLAMP_ADDRESSMODE
    this.#onRestored = this.#engine.onContextRestoredObservable.add(() => {
      // A refusal now leaves the texture empty and unseen; the next level that is shown says so.
      void this.fill().then(
        (end) => end === 'filled' && onRefilled?.(),
        () => undefined,
      )
    })
  }

  get bytes(): number {
    const [ni, nj, nk] = this.#dims
    return 2 * ni * nj * nk
  }

  /** All texels are on the GPU: until then the texture holds zeros. */
  get filled(): boolean {
    return this.#filled
  }

  /**
   * Uploads everything, a bounded part in a turn. Throws a TextureRefusedError where the GPU does not
   * take it.
   */
  async fill(): Promise<'filled' | 'given up'> {
    const filling = {}
    this.#filling = filling
    this.#filled = false
    if (this.#refused) throw new TextureRefusedError(this.#dims)
    const [ni, nj, nk] = this.#dims
    const slices = Math.max(1, Math.floor(bytesPerTurn / (2 * ni * nj)))
    for (let k = 0; k < nk; k += slices) {
      if (k > 0) await nextTurn()
      if (this.#disposed || this.#filling !== filling) return 'given up'
      const part = this.#texels.subarray(k * ni * nj, (k + slices) * ni * nj)
      this.#upload([0, 0, k], [ni, nj, Math.min(slices, nk - k)], part)
      // Memory may be found only when it is first written to.
      if (k === 0 && this.#hasFailed()) {
        this.#refused = true
        throw new TextureRefusedError(this.#dims)
      }
    }
    this.#filled = true
    return 'filled'
  }

  /** Replaces a box of texels; they are in the level's own already. */
  put(at: Vec3, dims: Vec3, texels: Uint16Array): void {
    if (!this.#disposed) this.#upload(at, dims, texels)
  }

  #upload([i, j, k]: Vec3, [ni, nj, nk]: Vec3, texels: Uint16Array): void {
    const internal = this.texture.getInternalTexture()
    if (!internal) return
    const gl = this.#engine._gl
    this.#engine._bindTextureDirectly(gl.TEXTURE_3D, internal, true)
    this.#engine._unpackFlipY(false)
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1)
    gl.texSubImage3D(gl.TEXTURE_3D, 0, i, j, k, ni, nj, nk, gl.RED, gl.HALF_FLOAT, texels)
    this.#engine._bindTextureDirectly(gl.TEXTURE_3D, null)
  }

  /** A lost context is not a refusal: it comes back, and is filled again. */
  #hasFailed(): boolean {
    const gl = this.#engine._gl
    const error = gl.getError()
    return error !== gl.NO_ERROR && error !== gl.CONTEXT_LOST_WEBGL
  }

  dispose(): void {
    if (this.#disposed) return
    this.#disposed = true
    this.#engine.onContextRestoredObservable.remove(this.#onRestored)
    this.texture.dispose()
  }
}

/** Somebody else's, from before. A lost context tells of errors without end. */
function forgetErrors(gl: WebGL2RenderingContext): void {
  for (let n = 0; n < 8; n++) {
    const error = gl.getError()
    if (error === gl.NO_ERROR || error === gl.CONTEXT_LOST_WEBGL) return
  }
}
