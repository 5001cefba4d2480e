import {
  type Transform,
  transform,
  transformPoint,
  type Vec3,
} from '../../shared/geometry/transform.ts'
import type { VoxelData } from '../../shared/volume/half-float.ts'
import type { VolumeLevel, VolumeManifest } from '../../shared/volume/manifest.ts'
import { ChunkDecoder, chunkEdge } from './chunk-decoder.ts'
import { ChunkQueue } from './chunk-queue.ts'
import type { LevelChunks } from './chunk-shelf.ts'
import { DecodedChunks } from './decoded-chunks.ts'
import type { PlaneShelf } from './planes/plane-shelf.ts'
import { ReadFailure } from './read-failure.ts'
import type { ZarrSource } from './zarr-source.ts'

/** As many as a browser opens to one HTTP/1.1 server. */
const parallelRequests = 6

/** What a shelf has to know of its volume. */
export type ShelvedVolume = Pick<VolumeManifest, 'levels' | 'labels' | 'paddingValue'>

/** The decoded chunks of one volume and its label maps, fetched as they are wanted. */
export class ZarrShelf implements PlaneShelf {
  readonly manifest: ShelvedVolume
  readonly levels: readonly ShelvedLevel[]
  readonly #means: LevelMeans
  readonly #labels = new Map<string, readonly ShelvedLevel[]>()

  constructor(manifest: ShelvedVolume, source: ZarrSource, mostBytes: number) {
    this.manifest = manifest
    this.#means = {
      source,
      queue: new ChunkQueue(parallelRequests),
      decoded: new DecodedChunks(mostBytes),
    }
    this.levels = this.#levelsIn('', 'whole')
    this.lookAt(undefined)
  }

  /** Label maps have the volume's own grid and levels (server/volume writes them so). */
  label(labelId: string): readonly ShelvedLevel[] {
    if (!this.manifest.labels?.some((label) => label.labelId === labelId)) {
      throw new RangeError('the volume has no such label map')
    }
    const levels = this.#labels.get(labelId) ?? this.#levelsIn(`labels/${labelId}/`, 'sparse')
    this.#labels.set(labelId, levels)
    return levels
  }

  /** For decoded chunks, from now on. */
  keepWithin(mostBytes: number): void {
    this.#means.decoded.mostBytes = mostBytes
  }

  get lookedAtMm(): Vec3 {
    return this.#means.queue.lookedAtMm
  }

  /** Chunks near it come first. Undefined: the middle. */
  lookAt(pointMm: Vec3 | undefined): void {
    const [finest] = this.levels
    if (!finest) return
    const middle = finest.dims.map((count) => (count - 1) / 2) as unknown as Vec3
    this.#means.queue.lookedAtMm = pointMm ?? transformPoint(finest.patientFromVoxel, middle)
  }

  #levelsIn(folder: string, kind: ChunksThere): ShelvedLevel[] {
    return this.manifest.levels.map(
      (level, index) => new ShelvedLevel(`${folder}${level.path}`, index, level, kind, this.#means),
    )
  }
}

/**
 * The server writes every chunk of an image, and of a label map those alone that hold something
 * (server/volume): what is missing of a map is zeros, what is missing of an image is a failure.
 */
type ChunksThere = 'whole' | 'sparse'

interface LevelMeans {
  readonly source: ZarrSource
  readonly queue: ChunkQueue<VoxelData>
  readonly decoded: DecodedChunks
}

/** What cannot be read now could not be read at the next opening either, if it were kept. */
const forgetting =
  (source: ZarrSource) =>
  async (failure: unknown): Promise<never> => {
    const code = failure instanceof ReadFailure ? failure.code : undefined
    if (code === 'damaged' || code === 'not-found') await source.forget()
    throw failure
  }

const missing = () => new ReadFailure('damaged', 'A part of this volume is missing on the server.')

export class ShelvedLevel implements LevelChunks {
  readonly dims: Vec3
  readonly chunkDims: Vec3 = [chunkEdge, chunkEdge, chunkEdge]
  readonly patientFromVoxel: Transform<'patient', 'voxel'>
  readonly #path: string
  readonly #index: number
  readonly #kind: ChunksThere
  readonly #means: LevelMeans
  #decoder: Promise<ChunkDecoder> | undefined

  constructor(
    path: string,
    index: number,
    level: VolumeLevel,
    kind: ChunksThere,
    means: LevelMeans,
  ) {
    this.dims = level.dims
    this.patientFromVoxel = transform(level.patientFromVoxel)
    this.#path = path
    this.#index = index
    this.#kind = kind
    this.#means = means
  }

  peek(at: Vec3): VoxelData | undefined {
    return this.#means.decoded.get(this.#keyOf(at))
  }

  async bring(
    chunks: readonly Vec3[],
    options: { urgent: boolean; signal: AbortSignal },
  ): Promise<void> {
    const { decoded } = this.#means
    const keys = chunks.map((at) => this.#keyOf(at))
    for (const key of keys) decoded.hold(key)
    try {
      await Promise.all(chunks.map((at) => this.fetch(at, options)))
    } finally {
      for (const key of keys) decoded.release(key)
    }
  }

  centreMm(at: Vec3): Vec3 {
    const middle = at.map((n, axis) => {
      const end = Math.min((n + 1) * chunkEdge, this.dims[axis] as number)
      return (n * chunkEdge + end - 1) / 2
    }) as unknown as Vec3
    return transformPoint(this.patientFromVoxel, middle)
  }

  /** One chunk, whether or not it can stay. Throws as `bring` does. */
  async fetch(at: Vec3, options: { urgent: boolean; signal: AbortSignal }): Promise<VoxelData> {
    const here = this.peek(at)
    if (here) return here
    const key = this.#keyOf(at)
    const place = { key, level: this.#index, centreMm: this.centreMm(at) }
    const { queue, decoded, source } = this.#means
    return queue.want(place, options, async (signal) => {
      const [stored, decoder] = await Promise.all([source.get(key, signal), this.#openDecoder()])
      signal.throwIfAborted()
      if (!stored && this.#kind === 'whole') await forgetting(source)(missing())
      const voxels = await decoder.decode(at, stored).catch(forgetting(source))
      decoded.put(key, voxels, decoder.costOf(voxels))
      return voxels
    })
  }

  /** A failure is not kept: whoever asks later may have more luck. */
  #openDecoder(): Promise<ChunkDecoder> {
    const { source } = this.#means
    this.#decoder ??= ChunkDecoder.open(this.#path, this.dims, (key) => source.get(key))
      .catch(forgetting(source))
      .catch((failure: unknown) => {
        this.#decoder = undefined
        throw failure
      })
    return this.#decoder
  }

  #keyOf([i, j, k]: Vec3): `/${string}` {
    return `/${this.#path}/c/${k}/${j}/${i}`
  }
}
