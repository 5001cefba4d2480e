import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { chunksOfSlab } from '../../../shared/volume/reslice-chunks.ts'
import { type PlaneTile, wholePlane } from '../../../shared/volume/reslice-slab.ts'
import type { Slab } from '../../../shared/volume/slice.ts'
import type { LevelChunks } from '../chunk-shelf.ts'

/** A tile of a plane and the chunks that it is cut from. */
export interface PlanePart {
  readonly tile: PlaneTile
  readonly chunks: readonly Vec3[]
}

export const voxelsOfChunk = ({ chunkDims: [i, j, k] }: LevelChunks): number => i * j * k

/** Wanted at once: as floats 48 MiB, half of what the smallest device keeps. */
const mostVoxelsAtOnce = 12 * 2 ** 20

/**
 * A plane in tiles of at most so many chunks each, nearest its middle first. A tile of one pixel may
 * need more, across a thick slab.
 */
export function partsOf(level: LevelChunks, slab: Slab, mostChunks: number): PlanePart[] {
  const parts: PlanePart[] = []
  const divide = (tile: PlaneTile): void => {
    const chunks = chunksOfSlab(level, slab, tile)
    const { columns, rows } = tile
    if (chunks.length <= mostChunks || Math.max(columns, rows) === 1) {
      parts.push({ tile, chunks })
    } else if (columns >= rows) {
      const left = Math.ceil(columns / 2)
      divide({ ...tile, columns: left })
      divide({ ...tile, column: tile.column + left, columns: columns - left })
    } else {
      const top = Math.ceil(rows / 2)
      divide({ ...tile, rows: top })
      divide({ ...tile, row: tile.row + top, rows: rows - top })
    }
  }
  divide(wholePlane(slab))
  const fromMiddle = ({ tile }: PlanePart) =>
    Math.hypot(
      tile.column + (tile.columns - slab.columns) / 2,
      tile.row + (tile.rows - slab.rows) / 2,
    )
  return parts.sort((a, b) => fromMiddle(a) - fromMiddle(b))
}

/** In their order, as many as may be wanted at the same time. */
export function* wavesOf<T extends { readonly chunks: readonly Vec3[] }>(
  level: LevelChunks,
  parts: readonly T[],
): Generator<T[]> {
  let wave: T[] = []
  let wanted = 0
  for (const part of parts) {
    const voxels = part.chunks.length * voxelsOfChunk(level)
    if (wave.length > 0 && wanted + voxels > mostVoxelsAtOnce) {
      yield wave
      wave = []
      wanted = 0
    }
    wave.push(part)
    wanted += voxels
  }
  if (wave.length > 0) yield wave
}
