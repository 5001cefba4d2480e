import { transform } from '../../shared/geometry/transform.ts'
import { VoxelWorkerCalls } from '../voxels/voxel-worker-calls.ts'
import { GrowingLevel } from './growing-level.ts'
import { asOnlyLevel, type LoadedLevel, type ReadLevel } from './level-reader.ts'

/** One level whole, read in a worker; nothing of it is kept on the device. */
export class LevelLoader {
  #calls: VoxelWorkerCalls | undefined

  /** Throws a ReadFailure. */
  async load(request: ReadLevel, onRetry: (inMs: number) => void): Promise<LoadedLevel> {
    const { zarrUrl, headers, dims, encoding } = request
    const manifest = asOnlyLevel(request)
    const volume = { zarrUrl, headers, manifest, memoryBytes: 0, keeps: false }
    this.#calls?.dispose()
    const calls = new VoxelWorkerCalls(volume, () => ({ ...headers }))
    this.#calls = calls
    calls.onNetwork((word) => 'retryingInMs' in word && onRetry(word.retryingInMs))
    const level = new GrowingLevel(dims, transform(manifest.levels[0]!.patientFromVoxel))
    const arrival = calls.ask('level', { level: 0, encoding, fromCoarser: false }, (piece) => {
      level.place(piece)
      arrival.took(1)
    })
    await arrival.done
    return { texels: level.texels, ranges: level.ranges, bytes: calls.networkBytes }
  }

  dispose(): void {
    this.#calls?.dispose()
  }
}
