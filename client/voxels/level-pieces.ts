import type { Vec3 } from '../../shared/geometry/transform.ts'
import { length, subtract } from '../../shared/geometry/vector.ts'
import {
  type TexelEncoder,
  type TexelEncoding,
  texelEncoder,
  type VoxelData,
} from '../../shared/volume/half-float.ts'
import { chunkEdge } from './chunk-decoder.ts'
import type { Credits } from './credits.ts'
import type { LevelPiece } from './level-piece.ts'
import { pieceRanges } from './piece-ranges.ts'
import { chunksOf, Upsampler, type VoxelBox } from './upsample.ts'
import type { ShelvedLevel, ZarrShelf } from './zarr-shelf.ts'

/** Wanted ahead, so that what is looked at meanwhile can still come first. */
const wantedAhead = 12

export interface LevelStreamRequest {
  /** 0: the finest. */
  readonly level: number
  readonly encoding: TexelEncoding
  readonly fromCoarser: boolean
}

/**
 * Posts every chunk of a level as texels, what is looked at first. With `fromCoarser` chunks that
 * have not come yet are posted first as the next coarser level knows them. Resolves once all are
 * there; throws a ReadFailure or the signal's reason.
 */
export async function streamLevel(
  shelf: ZarrShelf,
  request: LevelStreamRequest,
  post: (piece: LevelPiece) => void,
  { credits, signal }: { credits: Credits; signal: AbortSignal },
): Promise<void> {
  const level = shelf.levels[request.level]
  const coarser = shelf.levels[request.level + 1]
  if (!level) throw new RangeError('the volume has no such level')
  const rest = new AbortController()
  const all = AbortSignal.any([signal, rest.signal])
  const stream = new LevelStream(shelf, level, request.encoding, post, credits)
  const work = Array.from({ length: wantedAhead }, () => stream.bringChunks(all))
  if (request.fromCoarser && coarser) work.push(stream.fillFrom(coarser, all))
  try {
    await Promise.all(work)
  } catch (failure) {
    rest.abort(failure)
    await Promise.allSettled(work)
    throw failure
  }
}

class LevelStream {
  readonly #shelf: ZarrShelf
  readonly #level: ShelvedLevel
  readonly #encoding: TexelEncoding
  readonly #encode: TexelEncoder
  readonly #post: (piece: LevelPiece) => void
  readonly #credits: Credits
  readonly #toBring: Vec3[]
  readonly #toFill: Vec3[]
  readonly #here = new Set<Vec3>()

  constructor(
    shelf: ZarrShelf,
    level: ShelvedLevel,
    encoding: TexelEncoding,
    post: (piece: LevelPiece) => void,
    credits: Credits,
  ) {
    this.#shelf = shelf
    this.#level = level
    this.#encoding = encoding
    this.#encode = texelEncoder(encoding)
    this.#post = post
    this.#credits = credits
    this.#toBring = chunksOf({ at: [0, 0, 0], dims: level.dims })
    this.#toFill = [...this.#toBring]
  }

  async bringChunks(signal: AbortSignal): Promise<void> {
    for (let at = this.#nearest(this.#toBring); at; at = this.#nearest(this.#toBring)) {
      const voxels = await this.#level.fetch(at, { urgent: false, signal })
      this.#here.add(at)
      await this.#credits.take(signal)
      this.#postChunk(at, voxels)
    }
  }

  async fillFrom(coarser: ShelvedLevel, signal: AbortSignal): Promise<void> {
    const upsampler = new Upsampler(this.#level, coarser, this.#encoding.paddingValue)
    for (let at = this.#nearest(this.#toFill); at; at = this.#nearest(this.#toFill)) {
      if (this.#here.has(at)) continue
      const box = this.#boxOf(at)
      await this.#credits.take(signal)
      // Answers of the network go first.
      await new Promise<void>((resolve) => setTimeout(resolve))
      await coarser.bring(upsampler.needs(box), { urgent: true, signal })
      const values = this.#here.has(at) ? undefined : upsampler.values(box)
      if (values) this.#postValues(box, values, false)
      else this.#credits.give(1)
    }
  }

  #nearest(chunks: Vec3[]): Vec3 | undefined {
    const lookedAtMm = this.#shelf.lookedAtMm
    let best = -1
    let bestMm = Infinity
    for (const [n, at] of chunks.entries()) {
      const mm = length(subtract(this.#level.centreMm(at), lookedAtMm))
      if (mm < bestMm) [best, bestMm] = [n, mm]
    }
    return best < 0 ? undefined : chunks.splice(best, 1)[0]
  }

  #boxOf(chunk: Vec3): VoxelBox {
    const at = chunk.map((n) => n * chunkEdge) as unknown as Vec3
    const dims = at.map((n, axis) =>
      Math.min(chunkEdge, (this.#level.dims[axis] as number) - n),
    ) as unknown as Vec3
    return { at, dims }
  }

  #postChunk(chunk: Vec3, voxels: VoxelData): void {
    const box = this.#boxOf(chunk)
    const [ni, nj, nk] = box.dims
    const texels = new Uint16Array(ni * nj * nk)
    for (let k = 0; k < nk; k++) {
      for (let j = 0; j < nj; j++) {
        const from = (k * chunkEdge + j) * chunkEdge
        this.#encode(voxels.subarray(from, from + ni), texels, (k * nj + j) * ni)
      }
    }
    this.#postTexels(box, texels, true)
  }

  #postValues(box: VoxelBox, values: Float32Array, own: boolean): void {
    const texels = new Uint16Array(values.length)
    this.#encode(values, texels, 0)
    this.#postTexels(box, texels, own)
  }

  #postTexels({ at, dims }: VoxelBox, texels: Uint16Array<ArrayBuffer>, own: boolean): void {
    this.#post({ at, dims, texels, ranges: pieceRanges(texels, dims, at), own })
  }
}
