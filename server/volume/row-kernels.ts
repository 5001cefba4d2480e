import type { Voxels } from './voxels.ts'

/** Makes one coarse row of up to four fine ones: begin, add each, end. */
export interface RowKernel {
  begin(): void
  /** The fine row that starts at this voxel. */
  add(row: number): void
  /** Writes the coarse row that starts at this voxel. */
  end(to: number): void
}

export interface Rows {
  readonly fine: Voxels
  readonly coarse: Voxels
  readonly fineLength: number
  readonly length: number
  /** Fine voxels for each coarse one along the row. */
  readonly factor: 1 | 2
}

/** Padding is left out; a coarse voxel over padding alone is padding. Rounded to the nearest. */
export function wholeMeans(rows: Rows, paddingValue: number | undefined): RowKernel {
  return paddingValue === undefined ? meansOfAll(rows) : meansOfPresent(rows, paddingValue)
}

function meansOfAll({ fine, coarse, fineLength, length, factor }: Rows): RowKernel {
  const sums = new Int32Array(length)
  const whole = factor === 2 ? fineLength >> 1 : fineLength
  let added = 0
  return {
    begin: () => {
      sums.fill(0)
      added = 0
    },
    add: (row) => {
      if (factor === 2) {
        for (let x = 0; x < whole; x++) {
          sums[x] = sums[x]! + fine[row + 2 * x]! + fine[row + 2 * x + 1]!
        }
      } else {
        for (let x = 0; x < whole; x++) sums[x] = sums[x]! + fine[row + x]!
      }
      if (whole < length) sums[whole] = sums[whole]! + fine[row + fineLength - 1]!
      added += 1
    },
    // `added` and `factor` are 1, 2 or 4, so that dividing is a shift; the last of an odd row has half.
    end: (to) => {
      const half = (added * factor) >> 1
      const shift = Math.log2(added * factor)
      for (let x = 0; x < whole; x++) coarse[to + x] = (sums[x]! + half) >> shift
      if (whole < length) coarse[to + whole] = Math.floor(sums[whole]! / added + 0.5)
    },
  }
}

function meansOfPresent(rows: Rows, paddingValue: number): RowKernel {
  const { fine, coarse, fineLength, length, factor } = rows
  const sums = new Int32Array(length)
  const counts = new Uint8Array(length)
  const shift = factor - 1
  return {
    begin: () => {
      sums.fill(0)
      counts.fill(0)
    },
    add: (row) => {
      for (let x = 0; x < fineLength; x++) {
        const value = fine[row + x]!
        if (value === paddingValue) continue
        const at = x >> shift
        sums[at] = sums[at]! + value
        counts[at] = counts[at]! + 1
      }
    },
    end: (to) => {
      for (let x = 0; x < length; x++) {
        const count = counts[x]!
        coarse[to + x] = count === 0 ? paddingValue : Math.floor(sums[x]! / count + 0.5)
      }
    },
  }
}

/** Summed in double precision; what is not finite counts as padding. */
export function floatMeans(rows: Rows, paddingValue: number | undefined): RowKernel {
  const { fine, coarse, fineLength, length, factor } = rows
  const padding = paddingValue === undefined ? Number.NaN : Math.fround(paddingValue)
  const sums = new Float64Array(length)
  const counts = new Uint8Array(length)
  const shift = factor - 1
  return {
    begin: () => {
      sums.fill(0)
      counts.fill(0)
    },
    add: (row) => {
      for (let x = 0; x < fineLength; x++) {
        const value = fine[row + x]!
        if (value === padding || !Number.isFinite(value)) continue
        const at = x >> shift
        sums[at] = sums[at]! + value
        counts[at] = counts[at]! + 1
      }
    },
    end: (to) => {
      for (let x = 0; x < length; x++) {
        const count = counts[x]!
        coarse[to + x] = count === 0 ? padding : sums[x]! / count
      }
    },
  }
}

/** For label maps: values from 0 to 255. */
export function greatestOfAll({ fine, coarse, fineLength, length, factor }: Rows): RowKernel {
  const greatest = new Uint8Array(length)
  const shift = factor - 1
  return {
    begin: () => {
      greatest.fill(0)
    },
    add: (row) => {
      for (let x = 0; x < fineLength; x++) {
        const value = fine[row + x]!
        if (value > greatest[x >> shift]!) greatest[x >> shift] = value
      }
    },
    end: (to) => {
      coarse.set(greatest, to)
    },
  }
}
