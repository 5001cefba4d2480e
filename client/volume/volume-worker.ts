import type { LevelMessage, ReadLevel } from './level-messages.ts'
import { readLevel } from './level-reader.ts'
import { ReadFailure } from './zarr-source.ts'

/** The part of a worker's global scope used here; the page's types do not know it. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<ReadLevel>) => void) | null
  postMessage(message: LevelMessage, transfer?: Transferable[]): void
}
const scope = self as unknown as WorkerScope

async function answer(request: ReadLevel): Promise<void> {
  try {
    const level = await readLevel(request, (message) => scope.postMessage(message))
    scope.postMessage(level, [
      level.texels.buffer,
      level.ranges.low.buffer as ArrayBuffer,
      level.ranges.high.buffer as ArrayBuffer,
    ])
  } catch (error) {
    const known = error instanceof ReadFailure
    scope.postMessage({
      type: 'failed',
      code: known ? error.code : 'damaged',
      message: known ? error.message : 'The volume could not be read on this device.',
    })
  }
}

scope.onmessage = ({ data }) => void answer(data) // failures are answered, not thrown
