import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { NetworkWord } from './open-voxels.ts'
import { ReadFailure } from './read-failure.ts'
import type {
  CallId,
  CallName,
  FromWorker,
  OpenVolume,
  ToWorker,
  VoxelCalls,
} from './voxel-messages.ts'

interface Call<Name extends CallName> {
  readonly done: Promise<VoxelCalls[Name]['done']>
  took(count: number): void
  /** Rejects `done`, unless it is settled. */
  cancel(): void
}

interface OpenCall {
  readonly onPart: (part: VoxelCalls[CallName]['part']) => void
  readonly outcome: PromiseWithResolvers<VoxelCalls[CallName]['done']>
}

/** The page's end of a voxel worker: what was asked, by its number. */
export class VoxelWorkerCalls {
  readonly #worker = new Worker(new URL('./voxel-worker.ts', import.meta.url), { type: 'module' })
  readonly #headers: () => Record<string, string>
  readonly #calls = new Map<CallId, OpenCall>()
  readonly #listeners = new Set<(word: NetworkWord) => void>()
  #nextId: CallId = 0
  /** Nothing is answered any more, and why. */
  #ended: ReadFailure | undefined
  networkBytes = 0

  constructor(volume: OpenVolume, headers: () => Record<string, string>) {
    this.#headers = headers
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#hear(data)
    this.#worker.onerror = (event) => {
      this.#end(
        new ReadFailure('damaged', 'The volume could not be read on this device.', {
          cause: event.message,
        }),
      )
    }
    this.#send({ type: 'open', volume })
  }

  ask<Name extends CallName>(
    name: Name,
    ask: VoxelCalls[Name]['ask'],
    onPart: (part: VoxelCalls[Name]['part']) => void = () => undefined,
  ): Call<Name> {
    const id = this.#nextId++
    const outcome = Promise.withResolvers<VoxelCalls[Name]['done']>()
    if (this.#ended) outcome.reject(this.#ended)
    else {
      // Answers carry the number of their question, whose kind the table ties them to.
      this.#calls.set(id, { onPart, outcome } as unknown as OpenCall)
      this.#send({ type: 'ask', id, name, ask } as ToWorker)
    }
    return {
      done: outcome.promise,
      took: (count) => this.#send({ type: 'took', id, count }),
      cancel: () => {
        if (!this.#calls.delete(id)) return
        this.#send({ type: 'cancel', id })
        outcome.reject(stopped())
      },
    }
  }

  lookAt(pointMm: Vec3 | undefined): void {
    this.#send({ type: 'look', pointMm })
  }

  keepWithin(bytes: number): void {
    this.#send({ type: 'memory', bytes })
  }

  onNetwork(listener: (word: NetworkWord) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  dispose(): void {
    this.#end(stopped())
    this.#listeners.clear()
  }

  #end(failure: ReadFailure): void {
    if (this.#ended) return
    this.#ended = failure
    this.#worker.terminate()
    for (const { outcome } of this.#calls.values()) outcome.reject(failure)
    this.#calls.clear()
  }

  #send(message: ToWorker): void {
    if (!this.#ended) this.#worker.postMessage(message)
  }

  #hear(message: FromWorker): void {
    switch (message.type) {
      case 'part':
        this.#calls.get(message.id)?.onPart(message.part)
        return
      case 'done':
        this.#take(message.id)?.outcome.resolve(message.done)
        return
      case 'failed':
        this.#take(message.id)?.outcome.reject(new ReadFailure(message.code, message.message))
        return
      case 'received':
        this.networkBytes = message.bytes
        this.#tell({ received: message.bytes })
        return
      case 'retrying':
        this.#tell({ retryingInMs: message.inMs })
        return
      case 'headers':
        this.#send({ type: 'headers', headers: this.#headers() })
    }
  }

  #take(id: CallId): OpenCall | undefined {
    const call = this.#calls.get(id)
    this.#calls.delete(id)
    return call
  }

  #tell(word: NetworkWord): void {
    for (const listener of this.#listeners) listener(word)
  }
}

const stopped = () => new ReadFailure('network', 'Loading was stopped.')
