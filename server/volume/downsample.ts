import type { Dims, Factors } from './pyramid-plan.ts'
import { floatMeans, greatestOfAll, type RowKernel, wholeMeans } from './row-kernels.ts'
import type { Voxels } from './voxels.ts'

/** What a coarse voxel is of its fine ones: their mean, or the greatest so that nothing vanishes. */
export type Reduction = 'mean' | 'maximum'

export interface Halving {
  readonly fine: Voxels
  readonly fineDims: Dims
  /** Starts with the slice that the first slices of `fine` go to. */
  readonly coarse: Voxels
  readonly coarseDims: Dims
  readonly factors: Factors
  readonly reduction: Reduction
  /** Left out of the means; a coarse voxel over padding alone is padding. */
  readonly paddingValue?: number | undefined
}

/**
 * Coarse rows [fromRow, toRow) of every slice that `fine` covers. A mean of whole numbers is rounded
 * to the nearest, one of floats to the nearest float32.
 */
export function halve(halving: Halving, fromRow: number, toRow: number): void {
  const { fineDims, coarseDims, factors } = halving
  const [ni, nj, nk] = fineDims
  const [ci, cj] = coarseDims
  const [, fj, fk] = factors
  const kernel = kernelOf(halving)
  const slices = Math.ceil(nk / fk)
  for (let z = 0; z < slices; z++) {
    for (let y = fromRow; y < toRow; y++) {
      kernel.begin()
      for (let dz = 0; dz < fk && z * fk + dz < nk; dz++) {
        for (let dy = 0; dy < fj && y * fj + dy < nj; dy++) {
          kernel.add(((z * fk + dz) * nj + y * fj + dy) * ni)
        }
      }
      kernel.end((z * cj + y) * ci)
    }
  }
}

function kernelOf({ fine, fineDims, coarse, coarseDims, ...rest }: Halving): RowKernel {
  const { factors, reduction, paddingValue } = rest
  const rows = { fine, coarse, fineLength: fineDims[0], length: coarseDims[0], factor: factors[0] }
  if (reduction === 'maximum') return greatestOfAll(rows)
  return fine instanceof Float32Array
    ? floatMeans(rows, paddingValue)
    : wholeMeans(rows, paddingValue)
}
