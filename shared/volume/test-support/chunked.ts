import type { Transform, Vec3 } from '../../geometry/transform.ts'
import { invert, transformPoint } from '../../geometry/transform.ts'
import type { VoxelData } from '../half-float.ts'
import type { ChunkedVoxels } from '../reslice-level.ts'

export interface DenseVoxels {
  readonly dims: Vec3
  readonly patientFromVoxel: Transform<'patient', 'voxel'>
  /** x fastest. */
  readonly data: VoxelData
}

/** Cuts voxels into chunks of `edge`³; what sticks out over the end holds `beyond`. */
export function chunked(
  { dims, patientFromVoxel, data }: DenseVoxels,
  edge = 64,
  beyond = -12345,
): ChunkedVoxels & { readonly chunks: Map<string, VoxelData> } {
  const [ni, nj, nk] = dims
  const chunks = new Map<string, VoxelData>()
  for (let k = 0; k < nk; k += edge)
    for (let j = 0; j < nj; j += edge)
      for (let i = 0; i < ni; i += edge) {
        const chunk = new (data.constructor as Int16ArrayConstructor)(edge ** 3).fill(beyond)
        const count = Math.min(edge, ni - i)
        for (let z = 0; z < Math.min(edge, nk - k); z++)
          for (let y = 0; y < Math.min(edge, nj - j); y++) {
            const from = ((k + z) * nj + j + y) * ni + i
            chunk.set(data.subarray(from, from + count), (z * edge + y) * edge)
          }
        chunks.set([i / edge, j / edge, k / edge].join(), chunk)
      }
  const chunkDims: Vec3 = [edge, edge, edge]
  return { dims, patientFromVoxel, chunkDims, chunks, peek: (at) => chunks.get(at.join()) }
}

/**
 * Trilinear as the textbook has it: eight voxels and their shares, none of the shortcuts. Beyond the
 * outermost centres the edge holds for half a voxel; a cell with padding in it is not-a-number.
 */
export function trilinearReference(
  { dims, patientFromVoxel, data }: DenseVoxels,
  pointMm: Vec3,
  paddingValue?: number,
): number {
  const at = transformPoint(invert(patientFromVoxel), pointMm)
  const cells = at.map((place, axis) => {
    const end = (dims[axis] as number) - 1
    const held = Math.min(Math.max(place, 0), end)
    const nearest = Math.round(held)
    const exact = Math.abs(held - nearest) < 1e-9 ? nearest : held
    return { low: Math.floor(exact), share: exact - Math.floor(exact), out: place - held }
  })
  if (cells.some(({ out }) => Math.abs(out) > 0.5 + 1e-9)) return Number.NaN
  let sum = 0
  for (const dk of [0, 1])
    for (const dj of [0, 1])
      for (const di of [0, 1]) {
        const weight = [di, dj, dk].reduce((product, upper, axis) => {
          const { share } = cells[axis] as { share: number }
          return product * (upper ? share : 1 - share)
        }, 1)
        if (weight === 0) continue
        const [i, j, k] = [di, dj, dk].map(
          (upper, axis) => (cells[axis] as { low: number }).low + upper,
        ) as [number, number, number]
        const value = data[(k * dims[1] + j) * dims[0] + i] as number
        if (value === paddingValue || Number.isNaN(value)) return Number.NaN
        sum += weight * value
      }
  return sum
}
