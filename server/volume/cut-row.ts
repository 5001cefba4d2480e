import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chunkVoxels } from './brick.ts'
import { chunkEdge, type Dims } from './pyramid-plan.ts'
import type { CutTask } from './volume-tasks.ts'
import type { Voxels } from './voxels.ts'

/** Fills rows [64 · cj, 64 · cj + 64) of every slice of `slab`, zeros for a label. Throws where a chunk is no chunk. */
export function cutRow({ folder, cj, slab: { dims }, type, plane, value }: CutTask, slab: Voxels) {
  for (let ci = 0; ci * chunkEdge < dims[0]; ci++) {
    const path = join(folder, String(ci))
    // Of a label map, chunks of nothing but zeros are not stored.
    if (type === 'uint8' && !existsSync(path)) continue
    const chunk = chunkVoxels(readFileSync(path), type)
    placeChunk(chunk, slab, dims, ci, cj)
  }
  cutRows(slab, dims, [cj * chunkEdge, Math.min(dims[1], (cj + 1) * chunkEdge)], plane, value)
}

function placeChunk(chunk: Voxels, slab: Voxels, [ni, nj, nk]: Dims, ci: number, cj: number): void {
  const i = ci * chunkEdge
  const count = Math.min(chunkEdge, ni - i)
  for (let k = 0; k < nk; k++) {
    for (let j = cj * chunkEdge; j < Math.min(nj, (cj + 1) * chunkEdge); j++) {
      const from = (k * chunkEdge + (j % chunkEdge)) * chunkEdge
      slab.set(chunk.subarray(from, from + count), (k * nj + j) * ni + i)
    }
  }
}

/** The voxels of rows [from, to) whose centres lie on the side a·i + b·j + c·k + d < 0. */
export function cutRows(
  slab: Voxels,
  [ni, nj, nk]: Dims,
  [from, to]: readonly [number, number],
  [a, b, c, d]: CutTask['plane'],
  value: number,
): void {
  for (let k = 0; k < nk; k++) {
    for (let j = from; j < to; j++) {
      const row = (k * nj + j) * ni
      const height = b * j + c * k + d
      for (let i = 0; i < ni; i++) if (a * i + height < 0) slab[row + i] = value
    }
  }
}
