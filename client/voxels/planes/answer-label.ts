import type { Vec3 } from '../../../shared/geometry/transform.ts'
import type { LevelChunks } from '../chunk-shelf.ts'
import type { LabelVoxels } from '../voxels.ts'
import { labelScale } from './label-scale.ts'
import { Pace } from './pace.ts'
import { wavesOf } from './plane-parts.ts'
import type { PlaneShelf } from './plane-shelf.ts'
import { everyChunk, SparseLabel } from './sparse-label.ts'

const mostTries = 5

/**
 * A label map whole, at the finest of its levels that has no more than `mostVoxels`, or at the
 * coarsest where none is that small. Throws a RangeError on a label that the manifest does not
 * have, a ReadFailure, or the signal's reason.
 */
export async function answerLabel(
  shelf: PlaneShelf,
  labelId: string,
  mostVoxels: number,
  signal: AbortSignal,
): Promise<LabelVoxels> {
  const scale = labelScale(shelf, labelId)
  const levels = shelf.label(labelId)
  const small = levels.findIndex(({ dims: [i, j, k] }) => i * j * k <= mostVoxels)
  const index = small === -1 ? levels.length - 1 : small
  const level = await SparseLabel.open(levels, index, signal)
  const data = new Uint8Array(level.dims[0] * level.dims[1] * level.dims[2])
  const filled = everyChunk(level).filter((at) => !level.isEmpty(at))
  const pace = new Pace(signal)
  for (const wave of wavesOf(
    level,
    filled.map((at) => ({ chunks: [at] })),
  )) {
    await place(
      level,
      wave.flatMap(({ chunks }) => chunks),
      data,
      scale,
      { signal, pace },
    )
  }
  const { dims, patientFromVoxel } = level
  return { labelId, dims, patientFromVoxel: [...patientFromVoxel], data }
}

async function place(
  level: LevelChunks,
  chunks: readonly Vec3[],
  data: Uint8Array,
  scale: number,
  { signal, pace }: { signal: AbortSignal; pace: Pace },
): Promise<void> {
  let left = chunks
  for (let tries = 0; left.length > 0; tries++) {
    if (tries === mostTries) {
      throw new Error('this device has too little memory for the chunks of a label map')
    }
    await level.bring(left, { urgent: true, signal })
    const gone: Vec3[] = []
    for (const at of left) {
      if (!placeChunk(level, at, data, scale)) gone.push(at)
      if (pace.isDue) await pace.breathe()
    }
    left = gone
  }
}

function placeChunk(level: LevelChunks, at: Vec3, data: Uint8Array, scale: number): boolean {
  const chunk = level.peek(at)
  if (!chunk) return false
  const { dims, chunkDims } = level
  const first = at.map((n, axis) => n * (chunkDims[axis] as number)) as unknown as Vec3
  const count = first.map((n, axis) =>
    Math.min(chunkDims[axis] as number, (dims[axis] as number) - n),
  ) as unknown as Vec3
  for (let k = 0; k < count[2]; k++) {
    for (let j = 0; j < count[1]; j++) {
      const from = (k * chunkDims[1] + j) * chunkDims[0]
      const to = ((first[2] + k) * dims[1] + first[1] + j) * dims[0] + first[0]
      for (let i = 0; i < count[0]; i++) data[to + i] = (chunk[from + i] as number) * scale
    }
  }
  return true
}
