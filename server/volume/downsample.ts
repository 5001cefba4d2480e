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
  const { paddingValue } = halving
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
          if (paddingValue === undefined) addRow(fine, row, ni, fi, sums, counts)
          else addPresent(fine, row, ni, fi, sums, counts, paddingValue)
        }
      }
      const to = (z * cj + y) * ci
      for (let x = 0; x < ci; x++) {
        const count = counts[x]!
        coarse[to + x] = count === 0 ? (paddingValue ?? 0) : Math.floor(sums[x]! / count + 0.5)
      }
    }
  }
}

/** Both rows of numbers gain a fine row: each sum its voxels, each count how many they were. */
function addRow(
  fine: Voxels,
  row: number,
  ni: number,
  factor: 1 | 2,
  sums: Int32Array,
  counts: Uint8Array,
): void {
  const whole = factor === 2 ? ni >> 1 : ni
  for (let x = 0; x < whole; x++) {
    const at = row + x * factor
    sums[x] = sums[x]! + fine[at]! + (factor === 2 ? fine[at + 1]! : 0)
    counts[x] = counts[x]! + factor
  }
  if (whole * factor === ni) return
  sums[whole] = sums[whole]! + fine[row + ni - 1]!
  counts[whole] = counts[whole]! + 1
}

/** The same, without the voxels that are padding. */
function addPresent(
  fine: Voxels,
  row: number,
  ni: number,
  factor: 1 | 2,
  sums: Int32Array,
  counts: Uint8Array,
  paddingValue: number,
): void {
  const shift = factor - 1
  for (let x = 0; x < ni; x++) {
    const value = fine[row + x]!
    if (value === paddingValue) continue
    const at = x >> shift
    sums[at] = sums[at]! + value
    counts[at] = counts[at]! + 1
  }
}
