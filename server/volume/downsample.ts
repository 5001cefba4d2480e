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
      let rows = 0
      for (let dz = 0; dz < fk && z * fk + dz < nk; dz++) {
        for (let dy = 0; dy < fj && y * fj + dy < nj; dy++) {
          const row = ((z * fk + dz) * nj + y * fj + dy) * ni
          if (paddingValue === undefined) addRow(fine, row, ni, fi, sums)
          else addPresent(fine, row, ni, fi, sums, counts, paddingValue)
          rows += 1
        }
      }
      const to = (z * cj + y) * ci
      if (paddingValue === undefined) meansOfAll(sums, rows, ni, fi, coarse, to)
      else meansOfPresent(sums, counts, paddingValue, coarse, to)
    }
  }
}

/** Each sum gains the voxels of a fine row. */
function addRow(fine: Voxels, row: number, ni: number, factor: 1 | 2, sums: Int32Array): void {
  const whole = factor === 2 ? ni >> 1 : ni
  if (factor === 2) {
    for (let x = 0; x < whole; x++) sums[x] = sums[x]! + fine[row + 2 * x]! + fine[row + 2 * x + 1]!
  } else {
    for (let x = 0; x < whole; x++) sums[x] = sums[x]! + fine[row + x]!
  }
  if (whole * factor < ni) sums[whole] = sums[whole]! + fine[row + ni - 1]!
}

/** `rows` and `factor` are 1, 2 or 4, so that dividing is a shift; the last of an odd row has half. */
function meansOfAll(
  sums: Int32Array,
  rows: number,
  ni: number,
  factor: 1 | 2,
  coarse: Voxels,
  to: number,
): void {
  const whole = factor === 2 ? ni >> 1 : ni
  const half = (rows * factor) >> 1
  const shift = Math.log2(rows * factor)
  for (let x = 0; x < whole; x++) coarse[to + x] = (sums[x]! + half) >> shift
  if (whole * factor < ni) coarse[to + whole] = Math.floor(sums[whole]! / rows + 0.5)
}

function meansOfPresent(
  sums: Int32Array,
  counts: Uint8Array,
  paddingValue: number,
  coarse: Voxels,
  to: number,
): void {
  for (let x = 0; x < sums.length; x++) {
    const count = counts[x]!
    coarse[to + x] = count === 0 ? paddingValue : Math.floor(sums[x]! / count + 0.5)
  }
}

/** The same without the voxels that are padding; each count says how many the others are. */
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
