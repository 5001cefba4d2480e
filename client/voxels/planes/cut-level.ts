import { SlabCut } from '../../../shared/volume/reslice.ts'
import type { Slab } from '../../../shared/volume/slice.ts'
import type { LevelChunks } from '../chunk-shelf.ts'
import { Pace } from './pace.ts'
import { type PlanePart, partsOf, voxelsOfChunk, wavesOf } from './plane-parts.ts'

export interface CutOptions {
  readonly paddingValue: number | undefined
  readonly signal: AbortSignal
  /** Leaves a part of the plane as it is; parts are then a few chunks, so that many can be left. */
  readonly skips?: (part: PlanePart) => boolean
  /** Another part of the plane is cut. */
  readonly onPart?: () => void
}

const partVoxels = 4 * 2 ** 20
const smallPartVoxels = 2 ** 20

/** Others may take the room of a chunk before it is read: then it is brought again. */
const mostTries = 5

/**
 * Cuts a slab out of a level into `values`, row by row of the plane, bringing what it needs: in
 * parts, each written as soon as its chunks are here, never more at once than a phone can hold.
 */
export async function cutLevel(
  level: LevelChunks,
  slab: Slab,
  values: Float32Array,
  options: CutOptions,
): Promise<void> {
  const { signal, skips, onPart } = options
  const pace = new Pace(signal)
  const largest = skips ? smallPartVoxels : partVoxels
  const mostChunks = Math.max(1, Math.floor(largest / voxelsOfChunk(level)))
  const parts = partsOf(level, slab, mostChunks).filter((part) => !skips?.(part))
  for (const wave of wavesOf(level, parts)) {
    // Asked for together, so that the network never waits for a part to be cut.
    await Promise.all(
      wave.map(async (part) => {
        await cutPart(level, slab, values, part, options, pace)
        onPart?.()
      }),
    )
  }
}

async function cutPart(
  level: LevelChunks,
  slab: Slab,
  values: Float32Array,
  { tile, chunks }: PlanePart,
  { paddingValue, signal }: CutOptions,
  pace: Pace,
): Promise<void> {
  for (let tries = 1; ; tries++) {
    await level.bring(chunks, { urgent: true, signal })
    const cut = new SlabCut(level, slab, values, { paddingValue, tile })
    for (let row = 0; row < tile.rows; row++) {
      cut.row(row)
      if (pace.isDue) await pace.breathe()
    }
    if (cut.missing === 0) return
    if (tries === mostTries) {
      throw new Error('this device has too little memory for the chunks of one slice')
    }
  }
}
