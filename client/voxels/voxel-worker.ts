import { Credits } from './credits.ts'
import { keepVolume } from './kept-volume.ts'
import { streamLevel } from './level-pieces.ts'
import { answerLabel, answerRegion, answerSlice, answerValue } from './planes/index.ts'
import { ReadFailure } from './read-failure.ts'
import type {
  CallId,
  CallName,
  FromWorker,
  OpenVolume,
  ToWorker,
  VoxelCalls,
} from './voxel-messages.ts'
import { ZarrShelf } from './zarr-shelf.ts'
import { ZarrSource } from './zarr-source.ts'

/** The part of a worker's global scope used here; the page's types do not know it. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null
  postMessage(message: FromWorker, transfer?: Transferable[]): void
}
const scope = self as unknown as WorkerScope

/** Parts of a level that the page has not taken in yet. */
const partsAhead = 16

interface Call {
  readonly abort: AbortController
  readonly credits: Credits
}

type Answers = {
  [Name in CallName]: (
    ask: VoxelCalls[Name]['ask'],
    tell: (part: VoxelCalls[Name]['part']) => void,
    call: Call,
  ) => Promise<VoxelCalls[Name]['done']>
}

const calls = new Map<CallId, Call>()
const shelf = Promise.withResolvers<ZarrShelf>()
let renewed = Promise.withResolvers<Readonly<Record<string, string>>>()

function open({ zarrUrl, headers, manifest, memoryBytes, keeps }: OpenVolume): ZarrShelf {
  const source = new ZarrSource(zarrUrl, {
    headers,
    renewHeaders: () => {
      renewed = Promise.withResolvers()
      scope.postMessage({ type: 'headers' })
      return renewed.promise
    },
    onRetry: (inMs) => scope.postMessage({ type: 'retrying', inMs }),
    onBytes: (bytes) => scope.postMessage({ type: 'received', bytes }),
    ...(keeps && { kept: keepVolume(zarrUrl) }),
  })
  return new ZarrShelf(manifest, source, memoryBytes)
}

const answers: Answers = {
  level: async (request, tell, { abort: { signal }, credits }) =>
    streamLevel(await shelf.promise, request, tell, { credits, signal }).then(() => undefined),
  slice: async (request, tell, { abort: { signal } }) =>
    answerSlice(await shelf.promise, request, tell, signal).then(() => undefined),
  region: async ({ outlineMm }, _, { abort: { signal } }) =>
    answerRegion(await shelf.promise, outlineMm, signal),
  value: async ({ pointMm }, _, { abort: { signal } }) =>
    answerValue(await shelf.promise, pointMm, signal),
  label: async ({ labelId, mostVoxels }, _, { abort: { signal } }) =>
    answerLabel(await shelf.promise, labelId, mostVoxels, signal),
}

async function answer<Name extends CallName>(
  id: CallId,
  name: Name,
  ask: VoxelCalls[Name]['ask'],
): Promise<void> {
  const call: Call = { abort: new AbortController(), credits: new Credits(partsAhead) }
  calls.set(id, call)
  try {
    const tell = (part: VoxelCalls[Name]['part']) => {
      if (!call.abort.signal.aborted) scope.postMessage({ type: 'part', id, part }, buffersIn(part))
    }
    const done = await answers[name](ask, tell, call)
    scope.postMessage({ type: 'done', id, done }, buffersIn(done))
  } catch (error) {
    if (call.abort.signal.aborted) return
    const known = error instanceof ReadFailure
    scope.postMessage({
      type: 'failed',
      id,
      code: known ? error.code : 'damaged',
      message: known ? error.message : 'The volume could not be read on this device.',
    })
  } finally {
    calls.delete(id)
  }
}

/** Handed over, not copied. */
function buffersIn(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return [value.buffer as ArrayBuffer]
  if (typeof value !== 'object' || value === null) return []
  return [...new Set(Object.values(value).flatMap(buffersIn))]
}

scope.onmessage = ({ data }) => {
  switch (data.type) {
    case 'open':
      shelf.resolve(open(data.volume))
      return
    case 'ask':
      void answer(data.id, data.name, data.ask) // failures are answered, not thrown
      return
    case 'cancel':
      calls.get(data.id)?.abort.abort()
      return
    case 'took':
      calls.get(data.id)?.credits.give(data.count)
      return
    case 'look':
      void shelf.promise.then((opened) => opened.lookAt(data.pointMm)) // it cannot fail
      return
    case 'memory':
      void shelf.promise.then((opened) => opened.keepWithin(data.bytes)) // it cannot fail
      return
    case 'headers':
      renewed.resolve(data.headers)
  }
}
