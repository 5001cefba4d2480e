import { availableParallelism } from 'node:os'
import { Piscina } from 'piscina'
import type { DicomTask, DicomThreads } from '../dicom/index.ts'
import { encodePng } from './thumbnail/png.ts'
import { thumbnailSize } from './thumbnail/render.ts'
import type { ThumbnailScene } from './thumbnail/scene.ts'
import type {
  CutTask,
  DecodeResult,
  DecodeTask,
  LabelResult,
  LabelTask,
  ReadingTask,
  RowResult,
  RowTask,
  ThumbnailTask,
  WarmTask,
} from './volume-tasks.ts'

/** A header that takes longer keeps its thread from all others: the thread is ended. */
const longestReadingMs = 60_000

/** More threads than this only raise the memory that codecs hold. */
const mostThreads = 8

/** The threads that decode, halve, compress and draw. Shared by all imports; `close` ends it. */
export class VolumePool implements DicomThreads {
  readonly #piscina = new Piscina({
    filename: new URL('./volume-worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: Math.min(mostThreads, availableParallelism()),
    idleTimeout: 10_000,
  })

  /** Resolves when every thread runs: they take longer to start than a small series to be built. */
  async warm(): Promise<void> {
    const { maxThreads } = this.#piscina.options
    const start = () => this.#piscina.run({ kind: 'warm' } satisfies WarmTask)
    await Promise.all(Array.from({ length: maxThreads }, start))
  }

  run(task: DicomTask): Promise<unknown> {
    const signal = AbortSignal.timeout(longestReadingMs)
    return this.#piscina.run({ kind: 'dicom', task } satisfies ReadingTask, { signal })
  }

  get threads(): number {
    return this.#piscina.options.maxThreads
  }

  decode(task: DecodeTask): Promise<DecodeResult> {
    return this.#piscina.run(task)
  }

  /** Throws where a chunk is missing or damaged. */
  async cutRow(task: CutTask): Promise<void> {
    await this.#piscina.run(task)
  }

  decodeLabel(task: Omit<LabelTask, 'kind'>): Promise<LabelResult> {
    return this.#piscina.run({ kind: 'label', ...task } satisfies LabelTask)
  }

  writeRow(task: RowTask): Promise<RowResult> {
    return this.#piscina.run(task)
  }

  /** A PNG of the volume; see `renderRows` for what is on it. */
  async drawThumbnail(scene: ThumbnailScene): Promise<Uint8Array> {
    const { maxThreads } = this.#piscina.options
    const rowsOf = (band: number) => Math.round((band * thumbnailSize) / maxThreads)
    const bands = Array.from({ length: maxThreads }, (_, band): Promise<Uint8Array> => {
      const rows = [rowsOf(band), rowsOf(band + 1)] as const
      return this.#piscina.run({ kind: 'thumbnail', scene, rows } satisfies ThumbnailTask)
    })
    return encodePng(thumbnailSize, thumbnailSize, Buffer.concat(await Promise.all(bands)))
  }

  async close(): Promise<void> {
    await this.#piscina.destroy()
  }
}
