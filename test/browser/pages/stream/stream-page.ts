import { TargetCamera } from '@babylonjs/core/Cameras/targetCamera.js'
import { Engine } from '@babylonjs/core/Engines/engine.js'
import { Color4 } from '@babylonjs/core/Maths/math.color.js'
import { Vector3 } from '@babylonjs/core/Maths/math.vector.js'
import { Scene } from '@babylonjs/core/scene.js'
import { GpuFence } from '../../../../client/volume/gpu-fence.ts'
import {
  openStreamedVolume,
  placeInWorld,
  type StreamedVolume,
  type StreamedVolumeProgress,
} from '../../../../client/volume/index.ts'
import { KeptVolume, keepVolume } from '../../../../client/voxels/kept-volume.ts'
import { type OpenVoxels, openVoxels } from '../../../../client/voxels/open-voxels.ts'
import { transform, type Vec3 } from '../../../../shared/geometry/transform.ts'
import type { VolumeManifest } from '../../../../shared/volume/manifest.ts'

export interface StreamRequest {
  readonly manifest: VolumeManifest
  readonly zarrUrl: string
  readonly sizePixels: number
  readonly budgetBytes?: number
  /** Between the camera and the middle of the volume. */
  readonly distanceM: number
  /** Turned a little with every frame. */
  readonly turning: boolean
  /** What it ends with: the first picture, or the finest level. Default the latter. */
  readonly until?: 'first picture' | 'whole'
}

/** What a stretch of streaming was like for the page, ms. */
export interface Streamed {
  readonly said: readonly StreamedVolumeProgress[]
  /** From the asking to the first picture that the GPU has finished. */
  readonly firstPictureMs: number
  readonly finishedMs: number
  readonly networkBytes: number
  /** Between one frame and the next, after the first picture. */
  readonly framesMs: readonly number[]
  /** Tasks of 50 ms and more, after the first picture. */
  readonly longTasksMs: readonly number[]
  /** Of the GPU, over the level that is shown or takes its place, at the worst. */
  readonly gpuRatio: number
}

/** What tests and benches drive: one volume on its way to the screen. */
class StreamBench {
  readonly #engine: Engine
  readonly #fence: GpuFence
  readonly #scene: Scene
  readonly #camera: TargetCamera
  #voxels: OpenVoxels | undefined
  #volume: StreamedVolume | undefined
  readonly said: StreamedVolumeProgress[] = []

  constructor() {
    const canvas = document.querySelector('canvas') as HTMLCanvasElement
    this.#engine = new Engine(canvas, false)
    this.#fence = new GpuFence(this.#engine)
    this.#scene = new Scene(this.#engine)
    this.#scene.useRightHandedSystem = true
    this.#scene.clearColor = new Color4(0, 0, 0, 1)
    this.#camera = new TargetCamera('eye', new Vector3(0, 0, 1), this.#scene)
    this.#camera.minZ = 0.01
  }

  voxels(manifest: VolumeManifest, zarrUrl: string, cache = true): OpenVoxels {
    this.close()
    this.#voxels = openVoxels({
      manifest,
      zarrUrl: new URL(zarrUrl, location.href).href,
      headers: () => ({}),
      cache,
    })
    return this.#voxels
  }

  get volume(): StreamedVolume {
    if (!this.#volume) throw new Error('no volume was opened')
    return this.#volume
  }

  /** Opens a volume and draws until it is whole, or its loading has failed. */
  async stream(request: StreamRequest): Promise<Streamed> {
    const { manifest, zarrUrl, sizePixels, budgetBytes, distanceM, turning } = request
    const { until = 'whole' } = request
    this.#engine.setSize(sizePixels, sizePixels)
    this.said.length = 0
    const startMs = performance.now()
    const voxels = this.voxels(manifest, zarrUrl)
    let last: StreamedVolumeProgress | undefined
    const volume = await openStreamedVolume(this.#scene, {
      voxels,
      ...(budgetBytes && { budgetBytes }),
      onProgress: (progress) => {
        last = progress
        this.said.push(progress)
      },
    })
    this.#volume = volume
    const ended = () =>
      until === 'first picture' || last?.state === 'ready' || last?.state === 'failed'
    this.#place(volume, manifest)
    let degrees = 0
    const frame = () => {
      const angle = (degrees * Math.PI) / 180
      this.#camera.position.set(distanceM * Math.sin(angle), 0.1, distanceM * Math.cos(angle))
      this.#camera.setTarget(Vector3.Zero())
      if (turning) degrees += 1.5
      this.#engine.beginFrame()
      this.#scene.render()
      this.#engine.endFrame()
    }
    frame()
    await this.#engine.readPixels(0, 0, 1, 1)
    const firstPictureMs = performance.now() - startMs
    const framesMs: number[] = []
    const longTasksMs: number[] = []
    const observer = new PerformanceObserver((list) => {
      for (const { duration, startTime } of list.getEntries()) {
        if (startTime > startMs + firstPictureMs) longTasksMs.push(duration)
      }
    })
    observer.observe({ type: 'longtask' })
    let gpuRatio = 0
    let finishedMs = Number.NaN
    void volume.finished.then(() => {
      finishedMs = performance.now() - startMs
    })
    let beforeMs = performance.now()
    while (!ended()) {
      await new Promise(requestAnimationFrame)
      frame()
      await this.#drawn()
      const nowMs = performance.now()
      framesMs.push(nowMs - beforeMs)
      beforeMs = nowMs
      gpuRatio = Math.max(gpuRatio, this.#gpuRatio(volume, manifest))
    }
    if (until === 'whole') await volume.finished
    for (const { duration } of observer.takeRecords()) longTasksMs.push(duration)
    observer.disconnect()
    return {
      said: this.said,
      firstPictureMs,
      finishedMs: finishedMs || performance.now() - startMs,
      networkBytes: voxels.networkBytes,
      framesMs,
      longTasksMs,
      gpuRatio,
    }
  }

  /** As a browser that shows its frames: no frame is begun before the one before is drawn. */
  #drawn(): Promise<number> {
    return new Promise((resolve) => this.#fence.whenDone(performance.now(), resolve))
  }

  /** Of the levels whose texels these bytes can be, the finest is the one shown or coming. */
  #gpuRatio(volume: StreamedVolume, { levels }: VolumeManifest): number {
    const sizes = levels.map(({ dims: [i, j, k] }) => 2 * i * j * k)
    const finest = sizes.find((bytes) => bytes <= volume.gpuBytes)
    return finest ? volume.gpuBytes / finest : 0
  }

  #place({ root }: StreamedVolume, { dims, patientFromVoxel: m }: VolumeManifest): void {
    const middle = [0, 1, 2].map(
      (row) =>
        m[4 * row + 3]! +
        dims.reduce((sum, count, axis) => sum + (m[4 * row + axis]! * (count - 1)) / 2, 0),
    ) as unknown as Vec3
    const [x, y, z] = middle.map((mm) => mm / 1000) as [number, number, number]
    placeInWorld(root, transform([0.001, 0, 0, -x, 0, 0, 0.001, -z, 0, -0.001, 0, y, 0, 0, 0, 1]))
  }

  /** A turn of the camera without anything coming: what frames take by themselves. */
  async turn(frames: number): Promise<number[]> {
    const framesMs: number[] = []
    let beforeMs = performance.now()
    for (let n = 0; n < frames; n++) {
      await new Promise(requestAnimationFrame)
      const angle = (n * 1.5 * Math.PI) / 180
      const far = this.#camera.position.length()
      this.#camera.position.set(far * Math.sin(angle), 0.1, far * Math.cos(angle))
      this.#camera.setTarget(Vector3.Zero())
      this.#engine.beginFrame()
      this.#scene.render()
      this.#engine.endFrame()
      await this.#drawn()
      const nowMs = performance.now()
      framesMs.push(nowMs - beforeMs)
      beforeMs = nowMs
    }
    return framesMs
  }

  close(): void {
    this.#volume?.dispose()
    this.#voxels?.dispose()
    this.#volume = undefined
    this.#voxels = undefined
  }

  /** Keeps bytes for a volume as a worker does; answers what is kept of it afterwards. */
  async keep(zarrUrl: string, mostBytes: number, sizes: readonly number[]): Promise<boolean[]> {
    const kept = await this.kept(zarrUrl, mostBytes)
    for (const [n, size] of sizes.entries()) kept.write(`/0/c/0/0/${n}`, new Uint8Array(size))
    await kept.settled()
    return this.isKept(zarrUrl, sizes.length)
  }

  async isKept(zarrUrl: string, count: number): Promise<boolean[]> {
    const name = `caseroom-volume ${new URL(zarrUrl, location.href).href}`
    if (!(await caches.has(name))) return Array.from({ length: count }, () => false)
    const cache = await caches.open(name)
    const keys = Array.from({ length: count }, (_, n) => `${zarrUrl}/0/c/0/0/${n}`)
    return Promise.all(keys.map(async (key) => (await cache.match(key)) !== undefined))
  }

  async kept(zarrUrl: string, mostBytes?: number): Promise<KeptVolume> {
    const url = new URL(zarrUrl, location.href).href
    const kept = await keepVolume(url, mostBytes === undefined ? undefined : { mostBytes })
    if (!(kept instanceof KeptVolume)) throw new Error('this browser keeps nothing')
    return kept
  }
}

export type { StreamBench }

declare global {
  interface Window {
    streamBench: StreamBench
  }
}

window.streamBench = new StreamBench()
// What `openVolumePage` waits for.
Object.assign(window, { bench: window.streamBench })
