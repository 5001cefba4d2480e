import type { Dims, Factors } from './pyramid-plan.ts'
import type { Voxels } from './voxels.ts'

export interface Halving {
  readonly fine: Voxels
  readonly fineDims: Dims
  /** Starts with the slice that the first slices of `fine` go to. */
  readonly coarse: Voxels
  readonly coarseDims: Dims
  readonly factors: Factors
  /** Left out of the means; a coarse voxel over padding alone is padding. */
  readonly paddingValue?: number | undefined
}

/**
 * Coarse rows [fromRow, toRow) of every slice that `fine` covers: each the mean, rounded to the
 * nearest, of the fine voxels that are there.
 */
export function halve(halving: Halving, fromRow: number, toRow: number): void {
  const { fine, fineDims, coarse, coarseDims, factors } = halving
  const [ni, nj, nk] = fineDims
  const [ci, cj] = coarseDims
  const [fi, fj, fk] = factors
  const shift = fi - 1
  // No voxel of these types has the value 65536, so nothing is left out where there is no padding.
  const padding = halving.paddingValue ?? 65536
  const sums = new Int32Array(ci)
  const counts = new Uint8Array(ci)
  const slices = Math.ceil(nk / fk)
  for (let z = 0; z < slices; z++) {
    for (let y = fromRow; y < toRow; y++) {
      sums.fill(0)
      counts.fill(0)
      for (let dz = 0; dz < fk && z * fk + dz < nk; dz++) {
        for (let dy = 0; dy < fj && y * fj + dy < nj; dy++) {
          const row = ((z * fk + dz) * nj + y * fj + dy) * ni
          for (let x = 0; x < ni; x++) {
            const value = fine[row + x] as number
            if (value === padding) continue
            const at = x >> shift
            sums[at] = (sums[at] as number) + value
            counts[at] = (counts[at] as number) + 1
          }
        }
      }
      const to = (z * cj + y) * ci
      for (let x = 0; x < ci; x++) {
        const count = counts[x] as number
        coarse[to + x] = count === 0 ? padding : Math.round((sums[x] as number) / count)
      }
    }
  }
}
