import type { AbstractEngine } from '@babylonjs/core/Engines/abstractEngine.js'
import { Constants } from '@babylonjs/core/Engines/constants.js'
import type { Engine } from '@babylonjs/core/Engines/engine.js'
import { RawTexture3D } from '@babylonjs/core/Materials/Textures/rawTexture3D.js'
import { Texture } from '@babylonjs/core/Materials/Textures/texture.js'
import type { Observer } from '@babylonjs/core/Misc/observable.js'
import type { Scene } from '@babylonjs/core/scene.js'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { GpuFence } from './gpu-fence.ts'
import { bytesPerTurn, nextTask, nextTurn } from './turns.ts'
import type { ResidentLevel } from './volume-level.ts'

/** Without a frame for so long there is nothing that would stutter. */
const noFramesMs = 250

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
  readonly #level: ResidentLevel
  readonly #onRestored: Observer<AbstractEngine> | null
  #filled = false
  #refused = false
  /** A new one ends the one before. */
  #filling = {}
  #disposed = false

  /** `onRestored`: the context was lost, and what was lost with it is there again, or is refused. */
  constructor(scene: Scene, level: ResidentLevel, onRestored: (end: 'filled' | 'refused') => void) {
    this.#engine = scene.getEngine() as Engine
    this.#level = level
    const [ni, nj, nk] = level.dims
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
    this.texture.name = 'volume'
    // Babylon's default of 4 makes software rasterisers read a 3D texture twelve times as slowly.
    this.texture.anisotropicFilteringLevel = 1
    this.texture.wrapU = this.texture.wrapV = this.texture.wrapR = Texture.CLAMP_ADDRESSMODE
    this.#onRestored = this.#engine.onContextRestoredObservable.add(() => {
      this.fill().then(
        (end) => end === 'filled' && onRestored(end),
        () => onRestored('refused'),
      )
    })
  }

  get bytes(): number {
    const [ni, nj, nk] = this.#level.dims
    return 2 * ni * nj * nk
  }

  /** All texels are on the GPU: until then the texture holds zeros. */
  get filled(): boolean {
    return this.#filled
  }

  /**
   * Uploads everything, as it comes, in bounded parts: one in a frame while frames are drawn, else one
   * after another. Throws a TextureRefusedError where the GPU does not take it, and what the level's
   * `until` throws.
   */
  async fill(): Promise<'filled' | 'given up'> {
    const filling = {}
    this.#filling = filling
    this.#filled = false
    const { dims, texels, until } = this.#level
    if (this.#refused) throw new TextureRefusedError(dims)
    const [ni, nj, nk] = dims
    const slices = Math.max(1, Math.floor(bytesPerTurn / (2 * ni * nj)))
    let frame = this.#engine.frameId
    let frameMs = -Infinity
    for (let k = 0; k < nk; k += slices) {
      if (frame !== this.#engine.frameId) {
        frame = this.#engine.frameId
        frameMs = performance.now()
      }
      if (k > 0) await (performance.now() - frameMs < noFramesMs ? nextTurn() : nextTask())
      await until?.(k + slices)
      if (this.#disposed || this.#filling !== filling) return 'given up'
      const part = texels.subarray(k * ni * nj, (k + slices) * ni * nj)
      this.#upload([0, 0, k], [ni, nj, Math.min(slices, nk - k)], part)
      if (k > 0) continue
      // Memory may be found only when it is first written to.
      this.#refused = await this.#isRefused()
      if (this.#refused) throw new TextureRefusedError(dims)
    }
    if (this.#disposed || this.#filling !== filling) return 'given up'
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

  /**
   * Errors are asked for when the GPU has come so far: to ask earlier is to wait for all that it
   * draws. A lost context is not a refusal: it comes back, and is filled again.
   */
  async #isRefused(): Promise<boolean> {
    await new Promise((resolve) => new GpuFence(this.#engine).whenDone(0, resolve))
    const gl = this.#engine._gl
    const error = gl.getError()
    return error === gl.OUT_OF_MEMORY || error === gl.INVALID_VALUE
  }

  dispose(): void {
    if (this.#disposed) return
    this.#disposed = true
    this.#engine.onContextRestoredObservable.remove(this.#onRestored)
    this.texture.dispose()
  }
}
