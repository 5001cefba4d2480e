import type { Vec3 } from '../geometry/transform.ts'
import { type FractionMap, spacingMm } from './surface.ts'

/**
 * The part of a map that is not empty, with a border of zeros all around, so that its surface is
 * closed wherever it lies. Undefined where all of it is empty.
 */
export function cropped({ dims, patientFromVoxel, data }: FractionMap): FractionMap | undefined {
  const [ni, nj, nk] = dims
  const low = [ni, nj, nk] as [number, number, number]
  const high = [-1, -1, -1] as [number, number, number]
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      const row = (k * nj + j) * ni
      let first = row
      while (first < row + ni && data[first] === 0) first++
      if (first === row + ni) continue
      let last = row + ni - 1
      while (data[last] === 0) last--
      low[0] = Math.min(low[0], first - row)
      high[0] = Math.max(high[0], last - row)
      low[1] = Math.min(low[1], j)
      high[1] = Math.max(high[1], j)
      low[2] = Math.min(low[2], k)
      high[2] = k
    }
  }
  if (high[2] < 0) return undefined
  const inner = high.map((to, axis) => to - low[axis]! + 1) as [number, number, number]
  const [mi, mj, mk] = inner.map((size) => size + 2) as [number, number, number]
  const kept = new Uint8Array(mi * mj * mk)
  for (let k = 0; k < inner[2]; k++) {
    for (let j = 0; j < inner[1]; j++) {
      const from = ((low[2] + k) * nj + low[1] + j) * ni + low[0]
      kept.set(data.subarray(from, from + inner[0]), ((k + 1) * mj + j + 1) * mi + 1)
    }
  }
  const first: Vec3 = [low[0] - 1, low[1] - 1, low[2] - 1]
  return { dims: [mi, mj, mk], patientFromVoxel: startingAt(patientFromVoxel, first), data: kept }
}

/**
 * The same map on a coarser grid: the mean of neighbours along the axes that are fine, so that it
 * holds as much as before. `cropped` first: the border stays empty.
 */
export function coarser({ dims, patientFromVoxel, data }: FractionMap): FractionMap {
  const spacing = spacingMm(patientFromVoxel)
  const fine = Math.min(...spacing)
  const by = spacing.map((mm) => (mm < 1.5 * fine ? 2 : 1)) as [number, number, number]
  const [ni, nj, nk] = dims
  // Pairs begin at the border's own voxel, and one more cell keeps the far border empty.
  const made = dims.map((size, axis) => (by[axis] === 2 ? (size >> 1) + 2 : size))
  const [mi, mj, mk] = made as [number, number, number]
  const sums = new Uint16Array(mi * mj)
  const kept = new Uint8Array(mi * mj * mk)
  const share = 1 / (by[0] * by[1] * by[2])
  for (let k = 0; k < mk; k++) {
    sums.fill(0)
    for (let part = 0; part < by[2]; part++) {
      const fromK = by[2] === 2 ? 2 * k + part - 1 : k
      if (fromK < 0 || fromK >= nk) continue
      for (let j = 0; j < nj; j++) {
        const row = (fromK * nj + j) * ni
        const toRow = (by[1] === 2 ? (j + 1) >> 1 : j) * mi
        if (by[0] === 2) {
          for (let i = 0; i < ni; i++) sums[toRow + ((i + 1) >> 1)]! += data[row + i]!
        } else {
          for (let i = 0; i < ni; i++) sums[toRow + i]! += data[row + i]!
        }
      }
    }
    const slice = k * mi * mj
    for (let n = 0; n < sums.length; n++) kept[slice + n] = Math.round(sums[n]! * share)
  }
  const moved = startingAt(
    patientFromVoxel,
    by.map((step) => (step === 2 ? -0.5 : 0)) as unknown as Vec3,
  )
  const steps = moved.map((value, n) => (n < 12 && n % 4 < 3 ? value * by[n % 4]! : value))
  return { dims: [mi, mj, mk], patientFromVoxel: steps, data: kept }
}

/** Whose voxel 0 is the place of this voxel now. */
function startingAt(patientFromVoxel: readonly number[], [i, j, k]: Vec3): number[] {
  const m = [...patientFromVoxel]
  for (const row of [0, 4, 8]) m[row + 3]! += m[row]! * i + m[row + 1]! * j + m[row + 2]! * k
  return m
}
