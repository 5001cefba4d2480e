import type { TexelEncoding } from '../../shared/volume/half-float.ts'
import type { LevelPiece } from '../voxels/level-piece.ts'
import type { Slab } from './slab.ts'

const workerCount = 2

interface SlabWorker {
  readonly worker: Worker
  /** What was asked of it, in its order. */
  readonly asked: PromiseWithResolvers<LevelPiece>[]
}

/** Encodes slabs off the page. What is under way when it is disposed is never answered. */
export class SlabWorkers {
  readonly #workers: SlabWorker[] = []
  #failed = false

  constructor(encoding: TexelEncoding) {
    try {
      while (this.#workers.length < workerCount) this.#workers.push(this.#begin(encoding))
    } catch {
      this.#failed = true // the page may have none
    }
  }

  #begin(encoding: TexelEncoding): SlabWorker {
    const worker = new Worker(new URL('./slab-worker.ts', import.meta.url), { type: 'module' })
    const asked: SlabWorker['asked'] = []
    worker.onmessage = ({ data }: MessageEvent<LevelPiece>) => asked.shift()?.resolve(data)
    worker.onerror = (event) => {
      event.preventDefault()
      this.#failed = true
      for (const one of asked.splice(0)) one.reject(new Error('a worker has failed'))
    }
    worker.postMessage(encoding)
    return { worker, asked }
  }

  /** Where a worker could not be had, or has failed: nothing more is to be asked. */
  get failed(): boolean {
    return this.#failed
  }

  /** The slab's buffer is handed over. */
  encode(slab: Slab): Promise<LevelPiece> {
    const answer = Promise.withResolvers<LevelPiece>()
    const [least] = [...this.#workers].sort((a, b) => a.asked.length - b.asked.length)
    if (!least || this.#failed) answer.reject(new Error('there is no worker'))
    else {
      least.asked.push(answer)
      least.worker.postMessage(slab, [slab.voxels.buffer as ArrayBuffer])
    }
    return answer.promise
  }

  dispose(): void {
    for (const { worker } of this.#workers) worker.terminate()
  }
}
