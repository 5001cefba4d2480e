import type { FractionMap } from '../../../shared/volume/surface.ts'
import type { SegmentSurface } from '../../../shared/volume/surface-label.ts'
import type { MakeSurface, SurfaceMessage } from './surface-messages.ts'

interface Waiting {
  readonly resolve: (surface: SegmentSurface | undefined) => void
  readonly reject: (error: Error) => void
}

const outOfMemory = 'This device has too little memory for this segment.'

/** The page's end of the surface worker, which is started by the first surface. */
export class SurfaceMaker {
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | undefined
  #requests = 0

  /** Takes the map's voxels away. Undefined where no voxel is at least half full. */
  make({ dims, patientFromVoxel, data }: FractionMap): Promise<SegmentSurface | undefined> {
    const request = ++this.#requests
    const worker = this.#worker ?? this.#start()
    return new Promise((resolve, reject) => {
      this.#waiting.set(request, { resolve, reject })
      const asked: MakeSurface = { request, map: { dims, patientFromVoxel, data } }
      worker.postMessage(asked, data.buffer instanceof ArrayBuffer ? [data.buffer] : [])
    })
  }

  dispose(): void {
    this.#worker?.terminate()
    this.#worker = undefined
    this.#giveUp('The segment is no longer wanted.')
  }

  #start(): Worker {
    const worker = new Worker(new URL('./surface-worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<SurfaceMessage>) => {
      const waiting = this.#waiting.get(data.request)
      this.#waiting.delete(data.request)
      if (data.state === 'made') waiting?.resolve(data.surface)
      else waiting?.reject(new Error(outOfMemory))
    }
    worker.onerror = () => {
      worker.terminate()
      if (this.#worker === worker) this.#worker = undefined
      this.#giveUp(outOfMemory)
    }
    this.#worker = worker
    return worker
  }

  #giveUp(message: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(message))
    this.#waiting.clear()
  }
}
