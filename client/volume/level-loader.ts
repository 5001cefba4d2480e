import type { LevelMessage, ReadLevel } from './level-messages.ts'
import { ReadFailure } from './zarr-source.ts'

export type LoadedLevel = Extract<LevelMessage, { type: 'level' }>

/** The page's end of the volume worker. */
export class LevelLoader {
  readonly #worker = new Worker(new URL('./volume-worker.ts', import.meta.url), { type: 'module' })
  #giveUp: ((failure: ReadFailure) => void) | undefined

  /** Throws a ReadFailure. One level at a time. */
  load(
    request: ReadLevel,
    onWord: (word: Extract<LevelMessage, { type: 'progress' | 'retrying' }>) => void,
  ): Promise<LoadedLevel> {
    return new Promise((resolve, reject) => {
      this.#giveUp = reject
      this.#worker.onmessage = ({ data }: MessageEvent<LevelMessage>) => {
        if (data.type === 'level') resolve(data)
        else if (data.type === 'failed') reject(new ReadFailure(data.code, data.message))
        else onWord(data)
      }
      this.#worker.onerror = (event) => {
        reject(
          new ReadFailure('damaged', 'The volume could not be read on this device.', {
            cause: event.message,
          }),
        )
      }
      this.#worker.postMessage(request)
    })
  }

  dispose(): void {
    this.#worker.terminate()
    this.#giveUp?.(new ReadFailure('network', 'Loading was stopped.'))
  }
}
