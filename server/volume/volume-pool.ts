import { availableParallelism } from 'node:os'
import { Piscina } from 'piscina'
import type { DecodeResult, DecodeTask, RowResult, RowTask, ThumbnailTask } from './volume-tasks.ts'

/** More threads than this only raise the memory that codecs hold. */
const mostThreads = 8

/** The threads that decode, halve, compress and draw. Shared by all imports; `close` ends it. */
export class VolumePool {
  readonly #piscina = new Piscina({
    filename: new URL('./volume-worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: Math.min(mostThreads, availableParallelism()),
    idleTimeout: 10_000,
  })

  decode(task: DecodeTask): Promise<DecodeResult> {
    return this.#piscina.run(task)
  }

  writeRow(task: RowTask): Promise<RowResult> {
    return this.#piscina.run(task)
  }

  /** A PNG. */
  drawThumbnail(task: ThumbnailTask): Promise<Uint8Array> {
    return this.#piscina.run(task)
  }

  async close(): Promise<void> {
    await this.#piscina.destroy()
  }
}
