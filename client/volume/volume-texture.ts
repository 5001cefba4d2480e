import type { AbstractEngine } from '@babylonjs/core/Engines/abstractEngine.js'
import { Constants } from '@babylonjs/core/Engines/constants.js'
import type { Engine } from '@babylonjs/core/Engines/engine.js'
import { RawTexture3D } from '@babylonjs/core/Materials/Textures/rawTexture3D.js'
import { Texture } from '@babylonjs/core/Materials/Textures/texture.js'
import type { Observer } from '@babylonjs/core/Misc/observable.js'
import type { Scene } from '@babylonjs/core/scene.js'
import type { Vec3 } from '../../shared/geometry/transform.ts'

/** Uploading in pieces of this size keeps a frame from waiting for a whole level. */
const bytesPerUpload = 8 * 2 ** 20

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
  #nextSlice = 0
  #disposed = false

  constructor(scene: Scene, dims: Vec3, texels: Uint16Array) {
    this.#engine = scene.getEngine() as Engine
    this.#dims = dims
    this.#texels = texels
    const [ni, nj, nk] = dims
    this.texture = new RawTexture3D(
      null as unknown as ArrayBufferView, // storage only: slices follow piece by piece
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
    this.texture.name = 'volume'
    // Babylon's default of 4 makes software rasterisers read a 3D texture twelve times as slowly.
    this.texture.anisotropicFilteringLevel = 1
    this.texture.wrapU = this.texture.wrapV = this.texture.wrapR = Texture.CLAMP_ADDRESSMODE
    this.#onRestored = this.#engine.onContextRestoredObservable.add(() => {
      this.#nextSlice = 0
      while (this.uploadSome() > 0);
    })
  }

  /** Uploads a bounded piece; answers how many slices are still to come. */
  uploadSome(): number {
    const [ni, nj, nk] = this.#dims
    const internal = this.texture.getInternalTexture()
    if (this.#disposed || !internal) return 0
    const sliceTexels = ni * nj
    const slices = Math.max(1, Math.floor(bytesPerUpload / (2 * sliceTexels)))
    const count = Math.min(slices, nk - this.#nextSlice)
    if (count <= 0) return 0
    const gl = this.#engine._gl
    this.#engine._bindTextureDirectly(gl.TEXTURE_3D, internal, true)
    this.#engine._unpackFlipY(false)
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1)
    gl.texSubImage3D(
      gl.TEXTURE_3D,
      0,
      0,
      0,
      this.#nextSlice,
      ni,
      nj,
      count,
      gl.RED,
      gl.HALF_FLOAT,
      this.#texels,
      this.#nextSlice * sliceTexels,
    )
    this.#engine._bindTextureDirectly(gl.TEXTURE_3D, null)
    this.#nextSlice += count
    return nk - this.#nextSlice
  }

  dispose(): void {
    if (this.#disposed) return
    this.#disposed = true
    this.#engine.onContextRestoredObservable.remove(this.#onRestored)
    this.texture.dispose()
  }
}
