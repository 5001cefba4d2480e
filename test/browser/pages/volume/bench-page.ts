import { Camera } from '@babylonjs/core/Cameras/camera.js'
import { TargetCamera } from '@babylonjs/core/Cameras/targetCamera.js'
import { Engine } from '@babylonjs/core/Engines/engine.js'
import { StandardMaterial } from '@babylonjs/core/Materials/standardMaterial.js'
import { Color3, Color4 } from '@babylonjs/core/Maths/math.color.js'
import { Vector3 } from '@babylonjs/core/Maths/math.vector.js'
import { Viewport } from '@babylonjs/core/Maths/math.viewport.js'
import { CreateSphere } from '@babylonjs/core/Meshes/Builders/sphereBuilder.js'
import { Scene } from '@babylonjs/core/scene.js'
import {
  type ClippingPlane,
  createVolumeRenderer,
  openStreamedVolume,
  placeInWorld,
  type StreamedVolumeProgress,
  type VolumeRenderer,
  type VolumeRendererOptions,
  type VolumeSource,
} from '../../../../client/volume/index.ts'
import { transform, type Vec3 } from '../../../../shared/geometry/transform.ts'
import type { VolumeManifest } from '../../../../shared/volume/manifest.ts'
import { presetById } from '../../../../shared/volume/presets.ts'
import type { ValueWindow } from '../../../../shared/volume/transfer-function.ts'

/** A camera in world metres. Orthographic where `heightM` is given. */
export interface View {
  readonly eye: Vec3
  readonly target: Vec3
  readonly up: Vec3
  readonly heightM?: number
  readonly fovRadians?: number
}

export interface Voxels extends Omit<VolumeSource, 'data'> {
  readonly type: 'int16' | 'uint16' | 'uint8' | 'float32'
  /** Base64 of the voxels, or the address of a file that holds them. */
  readonly base64?: string
  readonly url?: string
}

export interface VolumeRequest {
  readonly voxels: Voxels
  readonly options?: Omit<VolumeRendererOptions, 'preset'> & { presetId?: string }
  readonly worldFromPatient?: readonly number[]
}

export interface Picture {
  readonly width: number
  readonly height: number
  /** RGBA, rows from the top, base64. */
  readonly base64: string
}

/** Milliseconds from voxels in memory; the first frame is of a level of `firstDims`. */
export interface FirstFrame {
  readonly firstMs: number
  readonly firstDims: Vec3
  /** To a frame of all voxels. */
  readonly wholeMs: number
}

/** What tests drive: one scene, one volume at a time. */
class VolumeBench {
  readonly #engine: Engine
  readonly #canvas: HTMLCanvasElement
  #scene: Scene
  #renderer: VolumeRenderer | undefined
  readonly progress: StreamedVolumeProgress[] = []
  changes = 0

  constructor() {
    this.#canvas = document.querySelector('canvas') as HTMLCanvasElement
    this.#engine = new Engine(this.#canvas, false, { preserveDrawingBuffer: true })
    this.#scene = this.#newScene(true)
  }

  #newScene(rightHanded: boolean): Scene {
    const scene = new Scene(this.#engine)
    scene.useRightHandedSystem = rightHanded
    scene.clearColor = new Color4(0, 0, 0, 1)
    return scene
  }

  async load(request: VolumeRequest): Promise<void> {
    await (await this.open(request)).ready
  }

  async open({ voxels, options = {}, worldFromPatient }: VolumeRequest): Promise<VolumeRenderer> {
    this.clear()
    const { presetId, ...rest } = options
    const preset = presetId ? presetById(presetId) : undefined
    this.#renderer = await createVolumeRenderer(this.#scene, await sourceOf(voxels), {
      ...rest,
      ...(preset && { preset }),
    })
    this.#adopt(this.#renderer, worldFromPatient)
    return this.#renderer
  }

  async stream(manifest: VolumeManifest, zarrUrl: string, headers: Record<string, string> = {}) {
    this.clear()
    this.progress.length = 0
    this.#renderer = await openStreamedVolume(this.#scene, {
      manifest,
      zarrUrl: new URL(zarrUrl, location.href).href,
      headers: () => headers,
      onProgress: (progress) => this.progress.push(progress),
    })
    this.#adopt(this.#renderer)
  }

  #adopt(renderer: VolumeRenderer, worldFromPatient?: readonly number[]): void {
    const metres = [0.001, 0, 0, 0, 0, 0, 0.001, 0, 0, -0.001, 0, 0, 0, 0, 0, 1]
    placeInWorld(renderer.root, transform(worldFromPatient ?? metres))
    renderer.onChange.add(() => {
      this.changes++
    })
  }

  clear(): void {
    this.#renderer?.dispose()
    this.#renderer = undefined
    this.#scene.dispose()
    this.#scene = this.#newScene(true)
    this.changes = 0
  }

  get renderer(): VolumeRenderer {
    if (!this.#renderer) throw new Error('no volume was loaded')
    return this.#renderer
  }

  setPlanes(planes: readonly ClippingPlane[]): void {
    this.renderer.setClippingPlanes(planes)
  }

  setPreset(presetId: string, window?: ValueWindow): void {
    const preset = presetById(presetId)
    if (!preset) throw new Error(`no preset ${presetId}`)
    this.renderer.setPreset(preset, window)
  }

  addSphere(centre: Vec3, diameterM: number, [r, g, b]: Vec3): void {
    const sphere = CreateSphere('sphere', { diameter: diameterM, segments: 24 }, this.#scene)
    sphere.position = vector(centre)
    const material = new StandardMaterial('sphere', this.#scene)
    material.disableLighting = true
    material.emissiveColor = new Color3(r, g, b)
    sphere.material = material
  }

  look(view: View, size: number | [number, number]): void {
    const [width, height] = typeof size === 'number' ? [size, size] : size
    this.#engine.setSize(width, height)
    this.#scene.activeCameras = []
    this.#scene.activeCamera?.dispose()
    this.#scene.activeCamera = this.#camera(view, width / height)
  }

  /** Two eyes, each in its half of a target twice as wide. */
  async drawForTwo(views: readonly [View, View], size: number, frames: number): Promise<Picture> {
    this.#engine.setSize(2 * size, size)
    this.#scene.activeCamera?.dispose()
    const cameras = views.map((view, n) => {
      const camera = this.#camera(view, 1)
      camera.viewport = new Viewport(n / 2, 0, 0.5, 1)
      return camera
    })
    this.#scene.activeCameras = cameras
    let picture = await this.frame()
    for (let n = 1; n < frames; n++) picture = await this.frame()
    return picture
  }

  #camera({ eye, target, up, heightM, fovRadians }: View, aspect: number): TargetCamera {
    const camera = new TargetCamera('eye', vector(eye), this.#scene)
    camera.upVector = vector(up)
    camera.setTarget(vector(target))
    camera.minZ = 0.01
    camera.maxZ = 20
    if (fovRadians) camera.fov = fovRadians
    if (heightM) {
      camera.mode = Camera.ORTHOGRAPHIC_CAMERA
      const half = { x: (heightM * aspect) / 2, y: heightM / 2 }
      camera.orthoLeft = -half.x
      camera.orthoRight = half.x
      camera.orthoBottom = -half.y
      camera.orthoTop = half.y
    }
    return camera
  }

  async draw(view: View, size: number | [number, number]): Promise<Picture> {
    this.look(view, size)
    return this.frame()
  }

  /** Draws one frame and waits until the GPU has finished it. */
  async frame(): Promise<Picture> {
    await this.#scene.whenReadyAsync()
    this.#engine.beginFrame()
    this.#scene.render()
    this.#engine.endFrame()
    const [width, height] = [this.#engine.getRenderWidth(), this.#engine.getRenderHeight()]
    const upward = new Uint8Array(
      (await this.#engine.readPixels(0, 0, width, height)).buffer as ArrayBuffer,
    )
    const downward = new Uint8Array(upward.length)
    for (let y = 0; y < height; y++) {
      const row = upward.subarray(4 * width * (height - 1 - y), 4 * width * (height - y))
      downward.set(row, 4 * width * y)
    }
    return { width, height, base64: base64Of(downward) }
  }

  /** Milliseconds for a frame, the GPU's work included and reading the picture back. */
  async timeFrame(): Promise<number> {
    const start = performance.now()
    await this.frame()
    return performance.now() - start
  }

  /** Milliseconds for a frame of a scene that is ready, the GPU's work included and nothing else. */
  timeDrawing(): number {
    const start = performance.now()
    this.#engine.beginFrame()
    this.#scene.render()
    this.#engine.endFrame()
    this.#engine.restoreDefaultFramebuffer()
    const gl = this.#engine._gl
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4))
    return performance.now() - start
  }

  /** What is awaited from voxels in memory to frames that the GPU has drawn. */
  async timeFirstFrame(request: VolumeRequest, view: View, size: number): Promise<FirstFrame> {
    await bytesOf(request.voxels)
    const start = performance.now()
    const renderer = await this.open(request)
    this.look(view, size)
    await this.#scene.whenReadyAsync()
    this.timeDrawing()
    const firstMs = performance.now() - start
    const firstDims = renderer.levelDims ?? [0, 0, 0]
    await renderer.ready
    this.timeDrawing()
    return { firstMs, firstDims, wholeMs: performance.now() - start }
  }

  /** Draws frames, as an on-demand page does, until the picture is final. */
  async settle(): Promise<Picture> {
    let picture = await this.frame()
    while (!this.renderer.settled) {
      await new Promise<void>((resolve) => this.renderer.onChange.addOnce(() => resolve()))
      picture = await this.frame()
    }
    return picture
  }

  refusal(): Promise<string> {
    const scene = this.#newScene(false)
    const source = { dims: [2, 2, 2] as Vec3, data: new Int16Array(8) }
    return createVolumeRenderer(scene, source).then(
      () => 'accepted',
      (error: Error) => error.message,
    )
  }

  async loseContext(): Promise<void> {
    const gl = this.#engine._gl
    const extension = gl.getExtension('WEBGL_lose_context')
    const restored = new Promise<void>((resolve) => {
      this.#engine.onContextRestoredObservable.addOnce(() => resolve())
    })
    const lost = new Promise<void>((resolve) => {
      this.#engine.onContextLostObservable.addOnce(() => resolve())
    })
    extension?.loseContext()
    await lost
    // A context can be restored once the event of its loss has run its course.
    await new Promise<void>((resolve) => setTimeout(resolve))
    extension?.restoreContext()
    await restored
  }
}

const vector = ([x, y, z]: Vec3) => new Vector3(x, y, z)

function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  }
  return btoa(text)
}

async function sourceOf({ type, base64, url, ...rest }: Voxels): Promise<VolumeSource> {
  const bytes = await bytesOf({ ...(base64 && { base64 }), ...(url && { url }) })
  const kinds = { int16: Int16Array, uint16: Uint16Array, uint8: Uint8Array, float32: Float32Array }
  return { ...rest, data: new kinds[type](bytes) }
}

/** What was fetched last is kept: the same voxels are drawn in many ways. */
let fetched: { url: string; bytes: ArrayBuffer } | undefined

export async function bytesOf({
  base64,
  url,
}: Pick<Voxels, 'base64' | 'url'>): Promise<ArrayBuffer> {
  if (!url) return Uint8Array.from(atob(base64 ?? ''), (letter) => letter.charCodeAt(0)).buffer
  if (fetched?.url !== url || fetched.bytes.detached) {
    fetched = undefined
    fetched = { url, bytes: await (await fetch(url)).arrayBuffer() }
  }
  return fetched.bytes
}

export type { VolumeBench }

const bench = new VolumeBench()
Object.assign(window, { bench })
