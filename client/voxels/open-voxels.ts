import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import type { LevelPiece } from './level-piece.ts'
import type { ReadFailure } from './read-failure.ts'
import { decodedBytes, pageMemory } from './shared-memory.ts'
import type { LevelRequest } from './voxel-messages.ts'
import { VoxelWorkerCalls } from './voxel-worker-calls.ts'
import type { Slice, SliceRequest, Voxels } from './voxels.ts'

export interface OpenVoxelsOptions {
  readonly manifest: VolumeManifest
  /** Absolute address of the OME-Zarr tree. */
  readonly zarrUrl: string
  /** Asked at the opening, and again where the server refuses. */
  readonly headers: () => Record<string, string>
  /** Keeps what comes in Cache Storage. Default true. */
  readonly cache?: boolean
  /** For decoded chunks. Default: a share of what the page has for all its volumes. */
  readonly memoryBytes?: number
}

/** A level on its way, chunk by chunk. */
export interface LevelArrival {
  /** Resolves once every chunk has been posted; rejects with a ReadFailure, also once cancelled. */
  readonly done: Promise<void>
  /** So many pieces have been taken in: as many more may come. */
  took(count: number): void
  cancel(): void
}

/** What the network does for a volume just now. */
export type NetworkWord = { received: number } | { retryingInMs: number }

export interface OpenVoxels extends Voxels {
  /** Posts a level's chunks as texels, what is looked at first; see `streamLevel`. */
  streamLevel(request: LevelRequest, onPiece: (piece: LevelPiece) => void): LevelArrival
  /** Returns what ends the listening. */
  onNetwork(listener: (word: NetworkWord) => void): () => void
}

/** Opens a volume's voxels, in a worker of their own. Nothing is fetched until it is asked for. */
export function openVoxels(options: OpenVoxelsOptions): OpenVoxels {
  const { manifest, zarrUrl, headers, cache = true } = options
  const { levels, labels, paddingValue } = manifest
  const share = options.memoryBytes ? undefined : pageMemory().share(decodedBytes(manifest))
  const calls = new VoxelWorkerCalls(
    {
      zarrUrl,
      headers: headers(),
      manifest: {
        levels,
        ...(labels && { labels }),
        ...(paddingValue !== undefined && { paddingValue }),
      },
      memoryBytes: options.memoryBytes ?? share?.bytes ?? 0,
      keeps: cache,
    },
    headers,
  )
  if (share) share.onChange = (bytes) => calls.keepWithin(bytes)
  const panes = new Map<string, () => void>()
  return {
    manifest,
    get networkBytes() {
      return calls.networkBytes
    },
    slice(
      request: SliceRequest,
      onSlice: (slice: Slice) => void,
      onFailure: (failure: ReadFailure) => void,
    ) {
      panes.get(request.pane)?.()
      const call = calls.ask('slice', request, onSlice)
      const giveUp = () => {
        call.cancel()
        if (panes.get(request.pane) === giveUp) panes.delete(request.pane)
      }
      panes.set(request.pane, giveUp)
      call.done.then(giveUp, (failure: ReadFailure) => {
        // given up by whoever asked for it
        if (panes.get(request.pane) !== giveUp) return
        giveUp()
        onFailure(failure)
      })
      return giveUp
    },
    region: (outlineMm) => calls.ask('region', { outlineMm }).done,
    valueAt: (pointMm) => calls.ask('value', { pointMm }).done,
    label: (labelId, mostVoxels) => calls.ask('label', { labelId, mostVoxels }).done,
    lookAt: (pointMm: Vec3 | undefined) => calls.lookAt(pointMm),
    streamLevel: (request, onPiece) => calls.ask('level', request, onPiece),
    onNetwork: (listener) => calls.onNetwork(listener),
    dispose: () => {
      for (const giveUp of [...panes.values()]) giveUp()
      share?.giveBack()
      calls.dispose()
    },
  }
}
